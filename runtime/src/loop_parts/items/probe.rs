//! Chooses the source by the type of the iterated expression, on stable Rust.
//!
//! The technique is autoref-based specialisation (David Tolnay, 2019): of several traits with the
//! same method, the one whose receiver needs the fewest references wins, and it is only considered
//! where its bounds hold. In generic code, where nothing is known, the most general one remains.

use std::fmt::Debug;
use std::hash::Hash;
use std::marker::PhantomData;

use serde::Serialize;

use super::copies::Partly;
use super::{CallingThread, Copies, Cursor, Digest, Keeping, RandomAccess, Sequential};
use crate::base::type_level::{Never, No};

/// Stands for the iterated expression's type while a source is chosen.
#[derive(Debug)]
pub struct Probe<I>(PhantomData<fn() -> I>);

impl<I> Probe<I> {
    /// The probe for these items.
    pub fn of(_items: &I) -> Self {
        Self(PhantomData)
    }
}

/// What a loop can run over; `Same` is the type itself, and unknown where it can't, so that nothing
/// after this is asked of it (see `type_level`).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an iterator, so a loop can't run over it",
    label = "no items to iterate over",
    note = "write a range for a number, `0..n`, and `.iter()` or a method like it for a collection"
)]
pub trait Iterable<Same> {
    /// The value itself.
    fn same(self) -> Same;
}

#[diagnostic::do_not_recommend]
impl<I: IntoIterator> Iterable<I> for I {
    fn same(self) -> I {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<I: Never> Iterable<No> for I {
    fn same(self) -> No {
        No
    }
}

/// The iterated expression, if it can be iterated over.
pub fn iterable<Same>(items: impl Iterable<Same>) -> Same {
    items.same()
}

/// First choice of what can be distributed: skip in constant time. Before it stands what can't, see
/// `refused`.
pub trait ViaCursor {
    /// The kind of source.
    fn parallel_for_kind(&self) -> CursorKind {
        CursorKind
    }
}

impl<I: IntoIterator<IntoIter: RandomAccess>> ViaCursor for &&Probe<I> {}

/// Second choice: one item after the other, by any thread.
//
// What a closure captures is known too late for this choice: one that can't be sent is taken for one that can.
#[diagnostic::on_unimplemented(
    message = "the items come from an iterator that can't be sent between threads",
    label = "it, or a closure in it, uses what threads can't share, such as `Rc`, `Cell` and `RefCell`",
    note = "make the items before the loop, `let items: Vec<_> = iterator.collect();`, and iterate over `items`",
    note = "or hide the type of the iterator, `let items: Box<dyn Iterator<Item = _> + '_> = Box::new(iterator);`: then the thread that reaches the loop makes the items, and only these are sent",
    note = "with `#[parallel_for(threads = 1)]` every rank makes and runs its items on one thread"
)]
pub trait ViaIterator {
    /// The kind of source.
    fn parallel_for_kind(&self) -> SequentialKind {
        SequentialKind
    }
}

#[diagnostic::do_not_recommend]
impl<I: IntoIterator<IntoIter: Send>> ViaIterator for &Probe<I> {}

/// Last choice: one item after the other, by the thread that calls the loop.
pub trait ViaCallingThread {
    /// The kind of source.
    fn parallel_for_kind(&self) -> CallingThreadKind {
        CallingThreadKind
    }
}

impl<I> ViaCallingThread for Probe<I> {}

/// See [`ViaCursor`].
#[derive(Debug)]
pub struct CursorKind;

#[expect(
    clippy::unused_self,
    reason = "the value stands for the choice that was made"
)]
impl CursorKind {
    /// The items of a range or slice.
    pub fn source<I: IntoIterator<IntoIter: RandomAccess>>(
        self,
        items: I,
        digest: Digest<I::Item>,
    ) -> Cursor<I::IntoIter> {
        Cursor::new(items.into_iter(), digest)
    }

    /// The same: these items can be had as often as one likes.
    pub fn source_again<I: IntoIterator<IntoIter: RandomAccess>>(
        self,
        items: I,
        digest: Digest<I::Item>,
        _copies: Copies<I::Item>,
    ) -> Cursor<I::IntoIter> {
        self.source(items, digest)
    }
}

/// See [`ViaIterator`].
#[derive(Debug)]
pub struct SequentialKind;

#[expect(
    clippy::unused_self,
    reason = "the value stands for the choice that was made"
)]
impl SequentialKind {
    /// The items of any iterator.
    pub fn source<I: IntoIterator>(
        self,
        items: I,
        digest: Digest<I::Item>,
    ) -> Sequential<I::IntoIter> {
        Sequential::new(items.into_iter(), digest)
    }

    /// The items of any iterator, which may be needed again.
    pub fn source_again<I: IntoIterator>(
        self,
        items: I,
        digest: Digest<I::Item>,
        copies: Copies<I::Item>,
    ) -> Keeping<I::IntoIter> {
        Keeping::new(items.into_iter(), digest, copies)
    }
}

/// See [`ViaCallingThread`].
#[derive(Debug)]
pub struct CallingThreadKind;

#[expect(
    clippy::unused_self,
    reason = "the value stands for the choice that was made"
)]
impl CallingThreadKind {
    /// The items of any iterator, which stays where it is.
    pub fn source<I: IntoIterator>(
        self,
        items: I,
        digest: Digest<I::Item>,
    ) -> Sequential<I::IntoIter, CallingThread> {
        Sequential::on_calling_thread(items.into_iter(), digest)
    }

    /// The same of items that may be needed again.
    pub fn source_again<I: IntoIterator>(
        self,
        items: I,
        digest: Digest<I::Item>,
        copies: Copies<I::Item>,
    ) -> Keeping<I::IntoIter, CallingThread> {
        Keeping::on_calling_thread(items.into_iter(), digest, copies)
    }
}

/// First choice for the digest.
pub trait ByHash<T> {
    /// How to digest an item.
    fn parallel_for_digest(&self) -> Digest<T>;
}

impl<I: IntoIterator<Item: Hash>> ByHash<I::Item> for &&&Probe<I> {
    fn parallel_for_digest(&self) -> Digest<I::Item> {
        Digest::by_hash()
    }
}

/// Second choice for the digest.
pub trait BySerde<T> {
    /// How to digest an item.
    fn parallel_for_digest(&self) -> Digest<T>;
}

impl<I: IntoIterator<Item: Serialize>> BySerde<I::Item> for &&Probe<I> {
    fn parallel_for_digest(&self) -> Digest<I::Item> {
        Digest::by_serde()
    }
}

/// Third choice for the digest.
pub trait ByText<T> {
    /// How to digest an item.
    fn parallel_for_digest(&self) -> Digest<T>;
}

impl<I: IntoIterator<Item: Debug>> ByText<I::Item> for &Probe<I> {
    fn parallel_for_digest(&self) -> Digest<I::Item> {
        Digest::by_text()
    }
}

/// Where items can't be compared.
pub trait WithoutDigest<T> {
    /// No digest.
    fn parallel_for_digest(&self) -> Digest<T>;
}

impl<I: IntoIterator> WithoutDigest<I::Item> for Probe<I> {
    fn parallel_for_digest(&self) -> Digest<I::Item> {
        Digest::none()
    }
}

/// First choice for copies.
pub trait CopiedByClone<T> {
    /// How to copy an item.
    fn parallel_for_copies(&self) -> Copies<T>;
}

impl<I: IntoIterator<Item: Clone>> CopiedByClone<I::Item> for &&Probe<I> {
    fn parallel_for_copies(&self) -> Copies<I::Item> {
        Copies::by_clone()
    }
}

/// Second choice for copies.
pub trait CopiedValues<T> {
    /// How to copy an item that is no error.
    fn parallel_for_copies(&self) -> Copies<T>;
}

impl<I: IntoIterator<Item: Partly>> CopiedValues<I::Item> for &Probe<I> {
    fn parallel_for_copies(&self) -> Copies<I::Item> {
        Copies::partly()
    }
}

/// Where items can't be copied.
pub trait WithoutCopies<T> {
    /// Never compiles: `RunAgain` says why.
    fn parallel_for_copies(&self) -> Copies<T>
    where
        T: RunAgain;
}

impl<I: IntoIterator> WithoutCopies<I::Item> for Probe<I> {
    fn parallel_for_copies(&self) -> Copies<I::Item>
    where
        I::Item: RunAgain,
    {
        unreachable!("`RunAgain` is implemented for nothing")
    }
}

/// The same, of a loop in which an iteration that panicked runs again, or is undone.
pub trait WithoutTries<T> {
    /// Never compiles: `TryAgain` says why.
    fn parallel_for_copies(&self) -> Copies<T>
    where
        T: TryAgain;
}

impl<I: IntoIterator> WithoutTries<I::Item> for Probe<I> {
    fn parallel_for_copies(&self) -> Copies<I::Item>
    where
        I::Item: TryAgain,
    {
        unreachable!("`TryAgain` is implemented for nothing")
    }
}

/// Items that there can be two of; implemented for none, since only types that can't be cloned are
/// ever asked.
#[diagnostic::on_unimplemented(
    message = "the loop takes items of type `{Self}`, which can't be cloned, and is to go on after a panic",
    label = "an iteration that runs again needs its item twice, and what a `local` one has changed through its item can't be undone",
    note = "iterate over references, `for item in &items`, or let the type `#[derive(Clone)]`",
    note = "`on_error = stop` asks for no more than the loop itself"
)]
pub trait TryAgain {}

/// Items that there can be two of; implemented for none, since only types that can't be cloned are
/// ever asked.
#[diagnostic::on_unimplemented(
    message = "the loop takes items of type `{Self}`, which can't be cloned, and may be left early",
    label = "on early exit, the exiting iteration runs again, so its item is needed twice",
    note = "iterate over references, `for item in &items`, or let the type `#[derive(Clone)]`",
    note = "in a generic function, add what its loop needs to the type parameter, all at once: `T: parallel_for::Transport + Sync`, and `Clone` where elements are changed in place or an iteration may run twice"
)]
pub trait RunAgain {}
