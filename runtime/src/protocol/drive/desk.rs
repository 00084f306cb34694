//! Where the threads of a rank get their chunks from.
//!
//! Invariant: a chunk and its items are taken in one step under one lock, so that the rank's
//! iterator only ever moves forward.

use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Stumble;
use super::audit::Audit;
use crate::fabric::Rank;
use crate::items::{Limit, Source, Taken};
use crate::panicking;
use crate::protocol::manager::Manager;
use crate::protocol::message::Halt;
use crate::wire::Encoded;

/// A chunk with its items, or how its items failed.
pub(crate) type Assignment<I> = (Range<u64>, Result<Taken<I>, Stumble>);

/// See the module.
pub(crate) trait Desk {
    /// What a chunk's items come from.
    type Iter;

    /// The next chunk for a thread of this rank. `None` says that there will be none, or, unless
    /// it may `wait`, that there is none now.
    fn next(&self, wait: bool) -> Option<Assignment<Self::Iter>>;

    /// A chunk of this rank has come back.
    fn finish(&self, chunk: &Range<u64>, nanos: u64);

    /// An iteration of this rank ends the loop.
    fn stop_at(&self, halt: Halt);

    /// An iteration of another rank ends the loop, or an earlier one does.
    fn until(&self, iteration: u64);

    /// How far this rank still goes.
    fn limit(&self) -> &Limit;

    /// Hands out nothing more.
    fn close(&self);
}

/// Takes items, and turns a panic of the user's iterator into one of the first of them.
pub(super) fn take<T>(iteration: u64, take: impl FnOnce() -> T) -> Result<T, Stumble> {
    panicking::catch(take).map_err(|report| Stumble { iteration, report })
}

/// A desk with a manager: the master's, or a rank's own where the schedule needs no master.
#[derive(Debug)]
pub(crate) struct ManagerDesk<S> {
    rank: Rank,
    checks: Checks,
    limit: Limit,
    inner: Mutex<Inner<S>>,
}

/// What a desk does to compare the items of ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Checks {
    /// Nothing.
    None,
    /// It digests the items that it hands out, for the master to compare.
    Digest,
    /// It digests the items of so many ranks that run their share without asking.
    Audit { ranks: usize },
}

#[derive(Debug)]
struct Inner<S> {
    manager: Manager,
    source: S,
    audit: Option<Audit>,
}

impl<S: Source> ManagerDesk<S> {
    pub(crate) fn new(rank: Rank, manager: Manager, source: S, checks: Checks) -> Self {
        let audit = match checks {
            Checks::Audit { ranks } if source.is_comparable() => Some(Audit::new(ranks)),
            _ => None,
        };
        Self {
            rank,
            checks,
            limit: Limit::none(),
            inner: Mutex::new(Inner {
                manager,
                source,
                audit,
            }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner<S>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Of ranks that ran their share without asking: the first with other items, by the digests of
    /// what each has run.
    pub(crate) fn audit(&self, digests: &[u64]) -> Option<Rank> {
        let Inner {
            manager,
            source,
            audit,
        } = &mut *self.lock();
        let audit = audit.as_mut()?;
        // No iteration belongs to a rank beyond the last, so this passes all that are left.
        audit.pass_until(digests.len(), manager, source);
        audit.first_difference(digests)
    }

    /// Asks the manager something.
    pub(crate) fn manager<R>(&self, ask: impl FnOnce(&mut Manager) -> R) -> R {
        ask(&mut self.lock().manager)
    }

    /// The length of the loop as this rank sees it.
    pub(crate) fn length(&self) -> Option<u64> {
        self.lock().source.length()
    }

    /// Grants the next wish of another rank; a panic of the user's iterator is an error.
    pub(crate) fn grant(&self) -> Option<Result<Grant, Stumble>> {
        let Inner {
            manager, source, ..
        } = &mut *self.lock();
        let rank = manager.next_wish()?;
        let mut shipped = None;
        let mut stumble = None;
        let chunk = manager.lease(rank, |range| {
            match take(range.start, || source.pass(range, true)) {
                Ok(passed) => {
                    shipped = passed.shipped;
                    (passed.length, passed.digest)
                }
                Err(failed) => {
                    stumble = Some(failed);
                    (0, 0)
                }
            }
        });
        if let Some(stumble) = stumble {
            return Some(Err(stumble));
        }
        let reserve = manager.reserves();
        chunk.map(|chunk| {
            let settled = manager.settled(chunk.start);
            source.release(settled);
            Ok(Grant {
                rank,
                chunk,
                shipped,
                reserve,
                settled,
            })
        })
    }
}

/// A chunk for another rank.
#[derive(Debug)]
pub(crate) struct Grant {
    pub(crate) rank: Rank,
    pub(crate) chunk: Range<u64>,
    /// The chunk's items, where only the master has them.
    pub(crate) shipped: Option<Encoded>,
    /// Whether the rank's threads should keep a chunk in reserve.
    pub(crate) reserve: bool,
    /// The iterations before this one are finished.
    pub(crate) settled: u64,
}

impl<S: Source> Desk for ManagerDesk<S> {
    type Iter = S::Iter;

    fn next(&self, _wait: bool) -> Option<Assignment<S::Iter>> {
        let Inner {
            manager,
            source,
            audit,
        } = &mut *self.lock();
        let mut stumble = audit.as_mut().and_then(|audit| {
            take(audit.at(), || audit.pass_until(self.rank, manager, source)).err()
        });
        let mut items = None;
        let chunk = manager.lease(self.rank, |range| {
            let checked = self.checks == Checks::Digest;
            let taken = stumble.take().map_or_else(
                || take(range.start, || source.take(range.clone(), checked)),
                Err,
            );
            // A failed chunk is leased as one iteration, which comes back as a panic.
            let length = taken.as_ref().map_or(1, |taken| taken.length);
            items = Some(taken);
            (length, 0)
        })?;
        if let Some(audit) = audit {
            audit.took(chunk.end - chunk.start);
        }
        source.release(manager.settled(chunk.start));
        Some((chunk, items?))
    }

    fn finish(&self, chunk: &Range<u64>, nanos: u64) {
        self.manager(|manager| {
            manager
                .finish(self.rank, chunk, None, Duration::from_nanos(nanos))
                .expect("this rank's own chunks are known");
        });
    }

    fn stop_at(&self, halt: Halt) {
        self.limit.lower(halt.iteration);
        self.manager(|manager| manager.stop_at(halt));
    }

    fn until(&self, iteration: u64) {
        self.limit.lower(iteration);
        self.manager(|manager| manager.until(iteration));
    }

    fn limit(&self) -> &Limit {
        &self.limit
    }

    fn close(&self) {
        self.manager(Manager::close);
    }
}
