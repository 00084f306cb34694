//! Parts that have come from other ranks, on their way from bytes to values: the thread that manages hands those that
//! take long to whichever compute thread has time.
//!
//! Invariant: what was added is taken once, opened or with the reason why it can't be.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::EncodedParts;
use super::shelf::Ticket;
use crate::base::lock::lock;
use crate::base::panicking::{self, PanicReport};
use crate::loop_parts::gather::Parcel;
use crate::protocol::message::iterations;

/// The parts of some chunks; or why there are none: in words, or by a panic of the user's code.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) chunks: Vec<Range<u64>>,
    pub(super) parts: Result<Result<Vec<Ticket>, String>, Box<PanicReport>>,
    /// How long that took.
    pub(super) time: Duration,
}

impl Opened {
    /// On the present thread.
    pub(super) fn by(
        read: impl FnOnce(Parcel, usize) -> Result<Vec<Ticket>, String>,
        encoded: EncodedParts,
    ) -> Self {
        let begun = Instant::now();
        let EncodedParts { chunks, parts, .. } = encoded;
        let parts = panicking::catch(|| read(parts, chunks.len()));
        Self {
            chunks,
            parts,
            time: begun.elapsed(),
        }
    }

    /// How many iterations these chunks have.
    pub(super) fn iterations(&self) -> u64 {
        iterations(&self.chunks)
    }
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Arrivals {
    waiting: Mutex<VecDeque<EncodedParts>>,
    /// How many wait: who has none to open needs no lock.
    count: AtomicUsize,
    opened: Mutex<Vec<Opened>>,
}

impl Arrivals {
    pub(super) fn add(&self, encoded: EncodedParts) {
        lock(&self.waiting).push_back(encoded);
        self.count.fetch_add(1, Ordering::Relaxed);
    }

    /// Reads those that have waited longest, on the present thread; whether there were any.
    pub(super) fn open_next(
        &self,
        read: impl FnOnce(Parcel, usize) -> Result<Vec<Ticket>, String>,
    ) -> bool {
        if self.count.load(Ordering::Relaxed) == 0 {
            return false;
        }
        let Some(encoded) = lock(&self.waiting).pop_front() else {
            return false;
        };
        self.count.fetch_sub(1, Ordering::Relaxed);
        let opened = Opened::by(read, encoded);
        lock(&self.opened).push(opened);
        true
    }

    /// What was opened since the last call.
    pub(super) fn take(&self) -> Vec<Opened> {
        std::mem::take(&mut *lock(&self.opened))
    }
}
