//! Which thread moves the iterator of a loop, and drops it: any that needs items, or the one that called it alone.
//!
//! Invariant: a source whose mover is the calling thread is lent to no other; its items are.

use super::{Cursor, ItemSource, Keeping, RandomAccess, Resumed, Sequential};

/// Whichever thread needs items, one after the other.
#[derive(Debug)]
pub struct AnyThread;

/// The one that called the loop, which brings items to the others: of iterators that can't be sent to these, or are
/// not known to.
#[derive(Debug)]
pub struct CallingThread;

/// Items that every rank iterates over.
pub trait Moved: ItemSource {
    /// Who does.
    type Mover;
}

impl<I: RandomAccess> Moved for Cursor<I> {
    type Mover = AnyThread;
}

impl<I: Iterator, M> Moved for Sequential<I, M> {
    type Mover = M;
}

impl<I: Iterator, M> Moved for Keeping<I, M> {
    type Mover = M;
}

impl<S: Moved> Moved for Resumed<'_, S> {
    type Mover = S::Mover;
}
