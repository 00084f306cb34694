//! Uses of an output that an iteration can't have.

use super::{in_place, message, reductions};
use crate::model::{Misuse, MisuseKind, Place};
use proc_macro2::Span;
use syn::Error;

pub(crate) fn not_an_append(misuse: &Misuse) -> Error {
    let (output, span) = (&misuse.output, misuse.span);
    let error = |what: &str, help: &str| message(span, what, help);
    match &misuse.kind {
        MisuseKind::Read(how) => error(
            &format!(
                "{how} reads `{output}`, which the loop fills: its content depends on earlier \
                 iterations, which may run on other ranks"
            ),
            &format!(
                "compute it from the item, or read `{output}` after the loop (`.enumerate()` on \
                 the items gives the number of the iteration)"
            ),
        ),
        MisuseKind::Whole(how) => error(
            &format!(
                "{how} takes the whole of `{root}`, and with it `{output}`, which the loop fills: \
                 its content depends on earlier iterations, which may run on other ranks",
                root = output.root
            ),
            &format!("fill a local `Vec` in the loop, and move it to `{output}` after it"),
        ),
        MisuseKind::FormatString(name) => error(
            &format!(
                "the text of this `{name}!` reads `{output}`, which the loop fills: its content \
                 depends on earlier iterations, which may run on other ranks"
            ),
            &format!("print what this iteration computed, or `{output}` after the loop"),
        ),
        MisuseKind::UnknownMacro(name) => error(
            &format!(
                "`{name}!` mentions `{output}`, which the loop fills, and `parallel_for` can't see \
                 what the macro does with it"
            ),
            &format!("compute a value with `{name}!`, and `{output}.push(value)` outside of it"),
        ),
        MisuseKind::AppendInMacro(name) => error(
            &format!(
                "`{output}` is filled in the arguments of `{name}!`, where `parallel_for` can't \
                 follow it, and the value of the call may depend on earlier iterations"
            ),
            &format!("append to `{output}` in a statement of its own, next to `{name}!`"),
        ),
        MisuseKind::Scratch => error(
            &format!(
                "`{output}` is emptied and filled again in the loop, but not at the start of each \
                 iteration: its content depends on earlier iterations, which may run on other \
                 ranks"
            ),
            &format!(
                "empty it first, in a statement of the body itself; or declare it inside the body; \
                 or, if its old content never matters, write `#[parallel_for(private({root}))]`",
                root = output.root
            ),
        ),
        MisuseKind::Changed(how) => error(
            &format!(
                "{how} changes what earlier iterations, possibly on other ranks, put into \
                 `{output}`: a distributed loop can only append to its outputs"
            ),
            &format!("decide before the push, or change `{output}` after the loop"),
        ),
        MisuseKind::Misspelt(method, append) => misspelt(span, output, method, append),
        MisuseKind::Element(how) => error(
            &format!(
                "{how} updates an element of `{output}` that an earlier iteration, possibly on \
                 another rank, may have made"
            ),
            "push pairs, `results.push((key, value));`, and combine them after the loop",
        ),
        MisuseKind::Operator(operator) => error(
            &format!(
                "`{operator}` on `{output}`, which the loop fills as well: a distributed loop can \
                 only append to its outputs, by a method"
            ),
            &format!("write `{output}.push_str(..)` or `{output}.extend(..)`"),
        ),
        MisuseKind::OtherElement { how, own } => in_place::beyond_own(misuse, how, own),
        MisuseKind::MutableItems(how) => in_place::beyond_item(misuse, how),
        MisuseKind::ChangeInMacro(name) => reductions::in_macro(misuse.span, output, name),
        MisuseKind::InsertValue => error(
            &format!(
                "the value of `{output}.insert(..)` is used: `insert` says whether the key was \
                 there before, and that depends on earlier iterations, which may run on other \
                 ranks"
            ),
            &format!("end it with `;`, and count or compare the keys of `{output}` after the loop"),
        ),
        MisuseKind::WriteValue(name) => error(
            &format!(
                "the `Result` of `{name}!` into `{output}` is kept, and may carry a failure out of \
                 the iteration"
            ),
            &format!("write `{name}!(..).unwrap();`: writing to a `String` never fails"),
        ),
        MisuseKind::BesideLeaving(written) => beside_leaving(span, output, written),
        MisuseKind::Shadowed => shadowed(misuse),
    }
}

/// `w.put(x)?` in a loop that changes something else in place.
fn beside_leaving(span: Span, output: &Place, written: &str) -> Error {
    message(
        span,
        &format!(
            "`{written}` leaves the loop where it runs, in the order of the items, and `{output}` \
             is changed beside it: iterations behind that one have run by then, and what they did \
             to `{output}` could not be taken back"
        ),
        &format!(
            "change `{output}` by statements of their own (`{output}.push(value);`, `{output} += \
             value;`), which run in the order of the items as well; or push the values, and make \
             the calls after the loop: `for value in values {{ {written}; }}`"
        ),
    )
}

/// `out.pusj(x)`
pub(super) fn misspelt(span: Span, output: &Place, method: &str, append: &str) -> Error {
    message(
        span,
        &format!(
            "`{method}` is not one of the methods by which a distributed loop can fill `{output}`"
        ),
        &format!(
            "write `{output}.{append}(..)` if that is what you mean; otherwise push what it takes, and \
             call `{output}.{method}(..)` after the loop"
        ),
    )
}

fn shadowed(misuse: &Misuse) -> Error {
    let (output, root) = (&misuse.output, &misuse.output.root);
    message(
        misuse.span,
        &format!(
            "`{root}` is a second variable of that name in this loop, which also changes \
             `{output}`, and `parallel_for` can't tell the two apart"
        ),
        &format!("rename this `{root}`"),
    )
}
