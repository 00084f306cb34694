//! Chunks that a manager leases: the master's, or a rank's own where the schedule needs no master.
//!
//! Invariants: a chunk and its items are taken in one step under one lock, so that the rank's iterator
//! only ever moves forward. That lock is needed for nothing else: an iterator that takes long, or waits
//! for something, keeps no chunk from coming back, and the main thread never waits for it. A thread
//! that the manager holds back has no chunk and no lock.

use std::ops::Range;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use super::audit::Audit;
use super::grant::{Grant, Granted};
use super::supply::{AnySource, AnySupply, Supply};
use super::{Assignment, ChunkSource, Chunks, exhaust, overdue, take};
use crate::base::clock::now;
use crate::base::rank::{Rank, SEVERAL};
use crate::base::usage::most_files;
use crate::loop_parts::items::{ItemSource, Limit, Next, Panic, Prefetch};
use crate::protocol::manager::{Found, Manager, Then, Wish};
use crate::protocol::message::Halt;

/// See the module.
#[derive(Debug)]
pub(crate) struct ManagedChunks<S> {
    leases: Leases,
    supply: Mutex<Supply<S>>,
}

/// Who has which chunk.
#[derive(Debug)]
pub(crate) struct Leases {
    rank: Rank,
    checks: Checks,
    limit: Limit,
    /// So many chunks of a rank have items at a time.
    chunks: usize,
    /// Whether this rank may run alone what others would have to make too many items for.
    hoards: bool,
    counter: Mutex<Counter>,
    /// Rings when nothing is held back any more.
    bell: Condvar,
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

/// The manager, and how many threads it holds back.
#[derive(Debug)]
struct Counter {
    manager: Manager,
    held: usize,
}

/// What is done to compare the items of ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Checks {
    /// Nothing.
    None,
    /// It digests the items that it hands out, for the master to compare.
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
            leases: Leases {
                rank,
                checks,
                limit: Limit::shared(),
                chunks,
                hoards: false,
                counter: Mutex::new(Counter { manager, held: 0 }),
                bell: Condvar::new(),
            },
            supply: Mutex::new(Supply::new(source, audit)),
        }
    }

    /// With threads of its own, where every rank makes its items itself.
    pub(crate) fn may_hoard(mut self) -> Self {
        self.leases.hoards = true;
        self
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
        loop {
            let supply = if wait {
                self.supply()
            } else {
                self.idle_supply()?
            };
            // Nothing is handed out without the supply, so what is said here holds.
            if !supply.source.keeps() || !self.leases.holds_back() {
                return Some(supply);
            }
            drop(supply);
            if !wait {
                return None;
            }
            self.leases.linger();
        }
    }
}

impl Leases {
    /// Asks the manager something.
    pub(crate) fn manager<R>(&self, ask: impl FnOnce(&mut Manager) -> R) -> R {
        let mut counter = self.counter();
        let answer = ask(&mut counter.manager);
        if counter.held > 0 && !counter.manager.holds_back() {
            self.bell.notify_all();
        }
        answer
    }

    fn counter(&self) -> MutexGuard<'_, Counter> {
        self.counter.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn holds_back(&self) -> bool {
        self.manager(|manager| manager.holds_back())
    }

    /// Waits while the manager holds back.
    fn linger(&self) {
        let mut counter = self.counter();
        while counter.manager.holds_back() {
            counter.held += 1;
            counter = self
                .bell
                .wait(counter)
                .unwrap_or_else(PoisonError::into_inner);
            counter.held -= 1;
        }
    }

    fn owner(&self, iteration: u64) -> Option<(Rank, u64)> {
        self.manager(|manager| manager.owner(iteration))
    }

    /// How many items to make for one chunk. Where they are kept, so are those of one chunk before; where they are
    /// shipped, each thread has `depth` chunks in reserve.
    fn ahead<'a>(
        &self,
        source: &dyn AnySource,
        depth: u32,
        overdue: &'a dyn Fn() -> bool,
    ) -> Prefetch<'a> {
        let held = if source.ships() { depth as usize } else { 0 };
        let kept = usize::from(source.keeps());
        let chunks = self.chunks * (1 + held.max(kept));
        Prefetch::share(chunks, most_files(), overdue)
    }

    /// See [`Managed::audit`].
    fn audit(&self, supply: &mut AnySupply<'_>, digests: &[u64]) -> Option<Rank> {
        let audit = supply.audit.as_mut()?;
        // No iteration belongs to a rank beyond the last, so this passes all that are left.
        audit.pass_until(digests.len(), |at| self.owner(at), &mut supply.source);
        audit.first_difference(digests)
    }

    /// See [`Managed::grant`].
    fn grant(&self, supply: &mut AnySupply<'_>) -> Granted {
        let source = &mut supply.source;
        let now = now();
        let offer = self.manager(|manager| {
            if self.hoards && manager.hoards() {
                return None;
            }
            let wish = manager.next_wish(now)?;
            let range = manager.offer(wish.rank)?;
            Some((wish, manager.settled(range.start), range))
        });
        let Some((wish, settled, range)) = offer else {
            return Granted::default();
        };
        let Wish { rank, heard, depth } = wish;
        let overdue = overdue();
        let ahead = self.ahead(source, depth, &overdue);
        let begun = self.hoards.then(Instant::now);
        let passed = take(range.start, || {
            source.release(settled);
            source.pass(range.clone(), true, &ahead)
        });
        let (length, digest, shipped, next) = match passed {
            Ok(passed) => (passed.length, passed.digest, passed.shipped, passed.next),
            Err(Panic { iteration, report }) => {
                let next = Next::Panic(Panic { iteration, report });
                (0, 0, None, next)
            }
        };
        let found = Found {
            length,
            digest,
            then: then(&next),
        };
        let making = begun.map(|begun| begun.elapsed());
        let usage = supply.usage(length);
        let (chunk, reserve) = self.manager(|manager| {
            manager.uses(usage);
            if let Some(making) = making {
                manager.made(length, making);
            }
            (manager.found(rank, range, found), manager.reserve(rank))
        });
        let grant = chunk.map(|chunk| Grant {
            rank,
            chunk,
            shipped,
            reserve,
            waited: heard.map(|heard| now.saturating_sub(heard)),
            settled,
        });
        let panic = match next {
            Next::Panic(panic) => Some(panic),
            Next::More | Next::End => None,
        };
        Granted { grant, panic }
    }

    /// What a thread of this rank is to take next.
    fn offer(&self, supply: &mut AnySupply<'_>) -> Option<Offer> {
        let AnySupply { source, audit, .. } = supply;
        let passed = audit.as_mut().map(|audit| {
            let owner = |at| self.owner(at);
            match take(audit.at(), || audit.pass_until(self.rank, owner, source)) {
                Ok(None) => Ok(()),
                Ok(Some(panic)) | Err(panic) => Err(panic),
            }
        });
        let (range, settled) = self.manager(|manager| {
            let range = manager.offer(self.rank)?;
            let settled = manager.settled(range.start);
            Some((range, settled))
        })?;
        Some(Offer {
            range,
            settled,
            passed: passed.unwrap_or(Ok(())),
            begun: self.hoards.then(Instant::now),
        })
    }

    /// It has taken so many items of an offer, and what comes next; or making them panicked.
    fn took(
        &self,
        supply: &mut AnySupply<'_>,
        (range, begun): (Range<u64>, Option<Instant>),
        taken: Option<(u64, &Next)>,
    ) -> Option<Range<u64>> {
        let (length, then) = match taken {
            // What panicked is an iteration that comes back as a panic.
            Some((length, Next::Panic(_))) => (length + 1, Then::Nothing),
            Some((length, next)) => (length, then(next)),
            None => (1, Then::Nothing),
        };
        let found = Found {
            length,
            digest: 0,
            then,
        };
        let making = begun.map(|begun| begun.elapsed());
        let usage = supply.usage(length);
        let chunk = self.manager(|manager| {
            manager.uses(usage);
            if let Some(making) = making {
                manager.made(length, making);
            }
            manager.found(self.rank, range, found)
        })?;
        if let Some(audit) = &mut supply.audit {
            audit.took(chunk.end - chunk.start);
        }
        Some(chunk)
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

    pub(crate) fn close(&self) {
        self.manager(Manager::close);
    }
}

/// A chunk to be taken.
struct Offer {
    range: Range<u64>,
    settled: u64,
    /// Items of other ranks were passed before, or one panicked.
    passed: Result<(), Panic>,
    /// When, where that is of interest.
    begun: Option<Instant>,
}

/// What the manager makes of it.
fn then(next: &Next) -> Then {
    match next {
        Next::More => Then::More,
        Next::End => Then::End,
        Next::Panic(_) => Then::Nothing,
    }
}

impl<S: ItemSource> ChunkSource for ManagedChunks<S> {
    type Iter = S::Iter;

    fn next(&self, wait: bool) -> Option<Assignment<S::Iter>> {
        let supply = &mut *self.ready(wait)?;
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

impl<S: ItemSource> Chunks for ManagedChunks<S> {
    fn finish(&self, chunk: &Range<u64>, nanos: u64) {
        self.leases.finish(chunk, nanos);
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
