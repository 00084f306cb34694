//! A lazy map in one process: the next few items on all threads, whenever results are wanted.
//!
//! Invariant: no thread works, and nothing borrowed is in use, while the consumer has control.

use std::ops::Range;
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::fill;
use crate::base::thread_context;
use crate::base::wire::Transport;
use crate::distribute::{ByEachRank, LoopRun};
use crate::loop_parts::items::{Resumed, Sequential};
use crate::loop_parts::options::Options;

/// See the module.
pub(super) struct Batches<I: Iterator, F> {
    /// Where the map was called; `None` in a loop's body.
    run: Option<LoopRun>,
    source: Sequential<I>,
    f: F,
    /// The number of the next item.
    at: u64,
    size: Size,
}

impl<I: Iterator, F> Batches<I, F> {
    pub(super) fn new(run: Option<LoopRun>, source: Sequential<I>, f: F) -> Self {
        let threads = run.as_ref().map_or(1, |run| run.threads);
        Self {
            run,
            source,
            f,
            at: 0,
            size: Size::new(threads),
        }
    }

    /// The results of the next items; none at the end.
    pub(super) fn next<R>(&mut self) -> (Range<u64>, Vec<R>)
    where
        I: Send,
        R: Transport,
        F: Fn(I::Item) -> R + Sync,
    {
        let mut results = Vec::new();
        if let Some(run) = self.run.as_mut().filter(|_| !thread_context::in_body()) {
            // Also where the iterator outlives the code that only the master ran.
            let _alone = Rc::clone(&run.world).leave_others();
            run.first = self.at;
            let batch = Resumed::up_to(&mut self.source, self.at, self.size.items);
            let body = |chunk, part| fill(&self.f, chunk, part);
            let begun = Instant::now();
            let halt = run.pooled(
                &Options::DEFAULT,
                ByEachRank(batch),
                &body,
                &mut &mut results,
            );
            debug_assert!(halt.is_none(), "this body can't leave its loop");
            self.size.took(begun.elapsed());
        } else {
            results.extend(self.source.next().map(&self.f));
        }
        let start = self.at;
        self.at += results.len() as u64;
        (start..self.at, results)
    }
}

/// How long a batch should take: long against what its begin and end cost, short for a person.
const BATCH_TIME: Duration = Duration::from_millis(50);
/// A batch may be so many times as long as the last one.
const GROWTH: u64 = 8;

/// The number of items in a batch: one for each thread at first, and more where they are quick.
#[derive(Debug)]
struct Size {
    threads: u64,
    items: u64,
}

impl Size {
    fn new(threads: usize) -> Self {
        let threads = threads.max(1) as u64;
        Self {
            threads,
            items: threads,
        }
    }

    /// The last batch took so long.
    fn took(&mut self, time: Duration) {
        let fitting = u128::from(self.items) * BATCH_TIME.as_nanos() / time.as_nanos().max(1);
        let fitting = u64::try_from(fitting).unwrap_or(u64::MAX);
        let most = self.items.saturating_mul(GROWTH);
        // As many for each thread.
        let rounded = fitting.min(most) / self.threads * self.threads;
        self.items = rounded.max(self.threads);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_grow_to_their_time_and_shrink_to_one_item_for_each_thread() {
        let mut size = Size::new(3);
        assert_eq!(size.items, 3);
        size.took(BATCH_TIME / 100);
        assert_eq!(size.items, 24, "not at once");
        size.took(BATCH_TIME / 2);
        assert_eq!(size.items, 48);
        size.took(BATCH_TIME);
        assert_eq!(size.items, 48);
        size.took(BATCH_TIME * 10);
        assert_eq!(size.items, 3);
        size.took(BATCH_TIME * 10);
        assert_eq!(size.items, 3);
        size.took(Duration::ZERO);
        assert_eq!(size.items, 24);
    }
}
