//! How far the ranks have got in leaving together.

use std::cell::Cell;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Farewell {
    /// Every rank has left: nobody sends anything new.
    pub(super) released: Cell<bool>,
    /// Everything that this rank sent has been taken, and it has said so.
    pub(super) said: Cell<bool>,
    /// On the master: how many ranks have said so.
    pub(super) flushed: Cell<usize>,
    /// All have: nothing is under way any more.
    pub(super) parted: Cell<bool>,
}
