//! Steps of a variable whose contributions can't be combined after the loop.

use super::message;
use crate::model::{OuterWrite, Place, Unreduced};
use proc_macro2::Span;
use syn::Error;

pub(crate) fn unreduced(write: &OuterWrite, why: &Unreduced) -> Error {
    let place = &write.place;
    let error = |what: &str, help: &str| message(write.span, what, help);
    match why {
        Unreduced::Operator(operator) => error(
            &format!(
                "`{operator}` on `{place}`, which is declared outside of the loop: the changes of \
                 several iterations can't be combined after the loop"
            ),
            "push the values, `values.push(value);`, and fold them after the loop; a loop can \
             reduce by `+=`, `-=`, `*=`, `&=`, `|=`, `^=`, `max` and `min`",
        ),
        Unreduced::Mixed { first, this } => error(
            &format!(
                "`{this}` on `{place}`, which `{first}` changes as well: the two can't be combined \
                 without the value that earlier iterations left"
            ),
            &format!(
                "change `{place}` in one way only, or push the values and fold them after the loop"
            ),
        ),
        Unreduced::Foldable { how, function } => error(
            &format!(
                "`{how}` changes `{place}`, which is declared outside of the loop, and \
                 `parallel_for` can't see whether it only combines contributions"
            ),
            &format!("if it does, say so: `#[parallel_for(reduce({place}: {function}))]`"),
        ),
        Unreduced::Other(with) => error(
            &format!(
                "this use of `{place}` is not the reduction that `reduce({place}: {with})` says it \
                 is"
            ),
            &format!(
                "{} and nothing else with `{place}` in the loop; or remove the option",
                reduced_by(&place.to_string(), with)
            ),
        ),
        Unreduced::Choice => error(
            &format!(
                "this comparison with `{place}` does more than assign: which iteration does so last \
                 depends on earlier iterations, which may run on other ranks"
            ),
            &format!(
                "let it assign values of this iteration only, `if value > {place} {{ {place} = value; \
                 which = item; }}`, to variables that the loop uses for nothing else; or push \
                 `(value, item)`, and choose after the loop"
            ),
        ),
        Unreduced::Reversed { written, instead } => error(
            &format!(
                "`{written}` needs the `{place}` that earlier iterations, possibly on other ranks, \
                 left: a distributed loop can only add contributions to it, in the order of the \
                 items"
            ),
            &format!("write `{instead}`"),
        ),
        Unreduced::InMacro(name) => in_macro(write.span, place, name),
        Unreduced::Counter(operator) => error(
            &format!(
                "`{operator}` on `{place}`, which the loop also reads: its value depends on \
                 earlier iterations, which may run on other ranks"
            ),
            &format!(
                "compute `{place}` from the item, or from the number of the iteration: \
                 `for (i, item) in items.enumerate()`"
            ),
        ),
    }
}

/// `assert!({ total += x; true })`
pub(crate) fn in_macro(span: Span, place: &Place, name: &str) -> Error {
    message(
        span,
        &format!(
            "`{place}` is changed in the arguments of `{name}!`, where `parallel_for` can't follow \
             it"
        ),
        &format!("change `{place}` in a statement of its own, next to `{name}!`"),
    )
}

/// All that may happen to the variable.
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
