//! The items from a certain one on, numbered from 0: all of them, or the next few.

use std::ops::Range;

use super::{ItemSource, Next, Panic, Passed, Prefetch, Taken};
use crate::base::wire::Encoded;
use crate::loop_parts::schedule::Length;

/// See the module.
#[derive(Debug)]
pub struct Resumed<'a, S> {
    source: &'a mut S,
    from: u64,
    /// So many at most.
    most: Option<u64>,
}

impl<'a, S: ItemSource> Resumed<'a, S> {
    pub(crate) fn new(source: &'a mut S, from: u64) -> Self {
        Self {
            source,
            from,
            most: None,
        }
    }

    /// The next `most` of them.
    pub(crate) fn up_to(source: &'a mut S, from: u64, most: u64) -> Self {
        Self {
            source,
            from,
            most: Some(most),
        }
    }

    fn shifted(&self, range: &Range<u64>) -> Range<u64> {
        let most = self.most.unwrap_or(u64::MAX);
        let shift = |index: u64| index.min(most).saturating_add(self.from);
        shift(range.start)..shift(range.end)
    }
}

impl<S> Resumed<'_, S> {
    /// What comes next at an index of these items.
    fn numbered(&self, next: Next, at: u64) -> Next {
        match next {
            Next::Panic(Panic { iteration, report }) => Next::Panic(Panic {
                iteration: iteration.saturating_sub(self.from),
                report,
            }),
            Next::More if self.most.is_some_and(|most| at >= most) => Next::End,
            next => next,
        }
    }
}

impl<S: ItemSource> ItemSource for Resumed<'_, S> {
    type Item = S::Item;
    type Iter = S::Iter;

    fn length(&self) -> Length {
        let length = match self.source.length() {
            Length::Exact(length) => Length::Exact(length - self.from),
            Length::Hint(length) => Length::Hint(length.saturating_sub(self.from)),
            Length::Unknown => Length::Unknown,
        };
        match self.most {
            // Where there are fewer, the end shows when the items do.
            Some(most) if length.hint().is_none_or(|length| length >= most) => Length::Exact(most),
            _ => length,
        }
    }

    fn end(&self) -> Option<u64> {
        self.source.end().map(|end| end - self.from)
    }

    fn fingerprint(&self) -> u64 {
        self.source.fingerprint()
    }

    fn is_comparable(&self) -> bool {
        self.source.is_comparable()
    }

    fn is_seen(&self) -> bool {
        self.source.is_seen()
    }

    fn take(
        &mut self,
        range: Range<u64>,
        checked: bool,
        prefetch: &Prefetch<'_>,
    ) -> Taken<S::Iter> {
        let mut taken = self.source.take(self.shifted(&range), checked, prefetch);
        taken.next = self.numbered(taken.next, range.start + taken.length);
        taken
    }

    fn pass(&mut self, range: Range<u64>, checked: bool, prefetch: &Prefetch<'_>) -> Passed {
        let mut passed = self.source.pass(self.shifted(&range), checked, prefetch);
        passed.next = self.numbered(passed.next, range.start + passed.length);
        passed
    }

    fn takes_again(&self) -> bool {
        self.source.takes_again()
    }

    fn runs_again(&mut self) -> bool {
        self.source.runs_again()
    }

    fn goes_back(&mut self) -> bool {
        self.source.goes_back()
    }

    fn ships(&self) -> bool {
        self.source.ships()
    }

    fn keeps(&self) -> bool {
        self.source.keeps()
    }

    fn release(&mut self, before: u64) {
        self.source.release(before.saturating_add(self.from));
    }

    fn unpack(&mut self, shipped: &Encoded) -> Result<Taken<S::Iter>, String> {
        self.source.unpack(shipped)
    }
}
