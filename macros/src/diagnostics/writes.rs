//! Changes of captured variables that are no outputs.

use super::message;
use crate::model::{OuterWrite, WriteKind};
use syn::Error;

pub(crate) fn outer_write(write: &OuterWrite) -> Error {
    let place = &write.place;
    let error = |what: &str, help: &str| message(write.span, what, help);
    match &write.kind {
        WriteKind::Reduction(operator) => error(
            &format!(
                "`{operator}` on `{place}`, which is declared outside of the loop: reductions are \
                 not supported yet, and each rank would change a copy of its own"
            ),
            "push the contributions, `contributions.push(value);`, and fold them after the loop: \
             `for value in contributions { .. }`",
        ),
        WriteKind::Counter(operator) => error(
            &format!(
                "`{operator}` on `{place}`, which the loop also reads: its value depends on \
                 earlier iterations, and those run elsewhere"
            ),
            &format!(
                "compute `{place}` from the item, or from the number of the iteration: \
                 `for (i, item) in items.enumerate()`"
            ),
        ),
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
        WriteKind::Lent => error(
            &format!(
                "`&mut {place}` lends out a variable declared outside of the loop: what is changed \
                 in it would stay on the rank of this iteration"
            ),
            &format!(
                "declare it inside the body, or work on a copy: \
                 `let mut {root} = {root}.clone();`",
                root = place.root
            ),
        ),
        WriteKind::LentGenerator => error(
            &format!(
                "`&mut {place}` hands one random number generator from iteration to iteration, and \
                 those run on different ranks: they would draw the same numbers"
            ),
            &format!(
                "seed one per iteration inside the body, from the item or the number of the \
                 iteration: `let mut {} = StdRng::seed_from_u64(i);`",
                place.root
            ),
        ),
        WriteKind::InPlace => error(
            &format!(
                "this assigns to an element of `{place}`, which is declared outside of the loop: \
                 updates in place are not supported yet"
            ),
            &format!(
                "push `(index, value)`, and assign after the loop: \
                 `for (index, value) in updates {{ {place}[index] = value; }}`"
            ),
        ),
        WriteKind::Scatter(method) => error(
            &format!(
                "`{place}[..].{method}()` fills an element of `{place}`: only whole collections \
                 can be outputs"
            ),
            &format!(
                "push `(index, value)`, and distribute the pairs after the loop: \
                 `for (index, value) in pairs {{ {place}[index].{method}(value); }}`"
            ),
        ),
        WriteKind::Entry(method) => error(
            &format!(
                "`{place}.{method}()` updates what earlier iterations put into `{place}`, and \
                 those run elsewhere"
            ),
            &format!(
                "push `(key, value)`, and combine them after the loop: \
                 `for (key, value) in pairs {{ *{place}.entry(key).or_default() += value; }}`"
            ),
        ),
        WriteKind::Atomic(method) => error(
            &format!(
                "`{place}.{method}()` changes `{place}` in the memory of one rank; the others \
                 never see it"
            ),
            "push the contributions, `contributions.push(value);`, and fold them after the loop",
        ),
        WriteKind::MutableItems(how) => error(
            &format!(
                "{how} lets the loop change its items in place, which is not supported yet: the \
                 changes would stay on the rank of their iteration"
            ),
            "iterate over shared items, push the new values, and assign them after the loop",
        ),
    }
}
