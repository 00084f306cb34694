//! Items that can't be distributed, known by their type: from hash tables, whose order differs from
//! rank to rank, from iterators that the function goes on with, which the ranks leave at different
//! places, and references by which a body changes what is behind them on its own rank only.
//!
//! Chosen like the other kinds of items, before all of them: see `probe`.

use std::collections::{HashMap, HashSet, hash_map, hash_set};
use std::iter::{
    Chain, Cloned, Copied, Enumerate, Filter, FilterMap, FlatMap, Fuse, Inspect, Map, MapWhile,
    Peekable, Scan, Skip, SkipWhile, StepBy, Take, TakeWhile, Zip,
};

use super::probe::Probe;
use super::{CallingThread, Copies, Digest, Keeping, Sequential};
use crate::loop_parts::shared_state::SharedState;

/// Kinds whose sources never compile: the trait they ask for is implemented for nothing, and says
/// why.
macro_rules! refused {
    ($($name:ident [$($bound:tt)+])+) => {$(
        /// A kind of items that is refused.
        #[derive(Debug)]
        pub struct $name;

        impl $name {
            /// Never compiles.
            pub fn source<I: $($bound)+>(
                self,
                items: I,
                digest: Digest<I::Item>,
            ) -> Sequential<I::IntoIter> {
                Sequential::new(items.into_iter(), digest)
            }

            /// Never compiles, either.
            pub fn source_again<I: $($bound)+>(
                self,
                items: I,
                digest: Digest<I::Item>,
                copies: Copies<I::Item>,
            ) -> Keeping<I::IntoIter> {
                Keeping::new(items.into_iter(), digest, copies)
            }
        }
    )+};
}

refused! {
    MutableKind [IntoIterator<Item: Unchangeable>]
    HashKind [IntoIterator + StableOrder]
    StateKind [IntoIterator<Item: OnlyValues>]
}

/// The kind of an iterator that is only lent to the loop.
#[derive(Debug)]
pub struct LentKind;

#[expect(
    clippy::unused_self,
    reason = "the value stands for the choice that was made"
)]
impl LentKind {
    /// Every rank makes all items, so that it leaves the iterator where the loop as it is written does.
    pub fn source<I: IntoIterator>(
        self,
        items: I,
        digest: Digest<I::Item>,
    ) -> Sequential<I::IntoIter, CallingThread> {
        Sequential::on_calling_thread(items.into_iter(), digest)
    }

    /// Never compiles.
    pub fn source_again<I: IntoIterator<IntoIter: OwnedIterator>>(
        self,
        items: I,
        digest: Digest<I::Item>,
        copies: Copies<I::Item>,
    ) -> Keeping<I::IntoIter> {
        Keeping::new(items.into_iter(), digest, copies)
    }
}

/// Before the kinds that can be distributed: an iterator that is only lent to the loop, which must not be left then.
pub trait ViaLent {
    /// The kind of source.
    fn parallel_for_kind(&self) -> LentKind {
        LentKind
    }
}

impl<I: IntoIterator<IntoIter: LentIterator>> ViaLent for &&&Probe<I> {}

/// Refuses a lent iterator where nothing else is asked of the items.
pub trait IsLent {
    /// Whose it is.
    fn owner(&self) -> LentKind {
        LentKind
    }
}

impl<I: IntoIterator<IntoIter: LentIterator>> IsLent for &Probe<I> {}

#[expect(
    clippy::unused_self,
    reason = "the value stands for the choice that was made"
)]
impl LentKind {
    /// Never compiles, either.
    pub fn given<I: IntoIterator<IntoIter: OwnedIterator>>(&self, items: I) -> I {
        items
    }
}

/// All other iterators.
pub trait IsOwned {
    /// Whose it is.
    fn owner(&self) -> LoopsOwn {
        LoopsOwn
    }
}

impl<I> IsOwned for Probe<I> {}

/// See [`IsOwned`].
#[derive(Debug)]
pub struct LoopsOwn;

#[expect(
    clippy::unused_self,
    reason = "the value stands for the choice that was made"
)]
impl LoopsOwn {
    /// The same items.
    pub fn given<I>(&self, items: I) -> I {
        items
    }
}

/// Iterators that move another one, which is somebody else's.
pub trait LentIterator {}

impl<I: ?Sized> LentIterator for &mut I {}
impl<I: LentIterator> LentIterator for Cloned<I> {}
impl<I: LentIterator> LentIterator for Copied<I> {}
impl<I: LentIterator> LentIterator for Enumerate<I> {}
impl<I: LentIterator + Iterator> LentIterator for Peekable<I> {}
impl<I: LentIterator> LentIterator for Fuse<I> {}
impl<I: LentIterator> LentIterator for Skip<I> {}
impl<I: LentIterator> LentIterator for StepBy<I> {}
impl<I: LentIterator> LentIterator for Take<I> {}
impl<I: LentIterator, P> LentIterator for TakeWhile<I, P> {}
impl<I: LentIterator, P> LentIterator for SkipWhile<I, P> {}
impl<I: LentIterator, P> LentIterator for MapWhile<I, P> {}
impl<I: LentIterator, F> LentIterator for Inspect<I, F> {}
impl<I: LentIterator, S, F> LentIterator for Scan<I, S, F> {}
impl<I: LentIterator, F> LentIterator for Map<I, F> {}
impl<I: LentIterator, F> LentIterator for Filter<I, F> {}
impl<I: LentIterator, F> LentIterator for FilterMap<I, F> {}
impl<I: LentIterator, U: IntoIterator, F> LentIterator for FlatMap<I, U, F> {}
impl<A: LentIterator, B> LentIterator for Zip<A, B> {}
impl<A: LentIterator, B> LentIterator for Chain<A, B> {}

/// Iterators that nobody else goes on with; implemented for none, since only types that are none of
/// them are ever asked.
#[diagnostic::on_unimplemented(
    message = "the items come from an iterator that is only lent to the loop: `{Self}`",
    label = "each rank would leave it at another place for the code after the loop",
    note = "give the loop the iterator itself, without `&mut` and `.by_ref()`",
    note = "or collect what the loop needs before it, `let items: Vec<_> = iterator.by_ref().take(n).collect();`, and iterate over `items`"
)]
pub trait OwnedIterator {}

/// Before most others: refuse what can be changed through the items.
pub trait ViaMutable {
    /// The kind of source.
    fn parallel_for_kind(&self) -> MutableKind {
        MutableKind
    }
}

impl<I: IntoIterator<Item: Changeable>> ViaMutable for &&&&&Probe<I> {}

/// Items through which something else can be changed.
pub trait Changeable {}

impl<T: ?Sized> Changeable for &mut T {}
impl<T: ?Sized> Changeable for (usize, &mut T) {}
impl<T: ?Sized, B> Changeable for (&mut T, B) {}
impl<A: ?Sized, T: ?Sized> Changeable for (&A, &mut T) {}

/// Items that nothing can be changed through; implemented for none, since only types that are none
/// of them are ever asked.
#[diagnostic::on_unimplemented(
    message = "the items are `{Self}`, through which the loop may make changes that other ranks don't see",
    label = "each rank would change its own copy only",
    note = "let the loop show that it changes its items, by a `&mut` or a method whose name ends in `_mut`, in its head or in the `let` of what it iterates over: `for x in &mut xs`, `for row in table.chunks_mut(n)`; then the changes come back by the number of the item",
    note = "or iterate over shared items, push the new values, and assign them after the loop",
    note = "or keep the loop on the threads of this process, where the items can be any: `#[parallel_for(local)]`"
)]
pub trait Unchangeable {}

/// Before the kinds that can be distributed: refuse what has another order on each rank.
pub trait ViaHash {
    /// The kind of source.
    fn parallel_for_kind(&self) -> HashKind {
        HashKind
    }
}

impl<I: HashOrder> ViaHash for &&&&Probe<I> {}

/// Types whose iteration order comes from a hash table.
pub trait HashOrder {}

/// Types whose iteration order is the same on every rank; implemented for none, since only types
/// that are none of them are ever asked.
#[diagnostic::on_unimplemented(
    message = "the order of `{Self}` differs from rank to rank, so its items can't be distributed",
    label = "every rank would iterate in a different order, and results would end up with the wrong items",
    note = "collect the items into a `Vec` and sort it, or use a `BTreeMap` or `BTreeSet`",
    note = "or let only the master iterate: `#[parallel_for(items = master)]`"
)]
pub trait StableOrder {}

impl<T: HashOrder + ?Sized> HashOrder for &T {}
impl<T: HashOrder + ?Sized> HashOrder for &mut T {}
impl<K, V, S> HashOrder for HashMap<K, V, S> {}
impl<K, S> HashOrder for HashSet<K, S> {}
impl<K, V> HashOrder for hash_map::Iter<'_, K, V> {}
impl<K, V> HashOrder for hash_map::IterMut<'_, K, V> {}
impl<K, V> HashOrder for hash_map::IntoIter<K, V> {}
impl<K, V> HashOrder for hash_map::Keys<'_, K, V> {}
impl<K, V> HashOrder for hash_map::IntoKeys<K, V> {}
impl<K, V> HashOrder for hash_map::Values<'_, K, V> {}
impl<K, V> HashOrder for hash_map::ValuesMut<'_, K, V> {}
impl<K, V> HashOrder for hash_map::IntoValues<K, V> {}
impl<K, V> HashOrder for hash_map::Drain<'_, K, V> {}
impl<K> HashOrder for hash_set::Iter<'_, K> {}
impl<K> HashOrder for hash_set::IntoIter<K> {}
impl<K> HashOrder for hash_set::Drain<'_, K> {}
impl<K, S> HashOrder for hash_set::Difference<'_, K, S> {}
impl<K, S> HashOrder for hash_set::Intersection<'_, K, S> {}
impl<K, S> HashOrder for hash_set::SymmetricDifference<'_, K, S> {}
impl<K, S> HashOrder for hash_set::Union<'_, K, S> {}
impl<I: HashOrder> HashOrder for Cloned<I> {}
impl<I: HashOrder> HashOrder for Copied<I> {}
impl<I: HashOrder> HashOrder for Enumerate<I> {}
impl<I: HashOrder + Iterator> HashOrder for Peekable<I> {}
impl<I: HashOrder> HashOrder for Skip<I> {}
impl<I: HashOrder> HashOrder for Take<I> {}
impl<I: HashOrder> HashOrder for StepBy<I> {}
impl<I: HashOrder, F> HashOrder for Map<I, F> {}
impl<I: HashOrder, F> HashOrder for Filter<I, F> {}
impl<I: HashOrder, F> HashOrder for FilterMap<I, F> {}
impl<I: HashOrder, U: IntoIterator, F> HashOrder for FlatMap<I, U, F> {}
impl<A: HashOrder, B> HashOrder for Zip<A, B> {}
impl<A: HashOrder, B> HashOrder for Chain<A, B> {}

/// Before the kinds that can be distributed: refuse what iterations would change for each other.
pub trait ViaState {
    /// The kind of source.
    fn parallel_for_kind(&self) -> StateKind {
        StateKind
    }
}

impl<I: IntoIterator<Item: SharedState>> ViaState for &&&&&&Probe<I> {}

/// Items that are no memory of threads; implemented for none, since only types that are such memory are
/// ever asked.
#[diagnostic::on_unimplemented(
    message = "the items are `{Self}`: memory that threads share, but ranks don't",
    label = "changes that an iteration makes to its item stay on its rank",
    note = "iterate over what is inside, `counters.iter().map(|c| c.load(Relaxed))`, `cells.iter().map(|c| c.lock().unwrap().clone())`",
    note = "make what is wanted after the loop an output: push values, sum with `+=`, set elements with `out[i] = value`"
)]
pub trait OnlyValues {}
