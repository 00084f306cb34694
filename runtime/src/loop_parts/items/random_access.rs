//! The iterators whose clone is free and whose `nth` needs no work for what it skips.

use std::iter::{Copied, Enumerate, Rev, StepBy, Zip};
use std::ops::{Range, RangeInclusive};
use std::slice;

/// Iterators of exactly known length that skip cheaply and are cheap to clone.
#[diagnostic::on_unimplemented(
    message = "`collapse` can't take loops over a `{Self}`",
    label = "its length and its items must be known without iterating",
    note = "it takes ranges, slices by reference, `chunks` and `windows` of slices, and `enumerate`, `rev`, `step_by`, `copied` and `zip` of these",
    note = "collect the items into a `Vec` before the loop, and iterate over a reference to it; or leave `collapse` out"
)]
pub trait RandomAccess: Iterator + Clone {
    /// Whether the first item and the length determine all the others.
    const ARITHMETIC: bool;
}

macro_rules! ranges {
    ($($integer:ty)*) => {$(
        impl RandomAccess for Range<$integer> {
            const ARITHMETIC: bool = true;
        }
        impl RandomAccess for RangeInclusive<$integer> {
            const ARITHMETIC: bool = true;
        }
    )*};
}

// Wider integers are left to `Sequential`: their ranges can be longer than `size_hint` can say.
ranges!(u8 i8 u16 i16 u32 i32 u64 i64 usize isize);

impl<T> RandomAccess for slice::Iter<'_, T> {
    const ARITHMETIC: bool = false;
}

impl<T> RandomAccess for slice::Chunks<'_, T> {
    const ARITHMETIC: bool = false;
}

impl<T> RandomAccess for slice::ChunksExact<'_, T> {
    const ARITHMETIC: bool = false;
}

impl<T> RandomAccess for slice::Windows<'_, T> {
    const ARITHMETIC: bool = false;
}

impl<'a, T: Copy + 'a, I: RandomAccess<Item = &'a T>> RandomAccess for Copied<I> {
    const ARITHMETIC: bool = I::ARITHMETIC;
}

impl<I: RandomAccess> RandomAccess for Enumerate<I> {
    const ARITHMETIC: bool = I::ARITHMETIC;
}

impl<I: RandomAccess + DoubleEndedIterator> RandomAccess for Rev<I> {
    const ARITHMETIC: bool = I::ARITHMETIC;
}

impl<I: RandomAccess> RandomAccess for StepBy<I> {
    // The step is not visible in the first item; a digest of each costs nanoseconds.
    const ARITHMETIC: bool = false;
}

impl<A: RandomAccess, B: RandomAccess> RandomAccess for Zip<A, B> {
    const ARITHMETIC: bool = A::ARITHMETIC && B::ARITHMETIC;
}
