//! The iterations that run as a plain loop.
//!
//! Invariant: a block is never longer than what its items come from, so that its own count is the only end that the
//! loop over it has: one that the compiler knows before the loop begins.

use std::hint;

use super::{Chunk, State};

/// Some of a chunk's items. The iterator is in it, not behind a reference: so it can live in registers.
#[derive(Debug)]
pub struct Block<'chunk, I> {
    iter: Option<I>,
    length: u64,
    left: u64,
    ended: bool,
    chunk: &'chunk mut Chunk<I>,
}

impl<'chunk, I> Block<'chunk, I> {
    /// The next iterations of a chunk, so many.
    pub(super) fn of(chunk: &'chunk mut Chunk<I>, length: u64) -> Self {
        Self {
            iter: chunk.iter.take(),
            length,
            left: length,
            ended: false,
            chunk,
        }
    }
}

impl<I> Block<'_, I> {
    /// How many iterations it has.
    #[must_use]
    pub fn length(&self) -> usize {
        usize::try_from(self.length).unwrap_or(usize::MAX)
    }
}

impl<I: Iterator> Iterator for Block<'_, I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        if self.left == 0 {
            self.ended = true;
            return None;
        }
        self.left -= 1;
        // Not by a closure: the compiler would forget what it concludes from this before it has used it.
        if let Some(iter) = &mut self.iter
            && let Some(item) = iter.next()
        {
            return Some(item);
        }
        debug_assert!(false, "a block has all of its items");
        // SAFETY: `Chunk::new` was told how many items there are, by sources that count what they made, or ask an
        // iterator of the standard library, or a product of two, whose length is exact (`RandomAccess`, which nobody
        // else implements). Of these, blocks have `left` more.
        unsafe { hint::unreachable_unchecked() }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        (left, Some(left))
    }
}

impl<I> Drop for Block<'_, I> {
    #[inline]
    fn drop(&mut self) {
        self.chunk.iter = self.iter.take();
        self.chunk.left -= self.length - self.left;
        if !self.ended {
            self.chunk.state = State::Left;
        }
    }
}
