//! Chunks that somebody else brings: what waits there is opened by the thread that takes it.
//!
//! Invariant: entries are opened in the order in which they came. Who brings them never waits for
//! that.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, TryLockError};

use super::{Assignment, ChunkSource, Chunks};
use crate::loop_parts::items::Limit;
use crate::protocol::message::Halt;

/// See the module. `O` opens the entries.
#[derive(Debug)]
pub(crate) struct ChunkQueue<E, O> {
    /// Locked before the entries, and for as long as an entry is awaited and opened.
    opener: Mutex<O>,
    inner: Mutex<Inner<E>>,
    bell: Condvar,
    limit: Limit,
}

#[derive(Debug)]
struct Inner<E> {
    entries: VecDeque<E>,
    closed: bool,
}

/// Makes assignments of entries.
pub(crate) trait Open<E> {
    /// What a chunk's items come from.
    type Iter;

    /// The assignment in an entry.
    fn open(&mut self, entry: E) -> Assignment<Self::Iter>;
}

impl<E, O> ChunkQueue<E, O> {
    pub(super) fn with(opener: O, limit: Limit) -> Self {
        Self {
            opener: Mutex::new(opener),
            inner: Mutex::new(Inner {
                entries: VecDeque::new(),
                closed: false,
            }),
            bell: Condvar::new(),
            limit,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner<E>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What opens the entries, when no thread is at work any more.
    pub(super) fn opener(&self) -> MutexGuard<'_, O> {
        self.opener.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An entry has come.
    pub(super) fn add(&self, entry: E) {
        self.lock().entries.push_back(entry);
        self.bell.notify_one();
    }
}

impl<E, O: Open<E>> ChunkSource for ChunkQueue<E, O> {
    type Iter = O::Iter;

    fn next(&self, wait: bool) -> Option<Assignment<O::Iter>> {
        let opener = if wait {
            self.opener.lock().map_err(TryLockError::from)
        } else {
            self.opener.try_lock()
        };
        let mut opener = match opener {
            Ok(opener) => opener,
            Err(TryLockError::Poisoned(opener)) => opener.into_inner(),
            // Another thread is here, waiting or at work.
            Err(TryLockError::WouldBlock) => return None,
        };
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
        drop(inner);
        Some(opener.open(entry))
    }
}

impl<E, O> Chunks for ChunkQueue<E, O> {
    // The manager, who wants to know, does not look here.
    fn finish(&self, _chunk: &Range<u64>, _nanos: u64) {}

    fn fail(&self, _chunk: &Range<u64>, _halt: Halt) {}

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
