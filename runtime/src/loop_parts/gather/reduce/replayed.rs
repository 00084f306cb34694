//! Variables that statements of the body change in the order of the items: the body makes values for the statements,
//! which run where the parts are absorbed.
//!
//! Invariant: of each chunk, the statements run in the order in which the body came to them, and behind one that leaves
//! the loop none does.

use std::cell::RefCell;
use std::ops::ControlFlow;

use super::Arguments;
use crate::base::fallible::Outcome;
use crate::base::wire::Transport;
use crate::loop_parts::captures::Captures;
use crate::loop_parts::gather::blanks::Spare;
use crate::loop_parts::gather::{Absorb, Output, Owned};
use crate::loop_parts::schedule::Length;

/// The other outputs of a loop, with the variables of its statements.
pub struct Replaying<'a, O, T, E> {
    others: O,
    targets: T,
    replay: &'a dyn Fn(&mut T, E) -> ControlFlow<()>,
    stopped: bool,
}

/// Runs a loop with these outputs; `replay` runs one of the statements. The last argument is the literal `0`: see
/// `Owned`.
//
// The body, which stands in `run`, comes before the statements: it says what their values are.
pub fn replaying<O, T, E, Z, Literal, Kind>(
    run: impl FnOnce(Replaying<'_, O, T, E>) -> Z,
    others: O,
    targets: T,
    replay: impl Fn(&mut T, E),
    _: Literal,
) -> Z
where
    E: Owned<Literal, Kind> + Transport,
{
    replaying_locally(run, others, targets, replay)
}

/// The same of a loop whose values stay on this rank.
pub fn replaying_locally<O, T, E, Z>(
    run: impl FnOnce(Replaying<'_, O, T, E>) -> Z,
    others: O,
    targets: T,
    replay: impl Fn(&mut T, E),
) -> Z {
    run(Replaying {
        others,
        targets,
        replay: &|targets, argument| {
            replay(targets, argument);
            ControlFlow::Continue(())
        },
        stopped: false,
    })
}

/// As [`replaying`] where a statement may leave the loop, which then ends there: the way in which it did is put into
/// `left`.
pub fn stopping<O, T, E, R, Z, Literal, Kind>(
    run: impl FnOnce(Replaying<'_, O, T, E>) -> Z,
    others: O,
    targets: T,
    replay: impl Fn(&mut T, E) -> R,
    left: &mut Option<R>,
    _: Literal,
) -> Z
where
    E: Owned<Literal, Kind> + Transport,
    R: Outcome,
{
    stopping_locally(run, others, targets, replay, left)
}

/// The same of a loop whose values stay on this rank.
pub fn stopping_locally<O, T, E, R: Outcome, Z>(
    run: impl FnOnce(Replaying<'_, O, T, E>) -> Z,
    others: O,
    targets: T,
    replay: impl Fn(&mut T, E) -> R,
    left: &mut Option<R>,
) -> Z {
    let left = RefCell::new(left);
    run(Replaying {
        others,
        targets,
        replay: &|targets, argument| {
            let ended = replay(targets, argument);
            if !ended.is_failure() {
                return ControlFlow::Continue(());
            }
            **left.borrow_mut() = Some(ended);
            ControlFlow::Break(())
        },
        stopped: false,
    })
}

impl<O: Output, T, E: Transport> Output for Replaying<'_, O, T, E> {}

impl<O: Absorb, T, E: Send> Absorb for Replaying<'_, O, T, E> {
    type Part = (O::Part, Arguments<E>);
    type Blanks = (O::Blanks, Spare<Arguments<E>>);

    fn blanks(&mut self, length: Length) -> Self::Blanks {
        (self.others.blanks(length), Spare::default())
    }

    fn go_on(&self, (others, _): &mut Self::Part) {
        self.others.go_on(others);
    }

    fn absorb(&mut self, (others, arguments): &mut Self::Part) {
        if self.stopped {
            return;
        }
        self.others.absorb(others);
        for argument in arguments.drain() {
            if (self.replay)(&mut self.targets, argument).is_break() {
                self.stopped = true;
                return;
            }
        }
    }

    fn is_stopped(&self) -> bool {
        self.stopped
    }

    fn tell(&mut self, captures: &mut Captures) {
        self.others.tell(captures);
    }
}
