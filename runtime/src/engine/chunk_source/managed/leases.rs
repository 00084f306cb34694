//! Who has which chunk: the manager as the threads of its rank ask it, whatever the types of the loop.
//!
//! Invariant: no other lock is taken while the manager's is held.

use std::ops::Range;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Checks;
use crate::base::clock::now;
use crate::base::rank::Rank;
use crate::base::usage::most_files;
use crate::engine::chunk_source::grant::{Grant, Granted};
use crate::engine::chunk_source::supply::{AnySource, AnySupply};
use crate::engine::chunk_source::verification::Verification;
use crate::engine::chunk_source::{overdue, take};
use crate::loop_parts::gather::Front;
use crate::loop_parts::items::{Limit, Next, Panic, Prefetch};
use crate::protocol::manager::{Found, Manager, Then, Wish};
use crate::protocol::message::Halt;

/// See the module.
#[derive(Debug)]
pub(crate) struct Leases {
    rank: Rank,
    pub(super) checks: Checks,
    pub(super) limit: Limit,
    /// So many chunks of a rank have items at a time.
    chunks: usize,
    /// Whether this rank may run alone what others would have to make too many items for.
    pub(super) hoards: bool,
    /// Where that is of interest: how far the loop is through.
    pub(super) front: Option<Front>,
    counter: Mutex<Counter>,
    /// Rings when nothing is held back any more.
    bell: Condvar,
}

/// The manager, and how many threads it holds back.
#[derive(Debug)]
struct Counter {
    manager: Manager,
    held: usize,
}

impl Leases {
    /// With so many chunks of this rank that have items at a time.
    pub(super) fn new(rank: Rank, manager: Manager, checks: Checks, chunks: usize) -> Self {
        Self {
            rank,
            checks,
            limit: Limit::shared(),
            chunks,
            hoards: false,
            front: None,
            counter: Mutex::new(Counter { manager, held: 0 }),
            bell: Condvar::new(),
        }
    }

    /// Asks the manager something.
    pub(crate) fn manager<R>(&self, ask: impl FnOnce(&mut Manager) -> R) -> R {
        let mut counter = self.counter();
        let answer = ask(&mut counter.manager);
        if counter.held > 0 && !self.lingers(&counter.manager) {
            self.bell.notify_all();
        }
        answer
    }

    fn counter(&self) -> MutexGuard<'_, Counter> {
        self.counter.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether nothing is handed out for now.
    pub(super) fn holds_back(&self) -> bool {
        self.manager(|manager| manager.holds_back())
    }

    /// See [`Manager::may_need`].
    pub(super) fn may_need(&self) -> bool {
        self.manager(|manager| manager.may_need())
    }

    /// Waits until something may be handed out.
    pub(super) fn linger(&self) {
        let mut counter = self.counter();
        while self.lingers(&counter.manager) {
            counter.held += 1;
            counter = self
                .bell
                .wait(counter)
                .unwrap_or_else(PoisonError::into_inner);
            counter.held -= 1;
        }
    }

    fn lingers(&self, manager: &Manager) -> bool {
        manager.holds_back() || manager.has_nothing_yet(self.rank)
    }

    fn owner(&self, iteration: u64) -> Option<(Rank, u64)> {
        self.manager(|manager| manager.owner(iteration))
    }

    /// How many items to make for one chunk. Where they are kept, so are those of one chunk before; where they are
    /// shipped, each thread has `depth` chunks in reserve.
    pub(super) fn ahead<'a>(
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

    /// See `Managed::audit`.
    pub(super) fn audit(&self, supply: &mut AnySupply<'_>, digests: &[u64]) -> Option<Rank> {
        let audit = supply.audit.as_mut()?;
        // No iteration belongs to a rank beyond the last, so this passes all that are left.
        audit.pass_until(digests.len(), |at| self.owner(at), &mut supply.source);
        audit.first_difference(digests)
    }

    /// See `Managed::grant`.
    pub(super) fn grant(&self, supply: &mut AnySupply<'_>) -> Granted {
        let AnySupply {
            source,
            verification,
            ..
        } = &mut *supply;
        let now = now();
        let offer = self.manager(|manager| {
            if self.hoards && manager.hoards() {
                return None;
            }
            let wish = manager.next_wish(now)?;
            let Some(range) = manager.offer(wish.rank) else {
                manager.put_back(wish);
                return None;
            };
            Some((wish, manager.settled(range.start), range))
        });
        let Some((wish, settled, range)) = offer else {
            self.verify_rest(verification, source);
            return Granted::default();
        };
        let Wish { rank, heard, depth } = wish;
        let overdue = overdue();
        let ahead = self.ahead(source, depth, &overdue);
        let begun = self.hoards.then(Instant::now);
        let verified = verify(verification, range.start, settled, source);
        let passed = verified.and_then(|()| {
            take(range.start, || {
                source.release(settled);
                source.pass(range.clone(), true, &ahead)
            })
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
            let chunk = manager.found(rank, range, found);
            if chunk.is_none() {
                manager.put_back(wish);
            }
            (chunk, manager.reserve(rank))
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
    pub(super) fn offer(&self, supply: &mut AnySupply<'_>) -> Option<Offer> {
        let AnySupply {
            source,
            audit,
            verification,
            ..
        } = supply;
        let passed = audit.as_mut().map(|audit| {
            let owner = |at| self.owner(at);
            pass(audit.at(), || audit.pass_until(self.rank, owner, source))
        });
        let offer = self.manager(|manager| {
            let range = manager.offer(self.rank)?;
            let settled = manager.settled(range.start);
            Some((range, settled))
        });
        let Some((range, settled)) = offer else {
            self.verify_rest(verification, source);
            return None;
        };
        let verified = verify(verification, range.start, settled, source);
        Some(Offer {
            range,
            settled,
            passed: passed.unwrap_or(Ok(())).and(verified),
            begun: self.hoards.then(Instant::now),
        })
    }

    /// When all is handed out: passes the items of chunks that were run before, and lie behind the last one.
    fn verify_rest(&self, verification: &mut Option<Verification>, source: &mut dyn AnySource) {
        if let Some(verification) = verification
            && self.manager(|manager| manager.is_through())
        {
            // A panic of what is done beside that is told of where it ends a loop.
            let _ = take(0, || verification.pass_all(source));
        }
    }

    /// It has taken so many items of an offer, and what comes next; or making them panicked.
    pub(super) fn took(
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

    pub(super) fn finish(&self, chunk: &Range<u64>, nanos: u64) {
        self.manager(|manager| {
            manager
                .finish(self.rank, chunk, None, Duration::from_nanos(nanos))
                .expect("this rank's own chunks are known");
            if let Some(front) = &self.front {
                front.reaches(manager.front());
            }
        });
    }

    /// An iteration panicked on this rank or another, which hands it back.
    ///
    /// # Errors
    /// See [`Manager::fail`].
    pub(crate) fn fail(&self, rank: Rank, chunk: &Range<u64>, halt: Halt) -> Result<(), String> {
        let iteration = halt.iteration;
        if self.manager(|manager| manager.fail(rank, chunk, halt))? {
            self.limit.lower(iteration);
        }
        Ok(())
    }

    pub(super) fn stop_at(&self, halt: Halt) {
        self.limit.lower(halt.iteration);
        self.manager(|manager| manager.stop_at(halt));
    }

    pub(super) fn until(&self, iteration: u64) {
        self.limit.lower(iteration);
        self.manager(|manager| manager.until(iteration));
    }

    pub(super) fn close(&self) {
        self.manager(Manager::close);
    }
}

/// Passes the items of chunks that were run before, up to an iteration.
fn verify(
    verification: &mut Option<Verification>,
    iteration: u64,
    settled: u64,
    source: &mut dyn AnySource,
) -> Result<(), Panic> {
    let Some(verification) = verification else {
        return Ok(());
    };
    pass(iteration, || {
        verification.pass_until(iteration, settled, source)
    })
}

/// Passes items from an iteration on. Where making one panics, that comes back, caught there or here.
fn pass(iteration: u64, passing: impl FnOnce() -> Option<Panic>) -> Result<(), Panic> {
    match take(iteration, passing)? {
        None => Ok(()),
        Some(panic) => Err(panic),
    }
}

/// A chunk to be taken.
pub(super) struct Offer {
    pub(super) range: Range<u64>,
    pub(super) settled: u64,
    /// Items of other ranks were passed before, or one panicked.
    pub(super) passed: Result<(), Panic>,
    /// When, where that is of interest.
    pub(super) begun: Option<Instant>,
}

/// What the manager makes of it.
fn then(next: &Next) -> Then {
    match next {
        Next::More => Then::More,
        Next::End => Then::End,
        Next::Panic(_) => Then::Nothing,
    }
}
