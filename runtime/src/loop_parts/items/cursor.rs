//! Items that are found by their index in (nearly) constant time: ranges and slices.

use std::ops::Range;

use super::{Copies, Digest, ItemSource, Next, Passed, Prefetch, RandomAccess, Recall, Taken};
use crate::base::raw::are_numbers;
use crate::base::wire::Encoded;
use crate::loop_parts::schedule::Length;

/// An iterator that is cloned for each chunk, so that threads share nothing and copy no items.
#[derive(Debug)]
pub struct Cursor<I: Iterator> {
    /// Where it began.
    origin: I,
    iter: I,
    at: u64,
    digest: Digest<I::Item>,
}

impl<I: RandomAccess> Cursor<I> {
    /// The items that `iter` yields.
    pub fn new(iter: I, digest: Digest<I::Item>) -> Self {
        Self {
            origin: iter.clone(),
            iter,
            at: 0,
            digest,
        }
    }

    /// These can be had as often as one likes.
    #[must_use]
    pub fn copied_by(self, _: Copies<I::Item>) -> Self {
        self
    }

    fn remaining(&self) -> u64 {
        self.iter.size_hint().0 as u64
    }

    /// Moves to the start of `range`; how many of its items there are.
    fn seek(&mut self, range: &Range<u64>) -> u64 {
        if range.start < self.at {
            self.iter = self.origin.clone();
            self.at = 0;
        }
        let skip =
            usize::try_from((range.start - self.at).min(self.remaining())).unwrap_or(usize::MAX);
        if let Some(last) = skip.checked_sub(1) {
            self.iter.nth(last);
        }
        self.at = range.start;
        self.remaining().min(range.end - range.start)
    }

    fn digest(&self, length: u64, checked: bool) -> u64 {
        if !checked || I::ARITHMETIC {
            return 0;
        }
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        self.digest.of_all(self.at, self.iter.clone().take(length))
    }
}

/// Of many items the first so many are looked at, and as many in each of so many stretches behind them, in a few tens of
/// microseconds.
const SAMPLE: u64 = 512;
const STRETCHES: u64 = 15;

/// What comes after so many items of a range.
fn after(length: u64, range: &Range<u64>) -> Next {
    if length < range.end - range.start {
        Next::End
    } else {
        Next::More
    }
}

impl<I: RandomAccess> ItemSource for Cursor<I> {
    type Item = I::Item;
    type Iter = I;

    fn length(&self) -> Length {
        Length::Exact(self.at + self.remaining())
    }

    fn end(&self) -> Option<u64> {
        Some(self.at + self.remaining())
    }

    fn fingerprint(&self) -> u64 {
        self.digest.of_all(0, self.iter.clone().take(1))
    }

    fn samples(&mut self) -> Option<u64> {
        if !are_numbers::<I::Item>() || !self.digest.is_known() {
            return None;
        }
        if I::ARITHMETIC {
            // The first one tells.
            return Some(0);
        }
        let mut sum: u64 = 0;
        let last = self.remaining().saturating_sub(SAMPLE);
        let stretches = if last == 0 { 0 } else { STRETCHES };
        for number in 0..=stretches {
            let start = last / STRETCHES * number;
            let start = if number == STRETCHES { last } else { start };
            let length = self.seek(&(start..start + SAMPLE));
            sum = sum.wrapping_add(self.digest(length, true));
        }
        self.seek(&(0..0));
        Some(sum)
    }

    fn is_comparable(&self) -> bool {
        !I::ARITHMETIC && self.digest.is_known()
    }

    fn is_seen(&self) -> bool {
        self.digest.is_known()
    }

    fn take(&mut self, range: Range<u64>, checked: bool, _prefetch: &Prefetch<'_>) -> Taken<I> {
        let length = self.seek(&range);
        Taken {
            iter: self.iter.clone(),
            length,
            digest: self.digest(length, checked),
            next: after(length, &range),
            copy: Some(|iter| Some(iter.clone())),
        }
    }

    fn pass(&mut self, range: Range<u64>, checked: bool, _prefetch: &Prefetch<'_>) -> Passed {
        let length = self.seek(&range);
        Passed {
            length,
            digest: self.digest(length, checked),
            shipped: None,
            next: after(length, &range),
        }
    }

    fn takes_again(&self) -> bool {
        true
    }

    fn runs_again(&mut self) -> bool {
        true
    }

    fn goes_back(&mut self) -> bool {
        true
    }

    fn unpack(&mut self, _shipped: &Encoded) -> Result<Taken<I>, String> {
        unreachable!("items that every rank has are not shipped")
    }
}

impl<I: RandomAccess> Recall for Cursor<I> {
    fn keep(&mut self, _wanted: bool) {}

    fn recall(&mut self, iteration: u64) -> Option<I::Item> {
        self.origin.clone().nth(usize::try_from(iteration).ok()?)
    }

    fn dam(&mut self) -> Option<u64> {
        None
    }
}
