//! The items from a certain one on, numbered from 0: all of them, or the next few.

use std::ops::Range;

use super::{Passed, Source, Taken};
use crate::wire::Encoded;

/// See the module.
#[derive(Debug)]
pub(crate) struct Resumed<'a, S> {
    source: &'a mut S,
    from: u64,
    /// So many at most.
    most: Option<u64>,
}

impl<'a, S: Source> Resumed<'a, S> {
    pub(crate) fn new(source: &'a mut S, from: u64) -> Self {
        Self {
            source,
            from,
            most: None,
        }
    }

    /// The next `most` of them: whoever takes these asks for none beyond the length.
    pub(crate) fn up_to(source: &'a mut S, from: u64, most: u64) -> Self {
        Self {
            source,
            from,
            most: Some(most),
        }
    }

    fn shifted(&self, range: &Range<u64>) -> Range<u64> {
        let shift = |index: u64| index.saturating_add(self.from);
        shift(range.start)..shift(range.end)
    }
}

impl<S: Source> Source for Resumed<'_, S> {
    type Item = S::Item;
    type Iter = S::Iter;

    fn length(&self) -> Option<u64> {
        let left = self.source.length().map(|length| length - self.from);
        // Where the length is not known, the end shows when the items do.
        left.into_iter().chain(self.most).min()
    }

    fn fingerprint(&self) -> u64 {
        self.source.fingerprint()
    }

    fn is_comparable(&self) -> bool {
        self.source.is_comparable()
    }

    fn take(&mut self, range: Range<u64>, checked: bool) -> Taken<S::Iter> {
        self.source.take(self.shifted(&range), checked)
    }

    fn pass(&mut self, range: Range<u64>, checked: bool) -> Passed {
        self.source.pass(self.shifted(&range), checked)
    }

    fn release(&mut self, before: u64) {
        self.source.release(before.saturating_add(self.from));
    }

    fn unpack(&mut self, shipped: &Encoded) -> Result<Taken<S::Iter>, String> {
        self.source.unpack(shipped)
    }
}
