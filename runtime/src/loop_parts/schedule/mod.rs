//! Which iterations go together in a chunk, and who runs it: indices in, chunks out.
//!
//! Invariant of every policy: the chunks handed out are disjoint, each one's start is larger than
//! that of all chunks handed to the same rank before, and together they cover every iteration
//! exactly once. Policies are pure: no clock, no messages.

mod adapter;
mod average;
mod blocks;
mod managed;
mod memory;
mod rest;
mod rivals;
mod round_robin;

#[cfg(test)]
mod tests;

use std::fmt::Debug;
use std::ops::Range;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub(crate) use adapter::Adapter;
pub(crate) use blocks::Blocks;
pub(crate) use managed::Managed;
pub(crate) use memory::{CostMemory, Expected};
pub(crate) use rest::{Finished, rest};
pub(crate) use rivals::{Pace, Paces};
pub(crate) use round_robin::RoundRobin;

use crate::base::rank::Rank;

/// How a loop's iterations are divided among the ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Schedule {
    /// The master hands out chunks on request (dlp_mpi's `split_managed`). Without a `chunk`
    /// size it measures the iterations and chooses sizes itself.
    ///
    /// *Recommended* for everything that is not known to be perfectly even: long, short and uneven
    /// iterations, machines of different speed.
    Managed {
        /// Iterations per chunk; `None` lets the manager choose.
        chunk: Option<u64>,
    },
    /// Rank `r` of `size` runs the iterations `r`, `r + size`, … (dlp_mpi's `split_round_robin`).
    ///
    /// *Recommended* where an iteration must run on the same rank in every run.
    RoundRobin,
    /// Rank `r` of `size` runs the `r`-th of `size` contiguous blocks of nearly equal length.
    ///
    /// *Recommended* where neighbouring iterations share what the rank keeps (files, caches) and
    /// cost the same.
    Blocks,
}

impl Schedule {
    /// Whether the ranks must ask the master for their chunks.
    pub(crate) fn is_managed(self) -> bool {
        matches!(self, Schedule::Managed { .. })
    }

    /// How many iterations a chunk has to have, if that is said.
    pub(crate) fn chunk(self) -> Option<u64> {
        match self {
            Schedule::Managed { chunk } => chunk,
            Schedule::RoundRobin | Schedule::Blocks => None,
        }
    }

    /// The same where each iteration is a chunk by itself.
    pub(crate) fn one_by_one(self) -> Self {
        match self {
            Self::Managed { .. } => Self::Managed { chunk: Some(1) },
            Self::RoundRobin | Self::Blocks => self,
        }
    }

    /// The same among so many ranks: where there is one, nobody asks whose an iteration is.
    pub(crate) fn among(self, ranks: usize) -> Self {
        if ranks == 1 && !self.is_managed() {
            Self::Managed { chunk: None }
        } else {
            self
        }
    }
}

/// How many iterations there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// So many.
    Exact(u64),
    /// So many, as an iterator says that nobody vouches for: the end is where the items end.
    Hint(u64),
    /// The end is where the items end.
    Unknown,
}

impl Length {
    /// How many there seem to be.
    pub(crate) fn hint(self) -> Option<u64> {
        match self {
            Self::Exact(length) | Self::Hint(length) => Some(length),
            Self::Unknown => None,
        }
    }

    /// Whether these iterations are all, beyond doubt.
    pub(crate) fn is_over(self, iterations: u64) -> bool {
        self.exact() == Some(iterations)
    }

    /// How many there are beyond doubt.
    fn exact(self) -> Option<u64> {
        match self {
            Self::Exact(length) => Some(length),
            Self::Hint(_) | Self::Unknown => None,
        }
    }
}

/// A division of `0..length` (or of an unknown length) into chunks.
pub(crate) trait Policy: Debug + Send {
    /// The next chunk for this rank. It may reach beyond the end of a loop whose length is not exactly
    /// known, and one does before the last `None`.
    fn next(&mut self, rank: Rank) -> Option<Range<u64>>;

    /// Of the chunk that was handed out last, to this rank, the rest is to be handed out once more.
    fn put_back(&mut self, rank: Rank, rest: Range<u64>);

    /// So many iterations were run before all others, where nobody asks whose they are.
    fn skip(&mut self, iterations: u64) {
        assert_eq!(iterations, 0, "only a managed loop begins elsewhere");
    }

    /// No chunk should have more iterations, unless it is said how many they have.
    fn at_most(&mut self, _iterations: u64) {}

    /// The loop turned out to have `length` iterations.
    fn ends_at(&mut self, length: u64);

    /// `iterations` of them took `busy` on one thread.
    fn measured(&mut self, _iterations: u64, _busy: Duration) {}

    /// Whether the threads of one process run what is left, as far as that is known now.
    fn stays_here(&mut self, _here: bool) {}

    /// How many nanoseconds an iteration takes on average, as far as that was measured.
    fn cost(&self) -> Option<f64> {
        None
    }

    /// Making `items` took this rank so long.
    fn made(&mut self, _items: u64, _time: Duration) {}

    /// Whether making items takes so much longer than running iterations that other ranks, which make
    /// all items up to their own, would be of no help.
    fn hoards(&self) -> bool {
        false
    }

    /// What each thread should hold in reserve, beside the chunk that it runs, if fetching one takes a `round_trip`.
    fn reserve(&self, _round_trip: Duration) -> Option<Reserve> {
        None
    }

    /// What is still to be handed out, as far as it is known.
    fn outlook(&self) -> Option<Outlook> {
        None
    }

    /// Where the schedule alone decides: whose iteration this is, and how many of the same rank
    /// follow each other from it on.
    fn owner(&self, _iteration: u64) -> Option<(Rank, u64)> {
        None
    }

    /// Whether nobody can run this iteration: the length was believed, and it is beyond.
    fn is_surplus(&self, _iteration: u64) -> bool {
        false
    }
}

/// Chunks that a thread holds beside the one it runs: as many as it would run while it fetches another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reserve {
    /// So long a chunk is meant to take.
    pub(crate) chunk: Duration,
    /// The variance of the time of an iteration, divided by its average.
    pub(crate) spread: Duration,
    /// More would be too large a part of what is left.
    pub(crate) most: u32,
}

/// From a rank that is not farther than this, one chunk in reserve hides the way.
pub(crate) const NEAR: Duration = Duration::from_millis(4);

/// Whether a rank with this round trip is far.
pub(crate) fn is_far(round_trip: Duration) -> bool {
    round_trip > NEAR
}

/// No thread holds more chunks in reserve, however far it is from the master, or while it is near. The second is small: an
/// iteration that takes far longer than those before delays what lies behind it.
pub(crate) const DEEPEST: u32 = 256;
const DEEPEST_NEAR: u32 = 4;

impl Reserve {
    /// How many chunks a thread holds in reserve that waits for a `round_trip` until it has another one.
    pub(crate) fn depth(self, round_trip: Duration) -> u32 {
        let deepest = if is_far(round_trip) {
            DEEPEST
        } else {
            DEEPEST_NEAR
        };
        let round_trip = round_trip.as_nanos();
        // Iterations that turn out to be short, twice the standard deviation.
        let short = 2 * round_trip.saturating_mul(self.spread.as_nanos()).isqrt();
        let meanwhile = round_trip
            .saturating_add(short)
            .div_ceil(self.chunk.as_nanos().max(1))
            .min(deepest.into());
        let depth = u32::try_from(meanwhile).unwrap_or(self.most);
        depth.min(self.most).max(1)
    }
}

/// The time of one thread that iterations take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outlook {
    pub(crate) one: Duration,
    /// All that are not handed out.
    pub(crate) left: Duration,
}

/// The number of threads that run bodies, on this rank and in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Workforce {
    pub(crate) ranks: usize,
    pub(crate) threads: usize,
}

/// The policy of one loop.
pub(crate) fn policy(schedule: Schedule, length: Length, force: Workforce) -> Box<dyn Policy> {
    match schedule {
        Schedule::Managed { chunk } => Box::new(Managed::new(length, force, chunk)),
        Schedule::RoundRobin => Box::new(RoundRobin::new(length, force.ranks)),
        Schedule::Blocks => Box::new(Blocks::new(length, force)),
    }
}

/// How many iterations of so many nanoseconds each fit into some time.
fn fitting(time: Duration, cost: f64) -> u64 {
    // The float to integer conversion saturates, and a cost of 0 is no number of iterations.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "see above"
    )]
    let fitting = (time.as_nanos() as f64 / cost.max(1e-3)) as u64;
    fitting
}
