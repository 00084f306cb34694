//! What loops took, and where the rest of the time went.
//!
//! The time of a loop is that of all its threads: as many as it may have, from its beginning to its end. A part of it are
//! iterations; the rest is one of the [`Loss`]es. Invariant: all of them together are that time, each thread counted once.

mod advice;
mod call;
mod words;

use std::collections::BTreeMap;
use std::mem;
use std::time::Duration;

use crate::base::rank::Rank;
use crate::loop_parts::items::Slowest;
use crate::observe::WORTH;

pub(crate) use call::Call;
pub(crate) use words::Program;

/// Where time goes that is not that of iterations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loss {
    /// Threads that got nothing to run.
    Unused,
    /// Threads that had nothing more to run while others had.
    Last,
    /// From the last iteration on: parts come to the master, and are added to the outputs.
    Collecting,
    /// Behind that the outputs go to all ranks.
    Spreading,
    /// Compute threads make parts travel, and values of what has come.
    Coding,
    /// The rest: until a loop begins, and between chunks.
    Handling,
}

impl Loss {
    pub(crate) const ALL: [Self; 6] = [
        Self::Unused,
        Self::Last,
        Self::Collecting,
        Self::Spreading,
        Self::Coding,
        Self::Handling,
    ];
}

/// So many of the slowest iterations are kept.
const SLOWEST: usize = 10;

/// What the calls of one loop took, all together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sums {
    pub(crate) calls: u64,
    pub(crate) items: u64,
    chunks: u64,
    /// The most threads that a call may have had, and the most ranks.
    threads: usize,
    ranks: usize,
    /// Of parts that came to the master.
    bytes: u64,
    /// Of parts that the master gave to all ranks: to each of them so many.
    spread: u64,
    /// The most memory that other ranks than the master had; kept for all loops together.
    memory: BTreeMap<Rank, u64>,
    wall: Duration,
    /// The time of all threads.
    whole: Duration,
    /// That of their iterations.
    busy: Duration,
    lost: [Duration; Loss::ALL.len()],
    /// The slowest ones of their chunks, the slowest first, and the ranks that ran them.
    slowest: Vec<(Slowest, Rank)>,
}

/// Another rank had so much memory at least.
fn raise(memory: &mut BTreeMap<Rank, u64>, rank: Rank, most: u64) {
    let known = memory.entry(rank).or_default();
    *known = most.max(*known);
}

impl Sums {
    /// Adds what other calls took.
    pub(crate) fn add(&mut self, other: Self) {
        self.calls += other.calls;
        self.items += other.items;
        self.chunks += other.chunks;
        self.threads = self.threads.max(other.threads);
        self.ranks = self.ranks.max(other.ranks);
        self.bytes += other.bytes;
        self.spread += other.spread;
        self.wall += other.wall;
        self.whole += other.whole;
        self.busy += other.busy;
        for (sum, lost) in self.lost.iter_mut().zip(other.lost) {
            *sum += lost;
        }
        self.slowest.extend(other.slowest);
        self.keep_slowest();
    }

    fn spread(&mut self, bytes: u64, time: Duration) {
        self.spread += bytes;
        let all = time * u32::try_from(self.threads).unwrap_or(u32::MAX);
        self.wall += time;
        self.whole += all;
        self.lost[Loss::Spreading as usize] += all;
    }

    fn keep_slowest(&mut self) {
        self.slowest
            .sort_by_key(|(one, _)| std::cmp::Reverse(one.nanos));
        self.slowest.truncate(SLOWEST);
    }

    /// The part of all threads' time that this was.
    fn share(&self, time: Duration) -> f64 {
        if self.whole.is_zero() {
            return 0.0;
        }
        time.as_secs_f64() / self.whole.as_secs_f64()
    }

    fn lost(&self, loss: Loss) -> f64 {
        self.share(self.lost[loss as usize])
    }

    fn is_worth_timing(&self) -> bool {
        self.items == 0 || self.each() >= WORTH
    }

    /// What an iteration takes.
    fn each(&self) -> Duration {
        let items = u32::try_from(self.items.max(1)).unwrap_or(u32::MAX);
        self.busy / items
    }
}

/// What all loops of a program took.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    /// In the order in which they ended first.
    order: Vec<String>,
    loops: BTreeMap<String, Sums>,
    /// The time in which the threads that reached loops were in one.
    inside: Duration,
    /// The most memory that other ranks than the master had.
    memory: BTreeMap<Rank, u64>,
}

impl Report {
    /// A call of the loop with this name has ended.
    pub(crate) fn add(&mut self, name: &str, mut sums: Sums) {
        for (rank, most) in mem::take(&mut sums.memory) {
            raise(&mut self.memory, rank, most);
        }
        self.inside += sums.wall;
        if let Some(known) = self.loops.get_mut(name) {
            known.add(sums);
        } else {
            self.order.push(name.to_owned());
            self.loops.insert(name.to_owned(), sums);
        }
    }

    /// Whether iterations of the loop with this name take long enough to be timed, as far as is known.
    pub(crate) fn is_worth_timing(&self, name: &str) -> bool {
        self.loops.get(name).is_none_or(Sums::is_worth_timing)
    }

    /// What the last call of the loop with this name returned has gone to all ranks: so many bytes to each, which took so long.
    pub(crate) fn spread(&mut self, name: &str, bytes: u64, time: Duration) {
        if let Some(sums) = self.loops.get_mut(name) {
            self.inside += time;
            sums.spread(bytes, time);
        }
    }

    /// Whether no loop has ended.
    pub(crate) fn is_empty(&self) -> bool {
        self.order.is_empty()
    }
}
