//! What the items of chunks are made from.
//!
//! Invariant: the usage of this process is looked at where items are kept, and so seldom that it costs
//! next to nothing beside making them.

use std::time::{Duration, Instant};

use super::audit::Audit;
use crate::base::usage::Usage;
use crate::loop_parts::items::ItemSource;

/// See the module.
#[derive(Debug)]
pub(super) struct Supply<S> {
    pub(super) source: S,
    pub(super) audit: Option<Audit>,
    /// When the usage of this process was looked at, and the items that were made since then.
    looked: Option<(Instant, u64)>,
}

impl<S: ItemSource> Supply<S> {
    pub(super) fn new(source: S, audit: Option<Audit>) -> Self {
        Self {
            source,
            audit,
            looked: None,
        }
    }

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
