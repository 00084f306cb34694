//! Runs one loop on one rank: the only place where the protocol meets messages, clock and threads.
//!
//! The way of a chunk on the master: `chunk_source` leases it with its items; a compute thread runs it
//! (`compute`, `chunk`) and hands in its part; the main thread, in the event loop (`event_loop`) in the role of
//! the `master`, which also hears the other ranks (`requests`), adds it to the outputs (`absorb`). Short loops are
//! begun without threads (`brief`); those of one process don't come that far (`alone`), nor do those in bodies
//! (`sequential`).

mod absorb;
mod alone;
mod arrivals;
mod brief;
mod bundle;
mod chunk;
mod chunk_source;
mod compute;
mod event_loop;
mod master;
mod report;
mod requests;
mod sequential;
mod share;
mod shelf;
mod tray;
mod tries;
mod work;
mod worker;

use std::ops::Range;
use std::rc::Rc;

pub(crate) use absorb::absorb_all;
pub(crate) use alone::{BRIEF, run_alone};
pub(crate) use chunk_source::{Checks, Chunks, ManagedChunks};
pub(crate) use event_loop::{Role, Turn, run};
pub(crate) use master::{FedJob, ManagedJob, manage, manage_from_main};
pub(crate) use report::request;
pub(crate) use requests::{RequestHandler, Shares};
pub(crate) use sequential::run_sequentially;
pub(crate) use share::{work_share, work_share_from_main};
pub(crate) use worker::{OrderedJob, work, work_from_main};

use crate::base::thread_context::Identity;
use crate::checkpoint::LoopJournal;
use crate::loop_parts::gather::{Parcel, Part};
use crate::loop_parts::items::{Cost, Panic};
use crate::loop_parts::on_error::{Mishap, OnError, OnPanic};
use crate::loop_parts::schedule::{self, Length, Pace, Paces, Policy, Schedule, Workforce};
use crate::protocol::message::{Cause, Halt, Site, Verdict};

/// What is to be done with a loop, besides running its body.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) site: Site,
    pub(crate) schedule: Schedule,
    /// What is done about iterations that panic.
    pub(crate) on_error: OnError,
    /// How often other ranks run such an iteration again, where any can have any item.
    pub(crate) elsewhere: Option<u32>,
    /// Whether every rank gets the parts, or the master alone.
    pub(crate) everywhere: bool,
    /// Whether to compare the items that the ranks ran, and those that were run before.
    pub(crate) checked: bool,
    pub(crate) force: Workforce,
    /// Of a loop that may be over before other threads would have come: how many iterations are likely to take half
    /// of that time.
    pub(crate) brief: Option<u64>,
    /// Of a loop of one process that may be over sooner without other threads: the pace of all.
    pub(crate) rival: Option<Pace>,
    /// Where it did not pay to carry what other ranks had run: how many nanoseconds that took for an item.
    pub(crate) too_much: Option<f64>,
    /// Whether the thread that reached the loop is one of those that run it.
    pub(crate) caller_computes: bool,
    /// Where the parts are kept, and those of an earlier start are.
    pub(crate) journal: Option<Rc<LoopJournal>>,
}

impl Plan {
    /// The compute threads of one rank.
    fn threads(&self) -> usize {
        (self.force.threads / self.force.ranks).max(1)
    }

    /// Whether other ranks are to have the parts.
    fn spreads(&self) -> bool {
        self.everywhere && self.force.ranks > 1
    }

    /// What a thread does whose iteration panics.
    pub(crate) fn on_panic(&self) -> OnPanic {
        if self.elsewhere.is_some() {
            OnPanic::HandBack
        } else {
            OnPanic::Here(self.on_error)
        }
    }

    /// Who divides the iterations of a loop of this length.
    fn policy(&self, length: Length) -> Box<dyn Policy> {
        let mut policy = schedule::policy(self.schedule, length, self.force);
        if self.on_error.goes_on() {
            policy.at_most(1);
        }
        policy
    }

    /// How many chunks a thread hands in together: many where each is a single iteration. One that waits for what the main
    /// thread brings has handed in all before, and is `prompt`.
    fn bundle(&self, prompt: bool) -> usize {
        if self.schedule == Schedule::RoundRobin && !prompt {
            1024
        } else {
            1
        }
    }
}

/// The parts of some chunks, as they travel.
#[derive(Clone, Debug)]
pub(crate) struct EncodedParts {
    pub(crate) chunks: Vec<Range<u64>>,
    pub(crate) parts: Parcel,
    /// Of the items of these chunks, where a journal may keep the parts: all their iterations came to their end.
    pub(crate) digest: Option<u64>,
}

/// How a loop ended, with all parts where every rank is to have the outputs.
#[derive(Debug)]
pub(crate) struct Ending {
    pub(crate) verdict: Verdict,
    pub(crate) encoded_parts: Vec<EncodedParts>,
    /// So many iterations were run by this rank's threads, on which they took so long.
    pub(crate) iterations: u64,
    pub(crate) cost: Cost,
    /// On the master: the iterations of all ranks that panicked, and did not simply end the loop.
    pub(crate) mishaps: Vec<Mishap>,
    /// Of a loop of one process: how it went.
    pub(crate) paces: Paces,
    /// See [`Plan::too_much`], of this loop.
    pub(crate) too_much: Option<f64>,
}

impl From<Verdict> for Ending {
    fn from(verdict: Verdict) -> Self {
        Self {
            verdict,
            encoded_parts: Vec::new(),
            iterations: 0,
            cost: Cost::default(),
            mishaps: Vec::new(),
            paces: Paces::default(),
            too_much: None,
        }
    }
}

impl EncodedParts {
    /// The same parts once more, without a copy of them.
    fn share(&mut self) -> Self {
        Self {
            chunks: self.chunks.clone(),
            parts: self.parts.share(),
            digest: self.digest,
        }
    }

    /// The part of each chunk.
    ///
    /// # Errors
    /// When these are not they, in words.
    pub(crate) fn open<P: Part>(self) -> Result<impl Iterator<Item = (Range<u64>, P)>, String> {
        let parts = self.parts.open::<P>(self.chunks.len())?;
        Ok(self.chunks.into_iter().zip(parts))
    }

    /// The last chunk only goes up to this iteration, which ended the loop.
    fn until(mut chunks: Vec<Range<u64>>, parts: Parcel, iteration: u64) -> Self {
        cut(&mut chunks, iteration);
        Self {
            chunks,
            parts,
            digest: None,
        }
    }
}

/// Ends the last of the chunks before this iteration.
fn cut(chunks: &mut [Range<u64>], iteration: u64) {
    if let Some(last) = chunks.last_mut() {
        last.end = last.end.min(iteration);
    }
}

/// The end of a loop by an iteration that panicked.
fn panicked(Panic { iteration, report }: Panic, on: &Identity) -> Halt {
    Halt::on(on, iteration, Cause::Panicked(report))
}
