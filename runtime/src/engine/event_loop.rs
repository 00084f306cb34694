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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observe::Observers;
    use crate::transport::fabric::threads::{Weather, world};

    /// Is idle in every other turn, and says for how long it had slept when each began.
    struct Between(Vec<Duration>);

    impl Role for Between {
        type End = ();

        fn attend(&self, _: &Link) {}

        fn turn(&mut self, _: &Link, slept: Duration) -> Turn<()> {
            self.0.push(slept);
            match self.0.len() {
                7 => Turn::Over(()),
                turn if turn % 2 == 1 => Turn::Idle(Pace::Warm),
                _ => Turn::Worked,
            }
        }
    }

    #[test]
    fn who_worked_looks_again_soon_unless_others_wait_for_messages() {
        let weather = Weather {
            seed: 1,
            longest: Duration::ZERO,
            far: Duration::ZERO,
        };
        for ranks in [1, 2] {
            let fabric = world(ranks, weather).swap_remove(0);
            let link = Link::new(Box::new(fabric), None, Observers::default());
            let mut role = Between(Vec::new());
            run(&link, &mut role);
            let first = Duration::from_micros(50);
            let slept = role.0;
            if ranks == 1 {
                let expected = [0, 1, 0, 1, 0, 1, 0].map(|times| first * times);
                assert_eq!(slept, expected);
            } else {
                let sums = [0, 1, 1, 3, 3, 7, 7].map(|times| first * times);
                assert_eq!(slept, sums);
            }
        }
    }
}
