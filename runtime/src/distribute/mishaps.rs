//! What is told of iterations that panicked and did not simply end their loop, and which loops can go on after one.
//!
//! Invariant: after a loop that left iterations out, every rank that ran it knows the same list of them.

use super::LoopRun;
use crate::base::stderr::say;
use crate::loop_parts::on_error::{self, Mishap, OnError};
use crate::process::skipped::Skipped;
use crate::protocol::message::Verdict;
use crate::transport::collectives;

impl LoopRun {
    /// Refuses a loop that can't do what is to be done about panics, by whether its items can be had again.
    pub(super) fn can_go_on(&self, on_error: OnError, local: bool, runs_again: bool) {
        let why = match on_error {
            OnError::Retry(_) => {
                "has items of which nobody knows whether they can be cloned, and an iteration that runs \
                 again needs its own twice"
            }
            OnError::Skip if local => {
                "has items of which nobody knows whether they can be cloned: they may be parts of what its \
                 iterations change, and what one that panics has changed could not be undone"
            }
            OnError::Skip | OnError::Stop => return,
        };
        if runs_again {
            return;
        }
        self.link().refuse(&format!(
            "the loop at {} {why}, so it can't go on as PARALLEL_FOR_ON_ERROR={on_error} wants\n\
             help: write `on_error = {on_error}` on the loop, by which the compiler finds out, or `on_error = stop`",
            self.site
        ));
    }

    /// Those that count, with the numbers that their iterations have in the user's loop. The master tells of them.
    pub(super) fn counting(&self, mishaps: Vec<Mishap>, verdict: &Verdict) -> Vec<Mishap> {
        if mishaps.is_empty() {
            return mishaps;
        }
        let end = match verdict {
            Verdict::Complete => None,
            Verdict::Halted(halt) => Some(halt.iteration),
        };
        let mut counting = on_error::counting(mishaps, end);
        for mishap in &mut counting {
            mishap.iteration += self.first;
        }
        for words in on_error::words(&counting, &self.site) {
            say(format_args!("{words}"));
        }
        counting
    }

    /// Lets every rank know which iterations were left out; of a `local` loop each knows by itself.
    pub(super) fn keep_skipped(&self, mishaps: &[Mishap], local: bool) {
        let link = self.link();
        let skipped = on_error::skipped(mishaps);
        let list: Vec<Skipped> = skipped
            .map(|mishap| Skipped::of(&self.site, mishap))
            .collect();
        let several = !local && link.size() > 1;
        let list = if several {
            collectives::broadcast(link, link.is_master().then_some(list))
        } else {
            list
        };
        // One exit code is enough for a list that all ranks share.
        self.world.keep_skipped(list, !several || link.is_master());
    }
}

/// Says how often the iteration ran that ended the loop, if that was more than once.
pub(super) fn say_how_often(mishaps: &[Mishap], iteration: u64) {
    if let Some(words) = on_error::tried(mishaps, iteration) {
        say(format_args!("{words}"));
    }
}
