//! What the main thread of a rank does while a loop runs: turn by turn it hears the others and does what
//! there is to do, and waits where that is nothing.
//!
//! Invariant: every turn begins with what concerns the whole job, so a loop ends or is refused, whatever a
//! rank waits for in it.

use std::time::Duration;

use super::chunk_source::Chunks;
use crate::base::wait::{Backoff, Pace};
use crate::observe::Event;
use crate::transport::link::Link;

/// The part that a rank has in a loop.
pub(crate) trait Role {
    /// What is known at its end.
    type End;

    /// Hears what concerns the job.
    fn attend(&self, link: &Link) {
        link.attend();
    }

    /// Whether the master waits for something of this rank.
    fn owes(&self) -> bool {
        false
    }

    /// Does what there is to do now. Since the last message, this rank has `slept`.
    fn turn(&mut self, link: &Link, slept: Duration) -> Turn<Self::End>;
}

impl<R: Role> Role for &mut R {
    type End = R::End;

    fn attend(&self, link: &Link) {
        R::attend(self, link);
    }

    fn owes(&self) -> bool {
        R::owes(self)
    }

    fn turn(&mut self, link: &Link, slept: Duration) -> Turn<R::End> {
        R::turn(self, link, slept)
    }
}

/// What came of a turn.
#[derive(Debug)]
pub(crate) enum Turn<E> {
    /// The loop is over for this rank.
    Over(E),
    /// A message: more may follow soon.
    Heard,
    /// Work of this rank's own.
    Worked,
    /// Nothing.
    Idle(Pace),
}

/// Runs something while the threads of a crew work at a job.
pub(super) type Beside<'a> = &'a dyn Fn(&mut dyn FnMut());

/// Runs a loop in some role, to the end, while a crew's threads work at its chunks.
pub(super) fn run_beside<R: Role>(
    link: &Link,
    chunks: &dyn Chunks,
    beside: Beside<'_>,
    mut role: R,
) -> R::End {
    let mut end = None;
    beside(&mut || {
        let _closing = Closing(chunks);
        end = Some(run(link, &mut role));
    });
    end.expect("a crew lets the present thread do its part")
}

/// Runs a loop in some role, to the end.
pub(crate) fn run<R: Role>(link: &Link, mut role: R) -> R::End {
    let mut backoff = Backoff::new();
    let mut waiting = false;
    // When, in terms of sleep, the last sign of life was given.
    let mut signed = Duration::ZERO;
    loop {
        role.attend(link);
        match role.turn(link, backoff.slept()) {
            Turn::Over(end) => return end,
            Turn::Heard => {
                backoff.reset();
                signed = Duration::ZERO;
            }
            // Without other ranks, only another thread that holds the items for a moment makes this one idle.
            Turn::Worked if link.size() == 1 => backoff.reset(),
            Turn::Worked => {}
            Turn::Idle(pace) => {
                let waited = std::mem::replace(&mut waiting, pace == Pace::Hot);
                if waiting && !waited {
                    link.observers().tell(|| Event::Waiting);
                }
                let moving = pace != Pace::Hot && link.is_moving();
                backoff.pause(link.waker(), if moving { Pace::Moving } else { pace });
                if role.owes() {
                    link.give_sign(backoff.slept(), &mut signed);
                }
            }
        }
    }
}

/// Sends the compute threads home, also when the main thread unwinds.
struct Closing<'a>(&'a dyn Chunks);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}
