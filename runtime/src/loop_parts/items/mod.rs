//! Where a loop's items come from: every rank has its own iterator and moves it forward.
//!
//! Invariant: ranges are asked for in increasing order, but by who knows that they [go back](ItemSource::goes_back). So no
//! iterator is ever rewound, items need neither `Clone` nor serde, and any `IntoIterator` will do. [`Cursor`] serves iterators that skip
//! in constant time, [`Sequential`] all others, [`MasterItems`] those that only the master may
//! touch, [`Keeping`] those that may be needed again. Which one it is gets decided by type, in
//! `probe`.

mod all;
mod chunk;
mod collapsed;
mod copies;
mod cursor;
mod digest;
mod keeping;
mod limit;
mod master;
mod mover;
mod numbered;
mod once;
mod prefetch;
mod probe;
mod pure;
mod random_access;
mod refused;
mod resumed;
mod senders;
mod sequential;
mod stopwatch;
mod untouched;

use std::ops::Range;
use std::vec;

pub use all::all;
pub use chunk::block;
pub(crate) use chunk::{Chunk, Left, leaving};
pub use collapsed::{collapsed, even};
pub(crate) use copies::Copies;
pub(crate) use cursor::Cursor;
pub(crate) use digest::Digest;
pub(crate) use keeping::Keeping;
pub(crate) use limit::Limit;
pub use master::shipped;
pub(crate) use master::{MasterItems, ShippedItems};
pub(crate) use mover::{AnyThread, CallingThread, Moved};
pub use numbered::numbered;
pub use once::once;
pub(crate) use prefetch::Prefetch;
pub use probe::{
    ByHash, BySerde, ByText, CopiedByClone, CopiedValues, Probe, ViaCallingThread, ViaCursor,
    ViaIterator, WithoutCopies, WithoutDigest, WithoutTries, iterable,
};
pub use pure::{pure, to_the_end};
pub(crate) use random_access::RandomAccess;
pub use refused::{IsLent, IsOwned, ViaHash, ViaLent, ViaMutable, ViaState};
pub(crate) use resumed::Resumed;
pub(crate) use sequential::Sequential;
pub(crate) use stopwatch::{Cost, Slowest, Span};
pub use untouched::untouched;

use crate::base::panicking::{self, PanicReport};
use crate::base::thread_context;
use crate::base::wire::Encoded;
use crate::loop_parts::schedule::Length;

/// The items of one loop on one rank.
pub trait ItemSource {
    /// What the loop's pattern binds.
    type Item;
    /// Yields the items of one chunk.
    type Iter: Iterator<Item = Self::Item>;

    /// How many items there are, before any was taken.
    fn length(&self) -> Length;

    /// How many there are, where that is beyond doubt: nobody has to ask for the next one.
    fn end(&self) -> Option<u64>;

    /// A digest of what the ranks can compare before anything ran: 0 where there is nothing.
    fn fingerprint(&self) -> u64 {
        0
    }

    /// A digest of samples of all items, where they are numbers, and making them does nothing else.
    fn samples(&mut self) -> Option<u64> {
        None
    }

    /// Whether there is more to compare than that.
    fn is_comparable(&self) -> bool {
        false
    }

    /// Whether other items would be noticed.
    fn is_seen(&self) -> bool {
        self.is_comparable()
    }

    /// The items in `range`, fewer at the end, before a panic, or as `prefetch` limits them; digested if
    /// `checked`.
    fn take(
        &mut self,
        range: Range<u64>,
        checked: bool,
        prefetch: &Prefetch<'_>,
    ) -> Taken<Self::Iter>;

    /// Moves past the items in `range`, which another rank runs; as [`take`](Self::take).
    fn pass(&mut self, range: Range<u64>, checked: bool, prefetch: &Prefetch<'_>) -> Passed;

    /// Whether items that were taken, and didn't run, can be taken again.
    fn takes_again(&self) -> bool {
        false
    }

    /// Iterations may run again: whether their items can be had once more, by [`Taken::again`]. Asked before anything is
    /// taken.
    fn runs_again(&mut self) -> bool {
        false
    }

    /// Iterations may run again on other ranks: whether items that were taken or passed, and are not released, can be
    /// taken or passed once more. Asked before anything is taken.
    fn goes_back(&mut self) -> bool {
        false
    }

    /// Whether other ranks get items rather than make them.
    fn ships(&self) -> bool {
        false
    }

    /// Whether items are held after they were taken or passed, until they are released.
    fn keeps(&self) -> bool {
        false
    }

    /// The iterations before this one are finished: their items are not needed again.
    fn release(&mut self, _before: u64) {}

    /// All items are to be made here, whoever runs them: making them changes something else.
    fn to_the_end(&mut self) {}

    /// The loop has run to its end, on whatever ranks: whoever sends the items here must not find that
    /// nobody takes the last ones.
    fn exhaust(&mut self) {}

    /// The items that [`pass`](Self::pass) shipped on the master.
    ///
    /// # Errors
    /// Why they can't be read.
    fn unpack(&mut self, shipped: &Encoded) -> Result<Taken<Self::Iter>, String>;
}

/// Items of a loop that an iteration may leave: any one that is not yet released can be had again.
pub trait Recall: ItemSource {
    /// Whether this rank may have to run an iteration again. Said before anything is taken.
    fn keep(&mut self, wanted: bool);

    /// The item of an iteration, once.
    fn recall(&mut self, iteration: u64) -> Option<Self::Item>;

    /// When all items that could be taken were: the iteration before which they end for now, as its
    /// item can't be copied. Recalling it lets them go on.
    fn dam(&mut self) -> Option<u64>;
}

/// The items of one chunk.
#[derive(Debug)]
pub struct Taken<I> {
    pub(crate) iter: I,
    pub(crate) length: u64,
    pub(crate) digest: u64,
    pub(crate) next: Next,
    /// Where there can be two of them.
    pub(crate) copy: Option<CopyItems<I>>,
}

/// Makes the same items as an iterator will, if they can be copied.
pub(crate) type CopyItems<I> = fn(&I) -> Option<I>;

impl<I> Taken<I> {
    /// The same items once more, if they can be had: copying them may be the user's code, and may panic.
    pub(crate) fn again(&self) -> Option<Self> {
        let copy = self.copy?;
        let mut iter = None;
        try_to(&mut || iter = copy(&self.iter));
        let iter = iter?;
        Some(Self {
            iter,
            length: self.length,
            digest: self.digest,
            next: self.next.clone(),
            copy: self.copy,
        })
    }
}

/// Runs what copies items, to its end or until it panics.
fn try_to(copy: &mut dyn FnMut()) {
    let _upkeep = thread_context::enter_upkeep();
    let _ = panicking::catch(copy);
}

/// What comes after items that were taken or passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// More items, as far as is known.
    More,
    /// Nothing.
    End,
    /// The making of an item panicked: the iterator is of no use any more.
    Panic(Panic),
}

/// An item whose making panicked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Panic {
    /// Its index.
    pub(crate) iteration: u64,
    pub(crate) report: Box<PanicReport>,
}

impl<T> Taken<vec::IntoIter<T>> {
    /// Items that were made and collected.
    fn of(items: Vec<T>, digest: u64, next: Next) -> Self {
        Self {
            length: items.len() as u64,
            iter: items.into_iter(),
            digest,
            next,
            copy: None,
        }
    }

    /// Where they can be had again in this way.
    fn copied(self, copy: Option<CopyItems<vec::IntoIter<T>>>) -> Self {
        Self { copy, ..self }
    }
}

/// What an iterator says of its own length.
fn length_of<I: Iterator>(iter: &I) -> Option<u64> {
    // The loop as it is written never asks.
    match panicking::catch(|| iter.size_hint()) {
        Ok((least, Some(most))) if least == most => Some(most as u64),
        _ => None,
    }
}

/// What is known of items that another rank runs.
#[derive(Debug)]
pub struct Passed {
    pub(crate) length: u64,
    pub(crate) digest: u64,
    pub(crate) shipped: Option<Encoded>,
    pub(crate) next: Next,
}
