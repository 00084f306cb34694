//! Items that are changed, of a loop that can be left: making more of them than it runs must change nothing else.
//!
//! Invariant: the iterators that are known here move nothing but themselves, whatever can be changed through their items.

use std::collections::{btree_map, linked_list, vec_deque};
use std::iter::{Enumerate, Rev, Skip, StepBy, Take, Zip};
use std::{option, slice};

/// The items, where making more of them than the loop runs changes nothing else.
pub fn untouched<I: IntoIterator<IntoIter: MovesItself<K>>, K>(items: I) -> I {
    items
}

/// Iterators that change nothing but themselves; `Kind` says how that is known.
#[diagnostic::on_unimplemented(
    message = "the items are made by `{Self}`, which may change what the code after the loop uses",
    label = "each rank makes all items, and so may leave other values for the code after the loop than the sequential loop",
    note = "write the items in the `for` itself with the methods of the standard library: `xs.chunks_mut(n)`, `.zip(&ys)`, `.enumerate()`, `.rev()`, `.skip(n)`, `.take(n)`, `.step_by(n)`",
    note = "or let the loop run to its end, and look after it at what would have left it"
)]
pub trait MovesItself<Kind> {}

/// It can be cloned, so it holds no `&mut`.
#[derive(Debug)]
pub struct Cloned;

/// It is the standard library's, and holds one.
#[derive(Debug)]
pub struct Known<Kind>(Kind);

#[diagnostic::do_not_recommend]
impl<I: Clone> MovesItself<Cloned> for I {}
#[diagnostic::do_not_recommend]
impl<I: Mutable<Kind>, Kind> MovesItself<Known<Kind>> for I {}

/// The standard library's iterators of items that can be changed: none of them can be cloned.
pub trait Mutable<Kind> {}

impl<T> Mutable<()> for slice::IterMut<'_, T> {}
impl<T> Mutable<()> for slice::ChunksMut<'_, T> {}
impl<T> Mutable<()> for slice::ChunksExactMut<'_, T> {}
impl<T> Mutable<()> for slice::RChunksMut<'_, T> {}
impl<T> Mutable<()> for slice::RChunksExactMut<'_, T> {}
impl<T> Mutable<()> for vec_deque::IterMut<'_, T> {}
impl<T> Mutable<()> for linked_list::IterMut<'_, T> {}
impl<T> Mutable<()> for option::IterMut<'_, T> {}
impl<K, V> Mutable<()> for btree_map::IterMut<'_, K, V> {}
impl<K, V> Mutable<()> for btree_map::ValuesMut<'_, K, V> {}
impl<I: Mutable<K>, K> Mutable<K> for Enumerate<I> {}
impl<I: Mutable<K>, K> Mutable<K> for Rev<I> {}
impl<I: Mutable<K>, K> Mutable<K> for Skip<I> {}
impl<I: Mutable<K>, K> Mutable<K> for StepBy<I> {}
impl<I: Mutable<K>, K> Mutable<K> for Take<I> {}

/// What is zipped: to what can be cloned, or to another one.
#[derive(Debug)]
pub struct Left<Kind>(Kind);
/// See [`Left`].
#[derive(Debug)]
pub struct Right<Kind>(Kind);

impl<A: Mutable<K>, B: Clone, K> Mutable<Left<K>> for Zip<A, B> {}
impl<A: Clone, B: Mutable<K>, K> Mutable<Right<K>> for Zip<A, B> {}
impl<A: Mutable<K>, B: Mutable<J>, K, J> Mutable<(K, J)> for Zip<A, B> {}
