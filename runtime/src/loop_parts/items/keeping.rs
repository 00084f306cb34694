//! Items of any iterator in a loop that an iteration may leave: what other ranks run is kept, and
//! what this rank runs is copied, until it is known that it will not be needed again.
//!
//! Invariant: an item that can't be copied is run by no thread. The items end before it, like water
//! at a dam, on every rank alike; the main threads run its iteration, and then the items go on.

use std::collections::VecDeque;
use std::marker::PhantomData;
use std::ops::Range;
use std::vec;

use super::{
    AnyThread, CallingThread, Copies, Digest, ItemSource, Next, Panic, Passed, Prefetch, Recall,
    Taken, length_of,
};
use crate::base::panicking;
use crate::base::wire::Encoded;
use crate::loop_parts::schedule::Length;

/// See the module; `M` says who may move the iterator.
#[derive(Debug)]
pub struct Keeping<I: Iterator, M = AnyThread> {
    iter: I,
    ended: bool,
    /// Whether they ended by a panic.
    lost: bool,
    /// The index of the next item.
    at: u64,
    digest: Digest<I::Item>,
    copies: Copies<I::Item>,
    /// Whether this rank may run an iteration again.
    wanted: bool,
    kept: VecDeque<(u64, I::Item)>,
    /// None before this one is kept.
    released: u64,
    /// The item at `at`, where it can't be copied.
    dammed: Option<I::Item>,
    mover: PhantomData<fn() -> M>,
}

impl<I: Iterator> Keeping<I> {
    /// The items that `iter` yields.
    pub fn new(iter: I, digest: Digest<I::Item>, copies: Copies<I::Item>) -> Self {
        Self::of(iter, digest, copies)
    }
}

impl<I: Iterator> Keeping<I, CallingThread> {
    /// Those of an iterator that must not leave the present thread.
    pub fn on_calling_thread(iter: I, digest: Digest<I::Item>, copies: Copies<I::Item>) -> Self {
        Self::of(iter, digest, copies)
    }
}

impl<I: Iterator, M> Keeping<I, M> {
    fn of(iter: I, digest: Digest<I::Item>, copies: Copies<I::Item>) -> Self {
        Self {
            iter,
            ended: false,
            lost: false,
            at: 0,
            digest,
            copies,
            wanted: true,
            kept: VecDeque::new(),
            released: 0,
            dammed: None,
            mover: PhantomData,
        }
    }

    /// Whether the next item may be needed again.
    fn is_wanted(&self) -> bool {
        self.wanted && self.at >= self.released
    }

    /// The next item with its copy, or nothing at the dam and at the end.
    fn next(&mut self) -> Option<(I::Item, Option<I::Item>)> {
        if self.ended || self.dammed.is_some() {
            return None;
        }
        let Some(item) = self.iter.next() else {
            self.ended = true;
            return None;
        };
        let wanted = self.is_wanted();
        let asks = wanted || self.copies.are_partial();
        let copy = asks.then(|| self.copies.copy(&item)).flatten();
        if copy.is_none() && self.copies.are_partial() {
            self.dammed = Some(item);
            return None;
        }
        self.at += 1;
        Some((item, copy.filter(|_| wanted)))
    }

    /// Moves past the next item, whose iteration another rank runs; its digest if `checked`.
    fn pass_one(&mut self, checked: bool) -> Option<u64> {
        let (index, wanted) = (self.at, self.is_wanted());
        let (item, _) = self.next()?;
        let digest = if checked {
            self.digest.of(index, &item)
        } else {
            0
        };
        if wanted {
            self.kept.push_back((index, item));
        }
        Some(digest)
    }

    fn advance_to(&mut self, start: u64) {
        while self.at < start && self.pass_one(false).is_some() {}
    }

    /// Moves the iterator, and says what comes next.
    fn moving(&mut self, moves: impl FnOnce(&mut Self)) -> Next {
        match panicking::catch(|| moves(self)) {
            Ok(()) if self.ended || self.dammed.is_some() => Next::End,
            Ok(()) => Next::More,
            Err(report) => {
                (self.ended, self.lost) = (true, true);
                let iteration = self.at;
                Next::Panic(Panic { iteration, report })
            }
        }
    }
}

impl<I: Iterator, M> ItemSource for Keeping<I, M> {
    type Item = I::Item;
    type Iter = vec::IntoIter<I::Item>;

    fn length(&self) -> Length {
        // A dam is not the end: ranks that have not come to it yet count what lies behind it, too.
        let known = self.at + u64::from(self.dammed.is_some());
        match length_of(&self.iter) {
            Some(left) if !self.ended => Length::Hint(known + left),
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
        let mut items = Vec::new();
        let next = self.moving(|this| {
            this.advance_to(range.start);
            while this.at < range.end && !prefetch.is_enough::<I::Item>(items.len()) {
                let index = this.at;
                let Some((item, copy)) = this.next() else {
                    break;
                };
                items.push(item);
                this.kept.extend(copy.map(|copy| (index, copy)));
            }
        });
        let digest = if checked {
            self.digest.of_all(range.start, items.iter())
        } else {
            0
        };
        Taken::of(items, digest, next).copied(Some(self.copies.copy_all()))
    }

    fn pass(&mut self, range: Range<u64>, checked: bool, prefetch: &Prefetch<'_>) -> Passed {
        let (mut length, mut digest) = (0, 0_u64);
        let next = self.moving(|this| {
            this.advance_to(range.start);
            while this.at < range.end
                && !prefetch.is_enough::<I::Item>(length)
                && let Some(one) = this.pass_one(checked)
            {
                length += 1;
                digest = digest.wrapping_add(one);
            }
        });
        Passed {
            length: length as u64,
            digest,
            shipped: None,
            next,
        }
    }

    fn keeps(&self) -> bool {
        self.wanted
    }

    fn release(&mut self, before: u64) {
        self.released = self.released.max(before);
        while self.kept.front().is_some_and(|(index, _)| *index < before) {
            self.kept.pop_front();
        }
    }

    fn runs_again(&mut self) -> bool {
        true
    }

    fn unpack(&mut self, _shipped: &Encoded) -> Result<Taken<Self::Iter>, String> {
        unreachable!("items that every rank has are not shipped")
    }
}

impl<I: Iterator, M> Recall for Keeping<I, M> {
    fn keep(&mut self, wanted: bool) {
        self.wanted = wanted;
    }

    fn recall(&mut self, iteration: u64) -> Option<I::Item> {
        // Another rank may have gone further than this one ever had to. What lies between is not needed.
        self.release(iteration);
        self.advance_to(iteration.saturating_add(1));
        if iteration == self.at && self.dammed.is_some() {
            self.at += 1;
            return self.dammed.take();
        }
        let place = self
            .kept
            .binary_search_by_key(&iteration, |(index, _)| *index);
        self.kept.remove(place.ok()?).map(|(_, item)| item)
    }

    fn dam(&mut self) -> Option<u64> {
        if self.copies.are_partial() {
            // This rank may not have come this far.
            self.kept.clear();
            let released = std::mem::replace(&mut self.released, u64::MAX);
            self.advance_to(u64::MAX);
            self.released = released;
        }
        self.dammed.as_ref().map(|_| self.at)
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;

    #[test]
    fn what_is_released_is_kept_neither_before_nor_after_it_was_made() {
        let held = Rc::new(());
        let items = (0..1000).map(|i| (i, Rc::clone(&held)));
        let mut source = Keeping::new(items, Digest::none(), Copies::by_clone());
        drop(source.take(0..10, false, &Prefetch::all()));
        assert_eq!(Rc::strong_count(&held), 11, "ten copies");
        source.release(500);
        drop(source.take(510..512, false, &Prefetch::all()));
        assert_eq!(Rc::strong_count(&held), 13, "twelve from 500 on");
        assert!(source.recall(505).is_some_and(|(i, _)| i == 505));
        assert!(source.recall(900).is_some_and(|(i, _)| i == 900));
        assert_eq!(Rc::strong_count(&held), 1, "what lies between is dropped");
    }
}
