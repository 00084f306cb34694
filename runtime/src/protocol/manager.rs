//! Hands out the chunks of one loop and knows which are not back yet. Pure.
//!
//! Invariants: every chunk is leased to one rank and comes back once; after a halt no chunk
//! beyond it is handed out, and those before it come back before the loop ends, so the lowest
//! halt of all is the one that counts.

mod carrying;
mod restraint;
mod retries;
pub(crate) mod simulation;
#[cfg(test)]
mod tests;
mod wishes;

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use carrying::{Allowance, Carrying};
use restraint::Moment;
pub(crate) use retries::Retries;
pub(crate) use wishes::Wish;
use wishes::{Present, Wishes};

use super::message::{Halt, Wants};
use super::roll_call::USUAL_CAUSE;
use crate::base::phrases::somewhere_in;
use crate::base::rank::{MASTER, Rank};
use crate::base::usage::Usage;
use crate::loop_parts::on_error::Mishap;
use crate::loop_parts::schedule::{Policy, Reserve};

/// The manager of one loop, or of one rank's share of it.
#[derive(Debug)]
pub(crate) struct Manager {
    policy: Box<dyn Policy>,
    /// Chunks that are being run, by their start.
    leases: BTreeMap<u64, Lease>,
    /// How many each rank has of them.
    held: Vec<usize>,
    /// The threads of one rank.
    threads: usize,
    /// What was not granted yet.
    wishes: Wishes,
    /// Whether it pays to grant them, where the master could run everything.
    carrying: Option<Carrying>,
    /// Who runs iterations again that panicked, where ranks hand them back.
    retries: Option<Retries>,
    stage: Stage,
    halt: Option<Halt>,
    /// No chunk beyond this iteration is handed out.
    until: u64,
    /// Whether there are items that belong to nobody.
    surplus: bool,
    /// Whether all chunks of the loop are handed out here.
    knows_all: bool,
    /// Where the chunks that were handed out end.
    reached: u64,
    /// So many iterations at most are for the wish that was granted last.
    few: Option<u64>,
    /// The present.
    now: Moment,
}

/// Whether chunks are handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Open,
    /// There are no more.
    Through,
    /// There may be more, which nobody gets.
    Closed,
}

/// How a rank came by the items of a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// So many iterations it can run.
    pub(crate) length: u64,
    pub(crate) digest: u64,
    pub(crate) then: Then,
}

/// What follows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// More items: what is missing in the chunk is for another one.
    More,
    /// The end of the loop.
    End,
    /// Nothing that this rank could have.
    Nothing,
}

#[derive(Debug)]
struct Lease {
    rank: Rank,
    end: u64,
    digest: u64,
    since: Moment,
}

impl Manager {
    /// For ranks of so many threads each.
    pub(crate) fn new(policy: Box<dyn Policy>, threads: usize) -> Self {
        Self {
            held: Vec::new(),
            threads,
            knows_all: policy.owner(0).is_none(),
            reached: 0,
            few: None,
            now: Moment::default(),
            policy,
            leases: BTreeMap::new(),
            wishes: Wishes::default(),
            carrying: None,
            retries: None,
            stage: Stage::Open,
            halt: None,
            until: u64::MAX,
            surplus: false,
        }
    }

    /// The master's threads could run everything, and do where it does not pay to carry what other ranks would hand in:
    /// as in a loop before, in which carrying an item took so many nanoseconds.
    pub(crate) fn weigh(&mut self, too_much: Option<f64>) {
        self.carrying = Some(too_much.map_or_else(Carrying::default, Carrying::known));
    }

    /// Ranks hand back iterations that panicked.
    pub(crate) fn retry(&mut self, retries: Retries) {
        self.retries = Some(retries);
    }

    /// What it takes to carry an item, in nanoseconds, if that does not pay.
    pub(crate) fn too_much(&self) -> Option<f64> {
        self.carrying.as_ref().and_then(Carrying::too_much)
    }

    /// The parts of so many iterations of another rank took the master so long.
    pub(crate) fn carried(&mut self, iterations: u64, time: Duration) {
        let cost = self.policy.cost();
        if let Some(carrying) = &mut self.carrying {
            carrying.carried(iterations, time, cost);
        }
    }

    /// The next chunk for `rank`, whose items are still to be found. Nothing else is offered before they
    /// were [`found`](Self::found).
    pub(crate) fn offer(&mut self, rank: Rank) -> Option<Range<u64>> {
        if let Some(again) = self.open_retries().and_then(|it| it.next(rank)) {
            return Some(again);
        }
        if self.has_ended() {
            return None;
        }
        if let Some(carrying) = &self.carrying {
            self.policy.stays_here(carrying.stays_here());
        }
        let next = self.policy.next(rank);
        let mut chunk = next.filter(|chunk| chunk.start <= self.until);
        self.end_if(chunk.is_none());
        if rank != MASTER
            && let Some(chunk) = &mut chunk
            && let Some(few) = self.few.take()
            && let Some(end) = chunk.start.checked_add(few).filter(|&end| end < chunk.end)
        {
            self.policy.put_back(rank, end..chunk.end);
            chunk.end = end;
        }
        chunk
    }

    /// The part of a chunk that the rank gets, by what was found of its items.
    pub(crate) fn found(
        &mut self,
        rank: Rank,
        chunk: Range<u64>,
        found: Found,
    ) -> Option<Range<u64>> {
        let Found {
            length,
            digest,
            then,
        } = found;
        if length > 0 && then != Then::Nothing && self.policy.is_surplus(chunk.start) {
            self.surplus = true;
            self.end_if(true);
            return None;
        }
        let end = chunk.start + length;
        if end < chunk.end {
            match then {
                Then::More => self.policy.put_back(rank, end..chunk.end),
                Then::End => self.policy.ends_at(end),
                Then::Nothing => {}
            }
        }
        self.end_if(length == 0 || then == Then::Nothing);
        if length == 0 {
            return None;
        }
        let since = self.now;
        self.now.handed += 1;
        let lease = Lease {
            rank,
            end,
            digest,
            since,
        };
        self.leases.insert(chunk.start, lease);
        if self.held.len() <= rank {
            self.held.resize(rank + 1, 0);
        }
        self.held[rank] += 1;
        if let Some(carrying) = self.carrying.as_mut().filter(|_| rank != MASTER) {
            carrying.lent();
        }
        self.reached = self.reached.max(end);
        Some(chunk.start..end)
    }

    /// How many chunks this rank has in hand.
    pub(crate) fn holds(&self, rank: Rank) -> usize {
        self.held.get(rank).copied().unwrap_or(0)
    }

    /// Which they are, with those beside each other as one.
    pub(crate) fn held_by(&self, rank: Rank) -> Vec<Range<u64>> {
        let mut chunks: Vec<Range<u64>> = Vec::new();
        let leases = self.leases.iter();
        let own = leases.filter(|(_, lease)| lease.rank == rank);
        for chunk in own.map(|(&start, lease)| start..lease.end) {
            match chunks.last_mut() {
                Some(last) if last.end == chunk.start => last.end = chunk.end,
                _ => chunks.push(chunk),
            }
        }
        chunks
    }

    /// The iterations before this one are through, where all of the loop is handed out here in its order.
    pub(crate) fn front(&self) -> u64 {
        let missing = self.first_missing();
        missing.unwrap_or(self.reached).min(self.until)
    }

    /// The first iteration that was handed out and has not come to its end.
    fn first_missing(&self) -> Option<u64> {
        let running = self.leases.keys().next().copied();
        let open = self.retries.as_ref().and_then(Retries::first);
        running.into_iter().chain(open).min()
    }

    /// Whether there are items beyond a division that believed their number.
    pub(crate) fn has_surplus(&self) -> bool {
        self.surplus
    }

    /// A rank wishes for more chunks, which was `heard` then, unless it may have come earlier.
    pub(crate) fn wish(&mut self, rank: Rank, wants: Wants, heard: Option<Duration>) {
        self.wishes.add(rank, wants, heard);
    }

    /// The wish that is to be granted now, while there is something to hand out.
    pub(crate) fn next_wish(&mut self, now: Duration) -> Option<Wish> {
        if self.stage != Stage::Closed
            && let Some(retries) = &self.retries
            && let policy = &*self.policy
            && let Some(wish) = self.wishes.of(|rank| retries.has_one_for(rank), policy)
        {
            return Some(wish);
        }
        if self.has_ended() {
            return None;
        }
        let cost = self.policy.cost();
        self.few = match self.carrying.as_mut().map(|it| it.allows(now, cost)) {
            Some(Allowance::None) => return None,
            Some(Allowance::Few(few)) => Some(few),
            Some(Allowance::Any) | None => None,
        };
        self.wishes.next(&Present {
            now,
            policy: &*self.policy,
            held: &self.held,
            threads: self.threads,
            halted: self.until < u64::MAX,
        })
    }

    /// There was nothing for a wish. Something may be handed back.
    pub(crate) fn put_back(&mut self, wish: Wish) {
        self.wishes.put_back(wish);
    }

    /// A chunk came back.
    ///
    /// # Errors
    /// In words, when the items were others than the manager's own.
    pub(crate) fn finish(
        &mut self,
        rank: Rank,
        chunk: &Range<u64>,
        digest: Option<u64>,
        busy: Duration,
    ) -> Result<(), String> {
        let lease = self.returned(rank, chunk)?;
        if let Some(digest) = digest
            && digest != lease.digest
        {
            return Err(format!(
                "rank {rank} has a different item than rank 0 in {}\n{USUAL_CAUSE}",
                somewhere_in(chunk)
            ));
        }
        self.policy.measured(chunk.end - chunk.start, busy);
        if let Some(carrying) = self.carrying.as_mut().filter(|_| rank == MASTER) {
            carrying.ran(busy);
        }
        if let Some(retries) = &mut self.retries {
            retries.finish(chunk.start, rank);
        }
        Ok(())
    }

    /// An iteration panicked that is a chunk by itself, and came back for another try. Whether it has none, which ends
    /// the loop.
    ///
    /// # Errors
    /// In words, when the rank had not been given it.
    pub(crate) fn fail(
        &mut self,
        rank: Rank,
        chunk: &Range<u64>,
        halt: Halt,
    ) -> Result<bool, String> {
        self.returned(rank, chunk)?;
        if halt.iteration > self.until {
            return Ok(false);
        }
        let last = match &mut self.retries {
            Some(retries) => retries.fail(halt),
            None => Some(halt),
        };
        let ends = last.is_some();
        if let Some(halt) = last {
            self.stop_at(halt);
        }
        Ok(ends)
    }

    /// A chunk is no longer at work.
    fn returned(&mut self, rank: Rank, chunk: &Range<u64>) -> Result<Lease, String> {
        let Some(lease) = self.leases.remove(&chunk.start) else {
            return Err(format!(
                "rank {rank} finished iteration {}, which it had not been given",
                chunk.start
            ));
        };
        self.held[lease.rank] -= 1;
        debug_assert_eq!(
            (lease.rank, lease.end),
            (rank, chunk.end),
            "a chunk comes back as it was leased"
        );
        if let Some(carrying) = self.carrying.as_mut().filter(|_| rank != MASTER) {
            carrying.back();
        }
        Ok(lease)
    }

    /// Whether ranks are to stay, though all is handed out: some of it may be handed back.
    pub(crate) fn may_need(&self) -> bool {
        self.retries.is_some() && self.stage == Stage::Through && self.first_missing().is_some()
    }

    /// Whether there is nothing for this rank, but may be later.
    pub(crate) fn has_nothing_yet(&self, rank: Rank) -> bool {
        let retries = self.retries.as_ref();
        self.may_need() && !retries.is_some_and(|it| it.has_one_for(rank))
    }

    /// What became of iterations that were handed back.
    pub(crate) fn take_mishaps(&mut self) -> Vec<Mishap> {
        let retries = self.retries.as_mut();
        retries.map(Retries::take_mishaps).unwrap_or_default()
    }

    /// Iterations that are to run again, if anything is handed out.
    fn open_retries(&mut self) -> Option<&mut Retries> {
        self.retries
            .as_mut()
            .filter(|_| self.stage != Stage::Closed)
    }

    /// An iteration ends the loop; of several halts the lowest counts.
    pub(crate) fn stop_at(&mut self, halt: Halt) {
        if self
            .halt
            .as_ref()
            .is_none_or(|lowest| halt.iteration < lowest.iteration)
        {
            self.until(halt.iteration);
            self.halt = Some(halt);
        }
    }

    /// The loop ends in this iteration, or in an earlier one.
    pub(crate) fn until(&mut self, iteration: u64) {
        self.until = self.until.min(iteration);
        if let Some(retries) = &mut self.retries {
            retries.until(self.until);
        }
    }

    /// All iterations before this one are finished, and none of them ended the loop. `next` is the
    /// next one to be leased.
    pub(crate) fn settled(&self, next: u64) -> u64 {
        if !self.knows_all {
            // Only the other ranks know what they have finished.
            return 0;
        }
        let missing = self.first_missing();
        missing.unwrap_or(next).min(next).min(self.until)
    }

    /// What this process uses now, where that is known and items are kept until all chunks before them are back.
    pub(crate) fn uses(&mut self, usage: Option<Usage>) {
        if self.now.usage.is_none() {
            for lease in self.leases.values_mut() {
                lease.since.usage = usage;
            }
        }
        self.now.usage = usage.or(self.now.usage);
    }

    /// Whether nothing more is handed out before the earliest chunk is back.
    pub(crate) fn holds_back(&self) -> bool {
        let earliest = self.leases.values().next();
        !self.has_ended()
            && self.knows_all
            && self.until == u64::MAX
            && earliest.is_some_and(|earliest| {
                restraint::holds_back(earliest.since, self.now, self.leases.len())
            })
    }

    /// Hands out nothing more: this thread is unwinding, or the job is to end.
    pub(crate) fn close(&mut self) {
        self.stage = Stage::Closed;
    }

    /// Whether all chunks were handed out, up to the end of the loop.
    pub(crate) fn is_through(&self) -> bool {
        self.stage == Stage::Through && self.halt.is_none()
    }

    /// Making `items` took this rank so long.
    pub(crate) fn made(&mut self, items: u64, time: Duration) {
        self.policy.made(items, time);
    }

    /// Whether this rank should run what is left alone.
    pub(crate) fn hoards(&self) -> bool {
        let retries = self.retries.as_ref();
        self.policy.hoards() && retries.is_none_or(|it| it.first().is_none())
    }

    /// What each thread of a rank should hold in reserve.
    pub(crate) fn reserve(&self, rank: Rank) -> Option<Reserve> {
        let round_trip = self.wishes.round_trip(rank);
        self.policy
            .reserve(round_trip)
            .filter(|_| !self.has_ended())
    }

    fn has_ended(&self) -> bool {
        self.stage != Stage::Open
    }

    fn end_if(&mut self, ended: bool) {
        if ended && !self.has_ended() {
            self.stage = Stage::Through;
        }
    }

    /// Whether all chunks were handed out and came back.
    pub(crate) fn is_over(&self) -> bool {
        let waits = || self.retries.as_ref().and_then(Retries::first).is_some();
        self.has_ended() && self.leases.is_empty() && (self.stage == Stage::Closed || !waits())
    }

    /// Where the schedule alone decides: whose iteration this is, and how many follow it.
    pub(crate) fn owner(&self, iteration: u64) -> Option<(Rank, u64)> {
        self.policy.owner(iteration)
    }

    /// The halt with the lowest index.
    pub(crate) fn halt(&self) -> Option<&Halt> {
        self.halt.as_ref()
    }
}
