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
                "`{operator}` on `{place}`, which is declared outside of the loop: what several \
                 iterations do by it can't be put together after them"
            ),
            "push the values, `values.push(value);`, and fold them after the loop; a loop can \
             reduce by `+=`, `-=`, `*=`, `&=`, `|=`, `^=`, `max` and `min`",
        ),
        WriteKind::Mixed { first, this } => error(
            &format!(
                "`{this}` on `{place}`, which `{first}` changes as well: the two can't be put \
                 together without the value that earlier iterations left"
            ),
            &format!(
                "change `{place}` in one way only, or push the values and fold them after the loop"
            ),
        ),
        WriteKind::Foldable { how, function } => error(
            &format!(
                "`{how}` changes `{place}`, which is declared outside of the loop, and \
                 `parallel_for` can't see whether that only puts contributions together"
            ),
            &format!("say that it does: `#[parallel_for(reduce({place}: {function}))]`"),
        ),
        WriteKind::NotReduced(with) => error(
            &format!(
                "this use of `{place}` is not the reduction that `reduce({place}: {with})` says it \
                 is"
            ),
            &format!(
                "{} and nothing else with `{place}` in the loop; or remove the option",
                reduced_by(&place.to_string(), with)
            ),
        ),
        WriteKind::Choice => error(
            &format!(
                "this compares with `{place}` and does more than to assign the compared value to \
                 it: which iteration does so last depends on earlier ones, and those run elsewhere"
            ),
            &format!(
                "push `(value, item)`, and choose after the loop; the greatest alone is `if value \
                 > {place} {{ {place} = value; }}`"
            ),
        ),
        WriteKind::Reversed { written, instead } => error(
            &format!(
                "`{written}` needs the `{place}` that earlier iterations left, and those run \
                 elsewhere: contributions are put together only behind what is there"
            ),
            &format!("write `{instead}`"),
        ),
        WriteKind::InMacro(name) => error(
            &format!(
                "`{place}` is changed in the arguments of `{name}!`, where `parallel_for` can't \
                 follow it"
            ),
            &format!("change `{place}` in a statement of its own, next to `{name}!`"),
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
            &format!(
                "seed one per iteration inside the body, from the item or the number of the \
                 iteration: `let mut {} = StdRng::seed_from_u64(i);`",
                place.root
            ),
        ),
        WriteKind::InPlace(Some(own)) => error(
            &format!(
                "this changes an element of `{place}` other than that of the iteration: other \
                 iterations may use it, and those run elsewhere"
            ),
            &format!(
                "use `{place}[{own}]`, `{own}` being the loop's own index; or push `(index, \
                 value)`, and assign after the loop"
            ),
        ),
        WriteKind::InPlace(None) => error(
            &format!(
                "this changes an element of `{place}`, and the loop has no index of its own that \
                 would tell the elements of its iterations apart"
            ),
            &format!(
                "write `for (i, item) in items.enumerate()`, and `{place}[i] = ..`; or push \
                 `(index, value)`, and assign after the loop"
            ),
        ),
        WriteKind::Scatter(method, own) => error(
            &format!(
                "`{place}[..].{method}()` fills an element of `{place}` that other iterations may \
                 fill as well, and those run elsewhere"
            ),
            &match own {
                Some(own) => format!(
                    "use `{place}[{own}]`, `{own}` being the loop's own index; or push `(index, \
                     value)`, and distribute the pairs after the loop"
                ),
                None => format!(
                    "push `(index, value)`, and distribute the pairs after the loop: \
                     `for (index, value) in pairs {{ {place}[index].{method}(value); }}`"
                ),
            },
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
                "{how} lets the loop change its items in a form that does not tell which elements \
                 of which array they are: the changes would stay on the rank of their iteration"
            ),
            "the items can be `xs.iter_mut()` or `&mut xs`, with `.enumerate()` and `.zip(..)`, of \
             variables; otherwise push the new values, and assign them after the loop",
        ),
    }
}

/// `change it by`, for one reduction.
fn reduced_by(place: &str, with: &str) -> String {
    match with {
        "+" | "-" | "*" | "&" | "|" | "^" => format!("write `{place} {with}= value;`"),
        "max" | "min" => format!("write `{place} = {place}.{with}(value);`"),
        function => format!(
            "write statements `{place} = {function}({place}, value);`, `{function}(&mut {place}, \
             value);` or `{place}.{function}(value);`, all in one form,"
        ),
    }
}
