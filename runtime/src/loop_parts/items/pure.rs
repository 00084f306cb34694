//! Items made from variables that the function goes on with: making them must have no side effects, or be done by
//! every rank.
//!
//! Invariant: an iterator that can be cloned holds no `&mut`, so that making its items moves nothing
//! but itself.

use super::ItemSource;
use crate::base::type_level::{Never, No};

/// The items, where making more of them than the loop runs changes nothing else.
pub fn pure<Same>(items: impl Pure<Same>) -> Same {
    items.same()
}

/// The items, all of which each rank makes, so that what this changes is changed on every rank: of a loop that can't be
/// left.
pub fn to_the_end<S: ItemSource>(mut source: S) -> S {
    source.to_the_end();
    source
}

/// Items of iterators that change nothing but themselves; `Same` is their type, and unknown where they
/// do, so that nothing after this is asked of it (see `type_level`).
#[diagnostic::on_unimplemented(
    message = "the items are made by `{Self}`, which may change what the code after the loop uses",
    label = "each rank makes more or fewer items than the sequential loop, and would leave other values for the code after it",
    note = "collect the items before the loop, `let items: Vec<_> = iterator.collect();`, and iterate over `items`",
    note = "or move into the loop what its items are made from, so that neither later code nor a caller can look at it"
)]
pub trait Pure<Same> {
    /// The items themselves.
    fn same(self) -> Same;
}

#[diagnostic::do_not_recommend]
impl<I: IntoIterator<IntoIter: Clone>> Pure<I> for I {
    fn same(self) -> I {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<I: Never> Pure<No> for I {
    fn same(self) -> No {
        No
    }
}
