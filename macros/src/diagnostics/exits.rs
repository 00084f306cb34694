//! Ways out of an iteration that can't be had.

use super::message;
use crate::model::{Exit, ExitKind};
use syn::Error;

/// The exits that a distributed loop can't have.
pub(crate) fn unsupported(exit: &Exit) -> Option<Error> {
    let error = |what: &str, help: &str| Some(message(exit.span, what, help));
    match &exit.kind {
        ExitKind::Break
        | ExitKind::OuterJump
        | ExitKind::Question
        | ExitKind::Return
        | ExitKind::Returning(_) => None,
        ExitKind::Await => error(
            "`.await` in a distributed loop: an iteration runs on a compute thread, which can't \
             wait for a future",
            "await before the loop, or call a blocking function in it",
        ),
        ExitKind::Yield => error(
            "`yield` in a distributed loop: an iteration runs on a compute thread, which can't be \
             suspended",
            "push the value, and yield after the loop",
        ),
        ExitKind::BreakValue => error(
            "this `break` carries a value out of the distributed loop, and its type can't be seen \
             from the iterations",
            "assign the value to a variable after the loop, or `return` it from a function of its \
             own",
        ),
        ExitKind::JumpInValue(keyword) => error(
            &format!(
                "`{keyword}` inside the value of a `return`: whether the iteration leaves the loop \
                 is decided before that value is computed"
            ),
            "compute the value first: `let value = ..; return value;`",
        ),
        ExitKind::HidingMacro { name, keyword } => error(
            &format!(
                "`{keyword}` inside of `{name}!` may leave the loop, and `parallel_for` can't see \
                 whether it does"
            ),
            &format!("write out what `{name}!` does, or move the `{keyword}` out of it"),
        ),
    }
}
