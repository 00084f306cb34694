//! Items of any iterator: taken one after the other, kept only while their chunk waits to run.

use std::ops::Range;
use std::vec;

use super::{Digest, Passed, Source, Taken};
use crate::wire::Encoded;

/// Any iterator. The items of other ranks' chunks are made and dropped.
#[derive(Debug)]
pub struct Sequential<I: Iterator> {
    iter: I,
    ended: bool,
    /// How many items were taken or dropped so far.
    at: u64,
    digest: Digest<I::Item>,
}

impl<I: Iterator> Sequential<I> {
    /// The items that `iter` yields.
    pub fn new(iter: I, digest: Digest<I::Item>) -> Self {
        Self {
            iter,
            ended: false,
            at: 0,
            digest,
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
            let leap = match (!self.ended).then(|| self.iter.size_hint()) {
                Some((least, Some(most))) if least == most => (start - self.at).min(most as u64),
                _ => 0,
            };
            if let Some(last) = leap.checked_sub(1) {
                self.iter
                    .nth(usize::try_from(last).expect("it is at most a `usize`"));
                self.at += leap;
            } else if self.next().is_none() {
                return;
            }
        }
    }

    /// The items in `range`, in a vector that the chunk owns.
    pub(super) fn collect(&mut self, range: Range<u64>) -> Vec<I::Item> {
        self.advance_to(range.start);
        let expected = self.iter.size_hint().0;
        let wanted = usize::try_from(range.end - range.start).unwrap_or(usize::MAX);
        let mut items = Vec::with_capacity(wanted.min(expected));
        while items.len() < wanted
            && let Some(item) = self.next()
        {
            items.push(item);
        }
        items
    }
}

impl<I: Iterator> Source for Sequential<I> {
    type Item = I::Item;
    type Iter = vec::IntoIter<I::Item>;

    fn length(&self) -> Option<u64> {
        match self.iter.size_hint() {
            _ if self.ended => Some(self.at),
            (least, Some(most)) if least == most => Some(self.at + most as u64),
            _ => None,
        }
    }

    fn fingerprint(&self) -> u64 {
        0
    }

    fn is_comparable(&self) -> bool {
        self.digest.is_known()
    }

    fn take(&mut self, range: Range<u64>, checked: bool) -> Taken<Self::Iter> {
        let start = range.start;
        let items = self.collect(range);
        let digest = if checked {
            self.digest.of_all(start, items.iter())
        } else {
            0
        };
        Taken::of(items, digest)
    }

    fn pass(&mut self, range: Range<u64>, checked: bool) -> Passed {
        self.advance_to(range.start);
        let mut digest = 0;
        // Item by item: those of another rank are not worth the memory of a whole chunk.
        while self.at < range.end
            && let Some(item) = self.next()
        {
            if checked {
                digest = self.digest.of(self.at - 1, &item).wrapping_add(digest);
            }
        }
        Passed {
            length: self.at.saturating_sub(range.start),
            digest,
            shipped: None,
        }
    }

    fn unpack(&mut self, _shipped: &Encoded) -> Result<Taken<Self::Iter>, String> {
        unreachable!("items that every rank has are not shipped")
    }
}
