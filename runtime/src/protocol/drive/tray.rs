//! A desk that somebody else fills: what waits there is opened by the thread that takes it.
//!
//! Invariant: entries are opened in the order in which they came, under the lock that they are taken
//! under.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::desk::{Assignment, Desk};
use crate::items::Limit;
use crate::protocol::message::Halt;

/// See the module. `O` opens the entries.
#[derive(Debug)]
pub(crate) struct Tray<E, O> {
    inner: Mutex<Inner<E, O>>,
    bell: Condvar,
    limit: Limit,
}

#[derive(Debug)]
struct Inner<E, O> {
    entries: VecDeque<E>,
    closed: bool,
    opener: O,
}

/// Makes assignments of entries.
pub(crate) trait Open<E> {
    /// What a chunk's items come from.
    type Iter;

    /// The assignment in an entry.
    fn open(&mut self, entry: E) -> Assignment<Self::Iter>;
}

impl<E, O> Tray<E, O> {
    pub(super) fn with(opener: O, limit: Limit) -> Self {
        Self {
            inner: Mutex::new(Inner {
                entries: VecDeque::new(),
                closed: false,
                opener,
            }),
            bell: Condvar::new(),
            limit,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner<E, O>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An entry has come; `tell` has a word with the opener at the same time.
    pub(super) fn add(&self, entry: E, tell: impl FnOnce(&mut O)) {
        let mut inner = self.lock();
        inner.entries.push_back(entry);
        tell(&mut inner.opener);
        self.bell.notify_one();
    }
}

impl<E, O: Open<E>> Desk for Tray<E, O> {
    type Iter = O::Iter;

    fn next(&self, wait: bool) -> Option<Assignment<O::Iter>> {
        let mut inner = self.lock();
        while wait && inner.entries.is_empty() && !inner.closed {
            inner = self
                .bell
                .wait(inner)
                .unwrap_or_else(PoisonError::into_inner);
        }
        if inner.closed {
            return None;
        }
        let entry = inner.entries.pop_front()?;
        Some(inner.opener.open(entry))
    }

    // The manager, who wants to know, is not at this desk.
    fn finish(&self, _chunk: &Range<u64>, _nanos: u64) {}

    fn stop_at(&self, halt: Halt) {
        self.until(halt.iteration);
    }

    fn until(&self, iteration: u64) {
        self.limit.lower(iteration);
    }

    fn limit(&self) -> &Limit {
        &self.limit
    }

    fn close(&self) {
        self.lock().closed = true;
        self.bell.notify_all();
    }
}
