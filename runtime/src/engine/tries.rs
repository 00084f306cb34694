//! An iteration that may panic without ending the loop: it runs again, or is left out.
//!
//! Invariant: a try begins with a blank part, and what one that panicked wrote is gone with its part. So each iteration
//! is a chunk by itself in such loops, and nothing here depends on a loop's types.

use super::chunk::{Ran, Yield};
use crate::base::panicking::{self, Briefly};
use crate::base::thread_context::Identity;
use crate::loop_parts::items::{Cost, Next, Taken};
use crate::loop_parts::on_error::{Became, Mishap, OnError, OnPanic};

/// The tries of one chunk.
pub(super) struct Tries<'a> {
    on_error: OnError,
    on: &'a Identity,
    /// How many more there may be.
    more: u32,
    panics: u32,
    /// What those before the last one took.
    cost: Cost,
    mishap: Option<Box<Mishap>>,
    _briefly: Option<Briefly>,
}

impl<'a> Tries<'a> {
    /// Of a chunk with so many items.
    pub(super) fn of(on_panic: OnPanic, length: u64, on: &'a Identity) -> Self {
        let on_error = match on_panic {
            OnPanic::Here(on_error) => on_error,
            // There is one try here.
            OnPanic::HandBack => OnError::Stop,
        };
        let is_one = length <= 1 || !on_error.goes_on();
        assert!(is_one, "a part holds one iteration");
        Self {
            on_error,
            on,
            more: on_error.more_tries(),
            panics: 0,
            cost: Cost::default(),
            mishap: None,
            _briefly: (on_error == OnError::Skip).then(panicking::briefly),
        }
    }

    /// Runs the chunk until no other try is to be made, or its items can't be had once more; what the last one came to,
    /// and the iteration if it panicked and that was not simply the end of the loop.
    pub(super) fn run<I>(
        mut self,
        mut taken: Taken<I>,
        mut run: impl FnMut(Taken<I>) -> Yield,
    ) -> (Yield, Option<Box<Mishap>>) {
        loop {
            let spare = if self.more > 0 { taken.again() } else { None };
            let mut yielded = run(taken);
            let again = self.again(&mut yielded, spare.is_some());
            match spare {
                Some(spare) if again => taken = spare,
                _ => return (yielded, self.mishap),
            }
        }
    }

    /// Whether another try is to be made after this one, if it can be.
    fn again(&mut self, yielded: &mut Yield, can: bool) -> bool {
        if !self.on_error.goes_on() {
            return false;
        }
        let failed = match &yielded.ran {
            Ran::Failed(panic) => Some(panic.clone()),
            _ => None,
        };
        let Some(panic) = failed else {
            if let Some(mishap) = &mut self.mishap {
                mishap.became = Became::Finished {
                    panics: self.panics,
                    by: self.on.rank,
                };
            }
            yielded.cost.add(self.cost);
            return false;
        };
        self.panics = self.panics.saturating_add(1);
        let skips = self.on_error == OnError::Skip;
        if skips && matches!(yielded.next, Next::Panic(_)) {
            // The item behind it ends the loop, on whatever rank.
            return false;
        }
        self.mishap = Some(Box::new(Mishap {
            iteration: panic.iteration,
            rank: self.on.rank,
            host: self.on.host.clone(),
            became: if skips {
                Became::Skipped
            } else {
                Became::Fatal {
                    panics: self.panics,
                    ranks: 1,
                }
            },
            report: panic.report,
        }));
        if skips {
            yielded.ran = Ran::Skipped;
        }
        let again = can && self.more > 0;
        if again {
            self.more -= 1;
            self.cost.add(yielded.cost);
        } else {
            yielded.cost.add(self.cost);
        }
        again
    }
}
