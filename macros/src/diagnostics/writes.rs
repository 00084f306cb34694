//! Changes of captured variables that are no outputs.

use super::{in_place, message, reductions};
use crate::model::{OuterWrite, WriteKind};
use syn::Error;

pub(crate) fn outer_write(write: &OuterWrite) -> Error {
    let place = &write.place;
    let error = |what: &str, help: &str| message(write.span, what, help);
    match &write.kind {
        WriteKind::Unreduced(why) => reductions::unreduced(write, why),
        WriteKind::Carried => error(
            &format!(
                "this assigns to `{place}`, which is declared outside of the loop: iterations run \
                 on different ranks and can't hand a value to the next one"
            ),
            &format!(
                "declare `{place}` inside the body if each iteration makes its own; or push the \
                 values, and choose one after the loop"
            ),
        ),
        WriteKind::Unpacked => error(
            &format!(
                "this assigns to `{place}`, which is declared outside of the loop, as a part of a \
                 pattern: `parallel_for` can't see that this is all that happens to it"
            ),
            &format!(
                "assign each variable in a statement of its own, `{place} = value;`, if the last \
                 value is to stay; or declare `{place}` inside the body"
            ),
        ),
        WriteKind::Lent => error(
            &format!(
                "`&mut {place}` lends out a variable declared outside of the loop: what is changed \
                 in it would stay on the rank of this iteration"
            ),
            &format!(
                "declare it inside the body; or, if each iteration may start from what is in it \
                 before the loop, write `#[parallel_for(private({root}))]`",
                root = place.root
            ),
        ),
        WriteKind::LentGenerator => error(
            &format!(
                "`&mut {place}` hands one random number generator from iteration to iteration, and \
                 those run on different ranks: they would draw the same numbers"
            ),
            &own_generator(&place.root.to_string()),
        ),
        WriteKind::InPlace { own } => in_place::other_element(write, own.as_deref()),
        WriteKind::Scatter { method, own } => in_place::scatter(write, method, own.as_deref()),
        WriteKind::Entry(method) => error(
            &format!(
                "`{place}.{method}()` updates what earlier iterations, possibly on other ranks, \
                 put into `{place}`"
            ),
            &format!(
                "let one statement do it, `*{place}.entry(key).or_insert(0) += value;` or \
                 `{place}.entry(key).or_default().push(value);`, and all that the loop does with \
                 `{place}`: such statements run in the order of the items; or push `(key, value)`, \
                 and combine them after the loop"
            ),
        ),
        WriteKind::Atomic(method) => error(
            &format!(
                "`{place}.{method}()` changes `{place}` in the memory of one rank; the others \
                 never see it"
            ),
            "push the contributions, `contributions.push(value);`, and fold them after the loop",
        ),
        WriteKind::MutableItems(how) => in_place::unknown_items(write, how),
    }
}

/// What to write in place of a generator that iterations share.
pub(super) fn own_generator(name: &str) -> String {
    format!(
        "make one per iteration inside the body, by its number: `let mut {name} = \
         parallel_for::random(seed, i);`, or seed one of another type with it: \
         `StdRng::from_seed(parallel_for::random(seed, i).bytes())`"
    )
}
