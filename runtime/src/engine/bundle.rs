//! The chunks that a thread hands in together, and why they may be unfit to travel.

use std::ops::Range;

use super::panicked;
use super::shelf::Ticket;
use crate::base::panicking::PanicReport;
use crate::base::thread_context::Identity;
use crate::base::wire::Refused;
use crate::loop_parts::items::{Cost, Panic};
use crate::loop_parts::on_error::Mishap;
use crate::protocol::message::{Cause, Halt};

/// Chunks that a thread has run and not handed in.
pub(super) struct Bundle {
    pub(super) chunks: Vec<Range<u64>>,
    pub(super) parts: Vec<Ticket>,
    pub(super) digest: u64,
    /// Whether all iterations came to their end.
    pub(super) whole: bool,
    pub(super) cost: Cost,
    pub(super) mishaps: Vec<Mishap>,
}

impl Bundle {
    pub(super) fn new() -> Self {
        Self {
            chunks: Vec::new(),
            parts: Vec::new(),
            digest: 0,
            whole: true,
            cost: Cost::default(),
            mishaps: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, chunk: Range<u64>, part: Ticket, digest: u64, cost: Cost) {
        self.chunks.push(chunk);
        self.parts.push(part);
        self.digest = self.digest.wrapping_add(digest);
        self.cost.add(cost);
    }
}

/// Why parts can't travel.
pub(super) enum Unfit {
    Refused(Refused),
    Panicked(Box<PanicReport>),
}

impl Unfit {
    /// The end of the loop by the parts of these chunks, the first iteration of which is `iteration`.
    pub(super) fn halt(self, chunks: &[Range<u64>], iteration: u64, on: &Identity) -> Halt {
        let refused = match self {
            Self::Panicked(report) => return panicked(Panic { iteration, report }, on),
            Self::Refused(refused) => refused,
        };
        let chunk = chunks.get(refused.index).cloned().unwrap_or_default();
        let cause = Cause::Refused {
            skipped: chunk.start.saturating_sub(iteration),
            length: chunk.end - chunk.start,
            words: refused.words,
        };
        Halt::on(on, iteration, cause)
    }
}
