//! The elements of a window as they were before its chunk, so that they can be as if it had not run.

use std::mem::{MaybeUninit, needs_drop};
use std::ptr;

use super::bytes::{self, Bytes};
use crate::loop_parts::gather::updates::Copying;

/// See the module.
#[derive(Debug)]
pub(super) struct Snapshot<T> {
    /// Of types that need not be dropped, the first elements, bit by bit: copying them costs little beside
    /// changing them, and the loop over them stays one that the compiler can vectorise.
    bits: Bytes,
    /// Of others, those that were changed, and where they are.
    changed: Vec<(usize, T)>,
    /// Elements that are of no use but for what they have allocated.
    spare: Vec<T>,
    /// Whether it is one at all.
    kept: bool,
}

/// So many elements are kept for what they have allocated.
const MOST: usize = 64;

impl<T> Default for Snapshot<T> {
    fn default() -> Self {
        Self {
            bits: Bytes::new(),
            changed: Vec::new(),
            spare: Vec::new(),
            kept: true,
        }
    }
}

impl<T> Drop for Snapshot<T> {
    fn drop(&mut self) {
        bytes::keep(&mut self.bits);
    }
}

impl<T> Snapshot<T> {
    /// Of elements that never come back.
    pub(super) fn none() -> Self {
        let mut none = Self::default();
        none.kept = false;
        none
    }

    /// From now on elements can come back.
    pub(super) fn begin(&mut self) {
        self.kept = true;
    }

    /// From now on they never do.
    pub(super) fn end(&mut self) {
        if self.kept {
            self.kept = false;
            self.forget();
            bytes::keep(&mut self.bits);
        }
    }

    /// So many more elements of the window may be changed from now on.
    pub(super) fn add(&mut self, window: &[T], more: usize) {
        if !self.kept || needs_drop::<T>() || size_of::<T>() == 0 {
            return;
        }
        let known = self.bits.len() / size_of::<T>();
        if self.bits.capacity() == 0 {
            self.bits = bytes::take();
        }
        if known == 0 {
            self.bits.reserve(size_of_val(window));
        }
        let Some(rest) = window.get(known..) else {
            return;
        };
        let more = &rest[..more.min(rest.len())];
        let size = size_of_val(more);
        self.bits.reserve(size);
        // SAFETY: the vector has room for as many bytes more, `reserve` says, and they don't overlap with what a
        // reference leads to. `MaybeUninit` promises nothing of what it holds, so any bits may be in it.
        unsafe {
            let from = more.as_ptr().cast::<MaybeUninit<u8>>();
            let to = self.bits.as_mut_ptr().add(self.bits.len());
            ptr::copy_nonoverlapping(from, to, size);
            self.bits.set_len(self.bits.len() + size);
        }
    }

    /// An element was replaced by another.
    #[inline]
    pub(super) fn replaced(&mut self, at: usize, element: T) {
        if needs_drop::<T>() && self.kept {
            self.changed.push((at, element));
        }
    }

    /// An element is about to be changed.
    #[inline]
    pub(super) fn changes(&mut self, at: usize, element: &T, copying: Copying<T>) {
        if needs_drop::<T>() && self.kept {
            let copy = match self.spare.pop() {
                Some(mut copy) => {
                    (copying.copy_into)(&mut copy, element);
                    copy
                }
                None => (copying.copy)(element),
            };
            self.changed.push((at, copy));
        }
    }

    /// Puts the elements back.
    pub(super) fn restore(&mut self, window: &mut [T]) {
        let size = self.bits.len().min(size_of_val(window));
        // SAFETY: there are as many bytes on both sides, which don't overlap, as the window is borrowed for changes.
        // What lies in `bits` was copied from whole, valid elements by `add`, of the same places, and is copied back
        // once at most: `clear` follows. The type needs no drop, or `bits` would be empty, so nothing is lost with what
        // the window holds now; and no element exists twice, as those in the window take the place of their own former
        // selves.
        unsafe {
            let to = window.as_mut_ptr().cast::<MaybeUninit<u8>>();
            ptr::copy_nonoverlapping(self.bits.as_ptr(), to, size);
        }
        self.bits.clear();
        for (at, element) in self.changed.drain(..).rev() {
            if let Some(place) = window.get_mut(at) {
                *place = element;
            }
        }
    }

    /// The elements are to stay as they are now.
    pub(super) fn forget(&mut self) {
        self.bits.clear();
        let spare = MOST - self.spare.len().min(MOST);
        let changed = self.changed.drain(..).map(|(_, element)| element);
        self.spare.extend(changed.take(spare));
    }
}
