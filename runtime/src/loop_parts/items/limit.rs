//! How far a loop, or a chunk of it, still goes on one rank.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// To the end, or to the lowest iteration that is known to end the loop. Iterations beyond are not begun any more.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    last: Option<Arc<AtomicU64>>,
    time: Option<Duration>,
    /// So many iterations may begin before anybody looks.
    blind: u64,
}

impl Limit {
    /// To the end.
    pub(crate) fn none() -> Self {
        Self::of_time(None)
    }

    /// To the end, or until the iterations have taken so long.
    pub(crate) fn of_time(time: Option<Duration>) -> Self {
        Self {
            last: None,
            time,
            blind: 1,
        }
    }

    /// One that can be lowered, by each who has a clone.
    pub(crate) fn shared() -> Self {
        Self {
            last: Some(Arc::new(AtomicU64::new(u64::MAX))),
            time: None,
            blind: 1,
        }
    }

    /// Where iterations are likely to be so short that so many of them are over before anybody could look, those begin
    /// without it.
    pub(crate) fn after(self, iterations: u64) -> Self {
        let blind = iterations.max(1);
        Self { blind, ..self }
    }

    /// The loop ends in this iteration, or in an earlier one.
    pub(crate) fn lower(&self, iteration: u64) {
        if let Some(last) = &self.last {
            last.fetch_min(iteration, Ordering::Relaxed);
        }
    }

    /// How many iterations from this one on still go.
    pub(super) fn allows(&self, iteration: u64) -> u64 {
        let Some(last) = &self.last else {
            return u64::MAX;
        };
        let last = last.load(Ordering::Relaxed);
        last.checked_sub(iteration)
            .map_or(0, |more| more.saturating_add(1))
    }

    /// How many iterations may begin before anybody looks.
    pub(super) fn blind(&self) -> u64 {
        self.blind
    }

    /// How long iterations may take, looked at between blocks.
    pub(super) fn time(&self) -> Option<Duration> {
        self.time
    }
}
