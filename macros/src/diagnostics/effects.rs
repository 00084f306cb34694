//! Calls that change what other iterations see, and items that can't be had.

use super::{message, outputs, writes};
use crate::model::{Effect, EffectKind};
use syn::Error;

pub(crate) fn effect(effect: &Effect) -> Error {
    let place = &effect.place;
    let error = |what: &str, help: &str| message(effect.span, what, help);
    match &effect.kind {
        EffectKind::Draws => error(
            &format!(
                "this draws from `{place}`, one random number generator for all iterations: its \
                 numbers depend on earlier iterations, which may run on other ranks"
            ),
            &writes::own_generator("rng"),
        ),
        EffectKind::Advances(method) => error(
            &format!(
                "`{place}.{method}()` takes the next value of `{place}`: which one that is depends \
                 on earlier iterations, which may run on other ranks"
            ),
            &format!(
                "let the loop itself take it, `for (item, value) in items.zip({place})`, or collect \
                 `{place}` into a `Vec` before the loop and index it"
            ),
        ),
        EffectKind::Channel(method) => error(
            &format!(
                "this loop does nothing but `{place}.{method}()`, and a channel doesn't reach \
                 beyond its rank: every other rank has a channel of its own"
            ),
            "push the value instead of sending it, and send after the loop; what is received comes \
             before the loop, into a `Vec` to iterate over",
        ),
        EffectKind::Setter(method) => error(
            &format!(
                "`{place}.{method}()` changes `{place}` in the memory of one rank, and \
                 `parallel_for` can't see which part of it is this iteration's own"
            ),
            &format!(
                "if the calls may be made one after the other, in the order of the items, name the \
                 method: `#[parallel_for(reduce({place}: {method}))]`; or push the values, and \
                 `{place}.{method}(..)` after the loop"
            ),
        ),
        EffectKind::Misspelt(method, append) => {
            outputs::misspelt(effect.span, place, method, append)
        }
        EffectKind::Lost(method) => error(
            &format!(
                "this `{method}` changes `{place}` in the memory of one rank; the others never see \
                 it"
            ),
            "fill a plain collection instead, `let mut results = Vec::new();` before the loop and \
             `results.push(..)` in it: outputs need no lock",
        ),
        EffectKind::Endless(how) => error(
            &format!("the items never end: {how}, and nothing in the body leaves the loop"),
            "give the range an end, `0..n`, write `.take(n)`, or `break` where the last one is found",
        ),
        EffectKind::Static => error(
            &format!(
                "`{place}` is a static: changes that an iteration makes to it stay on its rank, \
                 and iterations run in any order"
            ),
            &format!(
                "make it an output, a variable before the loop: `let mut count = 0;`, and `count \
                 += 1;` in it; if every rank may have its own, as for a progress message, write \
                 `#[parallel_for(per_rank({place}))]`"
            ),
        ),
        EffectKind::Retries => error(
            "the iterations of this loop use their items for waiting and reporting at most, so all \
             of them make the same attempt: this is not a search but a retry loop, and the ranks \
             would retry at the same time",
            "leave this loop as it is, without `#[parallel_for]`; or let the work of an iteration \
             depend on its item, `for seed in 0..n`",
        ),
        EffectKind::OnlyOnce(name) => error(
            &format!(
                "`{name}` runs on every rank here, and succeeds on the first one only: the others \
                 find that it exists already"
            ),
            "do it once, for all ranks: `parallel_for::on_master(|| ..)`; a rank that needs one of \
             its own can name it by `parallel_for::rank()`",
        ),
        EffectKind::ReadAhead => error(
            "standard input is read here after a loop that may be left: the master has read ahead \
             for the other ranks, so lines after the one that left the loop would be missing",
            "read all of it before the loop, `let lines: Vec<_> = stdin().lines().collect();`, and \
             iterate over `&lines`",
        ),
        EffectKind::InputInBody => error(
            "the body reads standard input: which line an iteration gets depends on earlier \
             iterations, and only the master has any",
            "read all of it before the loop and iterate over the lines: `for line in stdin().lines()` \
             with `#[parallel_for(items = master)]`, or `let lines = parallel_for::on_master(|| ..);`",
        ),
        EffectKind::StandardInput => error(
            "items from standard input, which only the master has: every other rank would see no \
             items at all",
            "write `#[parallel_for(items = master)]`: then the master alone reads, and the items \
             travel to the ranks that run them (`.lines().map(Result::unwrap)`, since errors can't)",
        ),
    }
}
