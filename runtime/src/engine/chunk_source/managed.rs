//! Chunks that a manager leases: the master's, or a rank's own where the schedule needs no master.
//!
//! Invariants: a chunk and its items are taken in one step under one lock, so that the rank's iterator
//! only ever moves forward. That lock is needed for nothing else: an iterator that takes long, or waits
//! for something, keeps no chunk from coming back, and the main thread never waits for it. A thread
//! that the manager holds back has no chunk and no lock.

mod leases;

use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use super::audit::Audit;
use super::grant::Granted;
use super::supply::Supply;
use super::verification::{Verification, Verified};
use super::{Assignment, ChunkSource, Chunks, exhaust, overdue, take};
use crate::base::rank::{Rank, SEVERAL};
use crate::checkpoint::Expected;
use crate::loop_parts::gather::Front;
use crate::loop_parts::items::{ItemSource, Limit};
use crate::protocol::manager::Manager;
use crate::protocol::message::Halt;
use leases::{Leases, Offer};

/// See the module.
#[derive(Debug)]
pub(crate) struct ManagedChunks<S> {
    leases: Leases,
    supply: Mutex<Supply<S>>,
}

/// The chunks that a manager leases, whose items may be of any type.
pub(crate) trait Managed: Chunks {
    fn leases(&self) -> &Leases;

    /// Grants the next wish of another rank, unless a thread is busy making items; a panic of the user's
    /// iterator ends the loop there.
    fn grant(&self) -> Granted;

    /// Of ranks that ran their share without asking: the first with other items, by the digests of
    /// what each has run.
    fn audit(&self, digests: &[u64]) -> Option<Rank>;

    /// The length of the loop, where this rank got to its end.
    fn end(&self) -> Option<u64>;

    /// The loop has run to its end.
    fn exhaust(&self);
}

impl dyn Managed + '_ {
    /// Asks the manager something.
    pub(crate) fn manager<R>(&self, ask: impl FnOnce(&mut Manager) -> R) -> R {
        self.leases().manager(ask)
    }
}

/// What is done to compare the items of ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Checks {
    /// Nothing.
    None,
    /// It digests the items that it hands out, for the master to compare, or to be kept with what was made of them.
    Digest,
    /// It digests the items of so many ranks that run their share without asking.
    Audit { ranks: usize },
}

impl<S: ItemSource> ManagedChunks<S> {
    pub(crate) fn new(
        rank: Rank,
        manager: Manager,
        source: S,
        checks: Checks,
        chunks: usize,
    ) -> Self {
        let audit = match checks {
            Checks::Audit { ranks } if source.is_comparable() => Some(Audit::new(ranks)),
            _ => None,
        };
        Self {
            leases: Leases::new(rank, manager, checks, chunks),
            supply: Mutex::new(Supply::new(source, audit)),
        }
    }

    /// With threads of its own, where every rank makes its items itself.
    pub(crate) fn may_hoard(mut self) -> Self {
        self.leases.hoards = true;
        self
    }

    /// Says how far the loop is through, where this rank runs all of it.
    pub(crate) fn tell(&mut self, front: Option<Front>) {
        self.leases.front = front;
    }

    /// Checks the items of chunks that were run before, as it passes them.
    pub(crate) fn verify(&self, expected: Vec<Expected>) -> Arc<Verified> {
        let verification = Verification::new(expected);
        let verified = Arc::clone(verification.verified());
        self.supply().verification = Some(verification);
        verified
    }

    fn supply(&self) -> MutexGuard<'_, Supply<S>> {
        self.supply.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Unless a thread is busy making items.
    fn idle_supply(&self) -> Option<MutexGuard<'_, Supply<S>>> {
        match self.supply.try_lock() {
            Ok(supply) => Some(supply),
            Err(TryLockError::Poisoned(supply)) => Some(supply.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// Who makes the items, when something may be handed out; at once, unless it may `wait`.
    fn ready(&self, wait: bool) -> Option<MutexGuard<'_, Supply<S>>> {
        let supply = if wait {
            self.supply()
        } else {
            self.idle_supply()?
        };
        // Nothing is handed out without the supply, so what is said here holds.
        let holds_back = supply.source.keeps() && self.leases.holds_back();
        (!holds_back).then_some(supply)
    }

    /// The next chunk that there is now.
    fn take_next(&self, supply: &mut Supply<S>) -> Option<Assignment<S::Iter>> {
        let Offer {
            range,
            settled,
            passed,
            begun,
        } = self.leases.offer(supply)?;
        let source = &mut supply.source;
        let checked = self.leases.checks == Checks::Digest;
        let overdue = overdue();
        let ahead = self.leases.ahead(source, 0, &overdue);
        let taken = passed.and_then(|()| {
            take(range.start, || {
                source.release(settled);
                source.take(range.clone(), checked, &ahead)
            })
        });
        let found = taken.as_ref().ok().map(|taken| (taken.length, &taken.next));
        let chunk = self.leases.took(supply, (range, begun), found)?;
        Some((chunk, taken))
    }
}

impl<S: ItemSource> ChunkSource for ManagedChunks<S> {
    type Iter = S::Iter;

    fn next(&self, wait: bool) -> Option<Assignment<S::Iter>> {
        loop {
            if let Some(mut supply) = self.ready(wait) {
                let next = self.take_next(&mut supply);
                if next.is_some() || !self.leases.may_need() {
                    return next;
                }
            }
            if !wait {
                return None;
            }
            self.leases.linger();
        }
    }
}

impl<S: ItemSource> Chunks for ManagedChunks<S> {
    fn finish(&self, chunk: &Range<u64>, nanos: u64) {
        self.leases.finish(chunk, nanos);
    }

    fn fail(&self, chunk: &Range<u64>, halt: Halt) {
        self.leases
            .fail(halt.rank, chunk, halt)
            .expect("this rank's own chunks are known");
    }

    fn stop_at(&self, halt: Halt) {
        self.leases.stop_at(halt);
    }

    fn until(&self, iteration: u64) {
        self.leases.until(iteration);
    }

    fn limit(&self) -> &Limit {
        &self.leases.limit
    }

    fn close(&self) {
        self.leases.close();
    }
}

impl<S: ItemSource> Managed for ManagedChunks<S> {
    fn leases(&self) -> &Leases {
        &self.leases
    }

    fn grant(&self) -> Granted {
        if !SEVERAL {
            return Granted::default();
        }
        match self.ready(false) {
            Some(mut supply) => self.leases.grant(&mut *supply),
            None => Granted::default(),
        }
    }

    fn audit(&self, digests: &[u64]) -> Option<Rank> {
        self.leases.audit(&mut *self.supply(), digests)
    }

    fn end(&self) -> Option<u64> {
        self.supply().source.end()
    }

    fn exhaust(&self) {
        exhaust(&mut self.supply().source);
    }
}
