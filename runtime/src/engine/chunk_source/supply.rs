//! What the items of chunks are made from.
//!
//! Invariant: the usage of this process is looked at where items are kept, and so seldom that it costs
//! next to nothing beside making them.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::audit::Audit;
use super::verification::Verification;
use crate::base::usage::Usage;
use crate::loop_parts::items::{ItemSource, Passed, Prefetch};

/// See the module.
#[derive(Debug)]
pub(super) struct Supply<S: ?Sized> {
    pub(super) audit: Option<Audit>,
    /// Of chunks that were run before.
    pub(super) verification: Option<Verification>,
    /// When the usage of this process was looked at, and the items that were made since then.
    looked: Option<(Instant, u64)>,
    pub(super) source: S,
}

/// One of items of any type.
pub(super) type AnySupply<'a> = Supply<dyn AnySource + 'a>;

/// Items of any type: what can be asked of a source without taking them.
pub(super) trait AnySource {
    /// See `ItemSource`.
    fn pass(&mut self, range: Range<u64>, checked: bool, prefetch: &Prefetch<'_>) -> Passed;

    fn ships(&self) -> bool;

    fn keeps(&self) -> bool;

    fn release(&mut self, before: u64);
}

impl<S: ItemSource> AnySource for S {
    fn pass(&mut self, range: Range<u64>, checked: bool, prefetch: &Prefetch<'_>) -> Passed {
        ItemSource::pass(self, range, checked, prefetch)
    }

    fn ships(&self) -> bool {
        ItemSource::ships(self)
    }

    fn keeps(&self) -> bool {
        ItemSource::keeps(self)
    }

    fn release(&mut self, before: u64) {
        ItemSource::release(self, before);
    }
}

impl<S> Supply<S> {
    pub(super) fn new(source: S, audit: Option<Audit>) -> Self {
        Self {
            audit,
            verification: None,
            looked: None,
            source,
        }
    }
}

impl AnySupply<'_> {
    /// What this process uses, where items are kept and it may have changed since the last time; `made`
    /// items were made since.
    pub(super) fn usage(&mut self, made: u64) -> Option<Usage> {
        const MANY: u64 = 32;
        const LONG: Duration = Duration::from_millis(2);
        if !self.source.keeps() {
            return None;
        }
        let (at, items) = self.looked.get_or_insert_with(|| (Instant::now(), 0));
        *items += made;
        if *items < MANY && at.elapsed() < LONG {
            return None;
        }
        self.looked = Some((Instant::now(), 0));
        Some(Usage::now())
    }
}
