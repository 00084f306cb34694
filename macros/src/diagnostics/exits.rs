//! Ways out of an iteration other than `continue`.

use super::message;
use crate::model::{Exit, ExitKind};
use syn::Error;

const COLLECT: &str = "push the `Result` itself, `results.push(work(item));`, and after the loop \
                       `let results = results.into_iter().collect::<Result<Vec<_>, _>>()?;` (the \
                       error type then needs Serialize and Deserialize, or `.map_err(|e| \
                       e.to_string())`)";

pub(crate) fn leaves_iteration(exit: &Exit) -> Error {
    let error = |what: &str, help: &str| message(exit.span, what, help);
    match &exit.kind {
        ExitKind::Break => error(
            "`break` ends the loop early, which is not supported yet: later iterations are already \
             running on other ranks",
            "choose the items before the loop, `for item in items.take_while(..)`, or run all of \
             them and `truncate` the output after the loop; `continue` skips an iteration",
        ),
        ExitKind::OuterBreak(label) => error(
            &format!(
                "`break {label}` leaves the distributed loop, which is not supported yet: later \
                 iterations are already running on other ranks"
            ),
            &format!("push what decides about it, and `break {label}` after this loop"),
        ),
        ExitKind::OuterContinue(label) => error(
            &format!(
                "`continue {label}` leaves the distributed loop, which is not supported yet: later \
                 iterations are already running on other ranks"
            ),
            &format!("push what decides about it, and `continue {label}` after this loop"),
        ),
        ExitKind::Question => error(
            "`?` leaves the function from inside the loop, which is not supported yet: other ranks \
             are running other iterations",
            COLLECT,
        ),
        ExitKind::ReturnError => error(
            "`return Err(..)` leaves the function from inside the loop, which is not supported \
             yet: other ranks are running other iterations",
            COLLECT,
        ),
        ExitKind::Return => error(
            "`return` leaves the function from inside the loop, which is not supported yet: other \
             ranks are running other iterations",
            "push what is found, and return it after the loop: \
             `if let Some(found) = results.into_iter().next() { return found; }`; `continue` ends \
             only this iteration",
        ),
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
        ExitKind::ReturningMacro(name) => error(
            &format!(
                "`{name}!` contains a `return` that leaves the function from inside the loop, \
                 which is not supported yet: other ranks are running other iterations"
            ),
            COLLECT,
        ),
        ExitKind::HidingMacro { name, keyword } => error(
            &format!(
                "`{keyword}` inside of `{name}!` may leave the loop, and `parallel_for` can't see \
                 whether it does"
            ),
            &format!("write out what `{name}!` does, or move it to a function"),
        ),
    }
}
