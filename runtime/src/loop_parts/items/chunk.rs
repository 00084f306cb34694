//! What the user's `for` iterates over instead of the items: those of one chunk.
//!
//! Invariant: when a chunk is dropped, it leaves behind on its thread how far the loop over it got, for
//! [`leaving`].

use std::cell::Cell;

use super::Limit;
use super::stopwatch::{Clock, Slowest, Stopwatch};
use crate::base::panicking;

/// The items of one chunk.
#[derive(Debug)]
pub struct Chunk<I> {
    iter: I,
    start: u64,
    length: u64,
    left: u64,
    limit: Limit,
    ended: bool,
    /// Where iterations are timed.
    stopwatch: Option<Stopwatch>,
}

impl<I> Chunk<I> {
    /// With a clock, it times each iteration.
    pub(crate) fn new(
        iter: I,
        start: u64,
        length: u64,
        limit: Limit,
        clock: Option<Clock>,
    ) -> Self {
        Self {
            iter,
            start,
            length,
            left: length,
            limit,
            ended: false,
            stopwatch: clock.map(|clock| Stopwatch::new(clock, start)),
        }
    }
}

impl<I: Iterator> Iterator for Chunk<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        let next = self.start + self.length - self.left;
        if let Some(stopwatch) = &mut self.stopwatch {
            stopwatch.lap(next);
        }
        if self.left == 0 || self.limit.excludes(next) {
            self.ended = true;
            return None;
        }
        self.left -= 1;
        self.iter.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        (left, Some(left))
    }
}

impl<I> Drop for Chunk<I> {
    fn drop(&mut self) {
        let begun = self.length - self.left;
        if let Some(stopwatch) = &mut self.stopwatch {
            stopwatch.lap(self.start + begun);
        }
        LEFT.set(Some(Left {
            position: begun.saturating_sub(1),
            early: !self.ended && !panicking::is_unwinding(),
            slowest: self.stopwatch.as_ref().and_then(Stopwatch::slowest),
        }));
    }
}

/// How the loop over a chunk was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Left {
    /// The position in the chunk of the last iteration that began.
    pub(crate) position: u64,
    /// Whether iterations remained although nothing panicked: something jumped out of the loop.
    pub(crate) early: bool,
    /// Where iterations are timed.
    pub(crate) slowest: Option<Slowest>,
}

thread_local! {
    static LEFT: Cell<Option<Left>> = const { Cell::new(None) };
}

/// Runs the loop over a chunk, and tells how that was left. What it reaches may run chunks of other
/// loops, also between the end of its own and this function's.
pub(crate) fn leaving<R>(run: impl FnOnce() -> R) -> (R, Option<Left>) {
    let outer = LEFT.take();
    let result = run();
    (result, LEFT.replace(outer))
}
