//! How far a loop still goes on one rank.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// To the loop's end, or to the lowest iteration that is known to end it. Iterations beyond are not begun
/// any more.
#[derive(Clone, Debug)]
pub(crate) struct Limit(Arc<AtomicU64>);

impl Limit {
    pub(crate) fn none() -> Self {
        Self(Arc::new(AtomicU64::new(u64::MAX)))
    }

    /// The loop ends in this iteration, or in an earlier one.
    pub(crate) fn lower(&self, iteration: u64) {
        self.0.fetch_min(iteration, Ordering::Relaxed);
    }

    /// How many iterations from this one on still go.
    pub(super) fn allows(&self, iteration: u64) -> u64 {
        let last = self.0.load(Ordering::Relaxed);
        last.checked_sub(iteration)
            .map_or(0, |more| more.saturating_add(1))
    }
}
