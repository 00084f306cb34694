//! Items of any iterator: taken one after the other, kept only while their chunk waits to run.
//!
//! Invariant: what the iterator does is done in the order and as often as in the loop as it is
//! written; a panic of it comes after all items before, and nothing after it.

use std::marker::PhantomData;
use std::ops::Range;
use std::vec;

use super::{
    AnyThread, CallingThread, Copies, Digest, ItemSource, Next, Panic, Passed, Prefetch, Taken,
    length_of, senders, to_the_end,
};
use crate::base::panicking;
use crate::base::wire::Encoded;
use crate::loop_parts::schedule::Length;

/// Any iterator, and who may move it. The items of other ranks' chunks are made and dropped.
#[derive(Debug)]
pub struct Sequential<I: Iterator, M = AnyThread> {
    iter: I,
    ended: bool,
    /// Whether the items ended, by a panic or while several were skipped, one cannot say where.
    lost: bool,
    /// How many items were taken or dropped so far.
    at: u64,
    digest: Digest<I::Item>,
    /// Whether each rank makes all items, whoever runs them.
    whole: bool,
    /// Where an iteration may run again.
    copies: Option<Copies<I::Item>>,
    mover: PhantomData<fn() -> M>,
}

impl<I: Iterator> Sequential<I> {
    /// The items that `iter` yields.
    pub fn new(iter: I, digest: Digest<I::Item>) -> Self {
        Self::of(iter, digest)
    }
}

impl<I: Iterator> Sequential<I, CallingThread> {
    /// Those of an iterator that must not leave the present thread. What it changes as it moves may be anything that
    /// its thread has.
    pub fn on_calling_thread(iter: I, digest: Digest<I::Item>) -> Self {
        to_the_end(Self::of(iter, digest))
    }
}

impl<I: Iterator, M> Sequential<I, M> {
    fn of(iter: I, digest: Digest<I::Item>) -> Self {
        Self {
            iter,
            ended: false,
            lost: false,
            at: 0,
            digest,
            whole: false,
            copies: None,
            mover: PhantomData,
        }
    }

    /// The same, where an iteration may run again.
    #[must_use]
    pub fn copied_by(self, copies: Copies<I::Item>) -> Self {
        Self {
            copies: Some(copies),
            ..self
        }
    }

    /// The next item; after the last one the iterator is left alone.
    pub(crate) fn next(&mut self) -> Option<I::Item> {
        if self.ended {
            return None;
        }
        let item = self.iter.next();
        self.ended |= item.is_none();
        self.at += u64::from(item.is_some());
        item
    }

    /// Drops the items before `start`; afterwards `at` is `start`, or the end if that is earlier.
    fn advance_to(&mut self, start: u64) {
        while self.at < start {
            // Iterators that know their length mostly skip faster than item by item.
            let known = (!self.ended).then(|| length_of(&self.iter)).flatten();
            let leap = known.map_or(0, |most| most.min(start - self.at));
            if let Some(last) = leap.checked_sub(1) {
                // A panic in between is told of by those whose items these are; here, not too early.
                self.at += last;
                let skipped = self
                    .iter
                    .nth(usize::try_from(last).expect("it is at most a `usize`"));
                if skipped.is_none() {
                    (self.ended, self.lost) = (true, true);
                    return;
                }
                self.at += 1;
            } else if self.next().is_none() {
                return;
            }
        }
    }

    /// Moves the iterator, and says what comes next.
    fn moving(&mut self, moves: impl FnOnce(&mut Self)) -> Next {
        match panicking::catch(|| moves(self)) {
            Ok(()) if self.ended => Next::End,
            Ok(()) => Next::More,
            Err(report) => {
                (self.ended, self.lost) = (true, true);
                let iteration = self.at;
                Next::Panic(Panic { iteration, report })
            }
        }
    }

    /// The items in `range`, in a vector that the chunk owns.
    pub(super) fn collect(
        &mut self,
        range: Range<u64>,
        prefetch: &Prefetch<'_>,
    ) -> (Vec<I::Item>, Next) {
        let wanted = usize::try_from(range.end - range.start).unwrap_or(usize::MAX);
        let mut items = Vec::new();
        let next = self.moving(|this| {
            this.advance_to(range.start);
            while items.len() < wanted
                && !prefetch.is_enough::<I::Item>(items.len())
                && let Some(item) = this.next()
            {
                items.push(item);
            }
        });
        (items, next)
    }
}

impl<I: Iterator, M> ItemSource for Sequential<I, M> {
    type Item = I::Item;
    type Iter = vec::IntoIter<I::Item>;

    fn length(&self) -> Length {
        match length_of(&self.iter) {
            Some(left) if !self.ended => Length::Hint(self.at + left),
            _ => self.end().map_or(Length::Unknown, Length::Exact),
        }
    }

    fn end(&self) -> Option<u64> {
        (self.ended && !self.lost).then_some(self.at)
    }

    fn is_comparable(&self) -> bool {
        self.digest.is_known()
    }

    fn take(
        &mut self,
        range: Range<u64>,
        checked: bool,
        prefetch: &Prefetch<'_>,
    ) -> Taken<Self::Iter> {
        let start = range.start;
        let (items, next) = self.collect(range, prefetch);
        let digest = if checked {
            self.digest.of_all(start, items.iter())
        } else {
            0
        };
        let copy = self.copies.as_ref().map(Copies::copy_all);
        Taken::of(items, digest, next).copied(copy)
    }

    fn pass(&mut self, range: Range<u64>, checked: bool, prefetch: &Prefetch<'_>) -> Passed {
        let (mut length, mut digest) = (0, 0);
        let next = self.moving(|this| {
            this.advance_to(range.start);
            // Item by item: those of another rank are not worth the memory of a whole chunk.
            while this.at < range.end
                && !prefetch.is_enough::<I::Item>(length)
                && let Some(item) = this.next()
            {
                length += 1;
                if checked {
                    digest = this.digest.of(this.at - 1, &item).wrapping_add(digest);
                }
            }
        });
        Passed {
            length: length as u64,
            digest,
            shipped: None,
            next,
        }
    }

    fn runs_again(&mut self) -> bool {
        self.copies.is_some()
    }

    fn to_the_end(&mut self) {
        self.whole = true;
    }

    fn exhaust(&mut self) {
        if self.whole || senders::are_behind::<I>() {
            while self.next().is_some() {}
        }
    }

    fn unpack(&mut self, _shipped: &Encoded) -> Result<Taken<Self::Iter>, String> {
        unreachable!("items that every rank has are not shipped")
    }
}
