//! Nested loops that can't be one.

use super::message;
use crate::model::{NestMistake, Uneven};
use syn::Error;

pub(crate) fn uneven(mistake: &NestMistake) -> Error {
    let error = |what: &str, help: &str| message(mistake.span, what, help);
    match &mistake.why {
        Uneven::NotNested => error(
            "`collapse` makes one loop of two, but the body of this one is not another `for` alone",
            "move what stands before or after the inner loop into it; or leave `collapse` out: then each iteration \
             runs a whole inner loop",
        ),
        Uneven::Decorated => error(
            "`collapse` leaves nothing of the inner loop that could have an attribute or a label",
            "leave it out; `continue` goes on with the next iteration of the inner loop without a label, too",
        ),
        Uneven::Mutable => error(
            "with `collapse` each iteration has the outer item anew, and this one can be changed from iteration to \
             iteration",
            "make a variable of it in the inner loop, or leave `collapse` out",
        ),
        Uneven::SameName(name) => error(
            &format!("`collapse` makes one loop of two, and both call their item `{name}`"),
            "give the outer one another name, or call it `_`",
        ),
        Uneven::Depends(name) => error(
            &format!(
                "the inner loop depends on `{name}`, an item of the outer one, and `collapse` takes only inner loops \
                 that are the same for every outer item"
            ),
            "leave `collapse` out; or let the inner loop go over all items, and `continue` where there is nothing to do",
        ),
        Uneven::Changed(name) => error(
            &format!(
                "the inner loop depends on `{name}`, which its body changes, and `collapse` takes only inner loops \
                 that are the same for every outer item"
            ),
            "if it is the same, put it into a variable before the loops: `let count = ..;`; otherwise leave \
             `collapse` out",
        ),
        Uneven::Computed => error(
            "this is evaluated for every outer item, and with `collapse` only once: `parallel_for` can't see that \
             this is the same",
            "if it is, put it into a variable before the loops: `let count = ..;`; otherwise leave `collapse` out",
        ),
        Uneven::Jump("break") => error(
            "this `break` ends the inner loop alone, and with `collapse` it is no loop of its own",
            "leave `collapse` out; or give the outer loop a label, if both are to end: `break 'outer`",
        ),
        Uneven::Jump(keyword) => error(
            &format!(
                "this `{keyword}` leaves the inner loop, whose other iterations may run elsewhere with `collapse`"
            ),
            "leave `collapse` out",
        ),
    }
}
