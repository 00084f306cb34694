//! What the user's `for` iterates over instead of the items: those of one chunk.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::base::panicking;

/// How far a loop still goes on this rank: to its end, or to the lowest iteration that is known to
/// end it. Iterations beyond are not begun any more.
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

    fn excludes(&self, iteration: u64) -> bool {
        iteration > self.0.load(Ordering::Relaxed)
    }
}

/// The items of one chunk. When it is dropped it leaves behind how far the loop got: for the
/// message about a panic, and to tell an iteration that left the loop from the end of the chunk.
#[derive(Debug)]
pub struct Chunk<I> {
    iter: I,
    start: u64,
    length: u64,
    left: u64,
    limit: Limit,
    ended: bool,
}

impl<I> Chunk<I> {
    pub(crate) fn new(iter: I, start: u64, length: u64, limit: Limit) -> Self {
        Self {
            iter,
            start,
            length,
            left: length,
            limit,
            ended: false,
        }
    }
}

impl<I: Iterator> Iterator for Chunk<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        if self.left == 0 || self.limit.excludes(self.start + self.length - self.left) {
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
        panicking::leave_chunk(begun.saturating_sub(1), !self.ended);
    }
}
