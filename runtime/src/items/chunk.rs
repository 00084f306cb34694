//! What the user's `for` iterates over instead of the items: those of one chunk.

use crate::panicking;

/// The items of one chunk. When it is dropped it leaves behind how far the loop got, for the
/// message about a panic, and for the check that the body didn't leave the loop.
#[derive(Debug)]
pub struct Chunk<I> {
    iter: I,
    length: u64,
    left: u64,
}

impl<I> Chunk<I> {
    pub(crate) fn new(iter: I, length: u64) -> Self {
        Self {
            iter,
            length,
            left: length,
        }
    }
}

impl<I: Iterator> Iterator for Chunk<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        self.left = self.left.checked_sub(1)?;
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
        panicking::leave_chunk(begun.saturating_sub(1), self.left > 0);
    }
}
