//! Items whose number, by which a body reaches elements of arrays, no two of them share.
//!
//! The macro sees `0..n`, `.enumerate()` and `zip`; that these are the standard library's is known by
//! the type of what they make.

use std::iter::{Enumerate, Filter, Rev, Skip, SkipWhile, StepBy, Take, TakeWhile, Zip};
use std::ops::{Range, RangeFrom, RangeInclusive};

/// See the module.
#[diagnostic::on_unimplemented(
    message = "the items are `{Self}`, whose numbers are not known to be distinct",
    label = "two iterations with one number would change the same element",
    note = "iterate over a range, `for i in 0..n`, or use the `enumerate` and `zip` of the standard library's iterators"
)]
pub trait Numbered {}

impl<T> Numbered for Range<T> {}
impl<T> Numbered for RangeFrom<T> {}
impl<T> Numbered for RangeInclusive<T> {}
impl<I> Numbered for Enumerate<I> {}
impl<A, B> Numbered for Zip<A, B> {}
impl<I: Numbered> Numbered for Rev<I> {}
impl<I: Numbered> Numbered for Skip<I> {}
impl<I: Numbered> Numbered for StepBy<I> {}
impl<I: Numbered> Numbered for Take<I> {}
impl<I: Numbered, P> Numbered for Filter<I, P> {}
impl<I: Numbered, P> Numbered for SkipWhile<I, P> {}
impl<I: Numbered, P> Numbered for TakeWhile<I, P> {}

/// The items, if no two of them have the same number.
pub fn numbered<I: IntoIterator<IntoIter: Numbered>>(items: I) -> I {
    items
}
