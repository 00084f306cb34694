//! How a chunk is cut into blocks. Pure: the clock is given to it.

use std::time::Duration;

use crate::loop_parts::items::stopwatch::Clock;

/// How many iterations there are in a block: more and more while a block is short.
#[derive(Debug)]
pub(super) struct Pace {
    clock: Clock,
    length: u64,
    /// When the present block began, where another one follows.
    since: Option<u64>,
    /// What the blocks so far have taken, and what they may take.
    spent: Duration,
    most: Option<Duration>,
}

impl Pace {
    /// A block of more iterations than one takes about so long, in nanoseconds: long against looking at the clock,
    /// and what it touches fits into a core's own cache.
    const AIM: u64 = 5_000;
    const GROWTH: u64 = 64;

    /// Never more than so many, whatever the clock says: sums of a block have room for that.
    const MOST: u64 = 1 << 20;

    /// The first block is of so many iterations, and all may take so long.
    pub(super) fn new(clock: Clock, first: u64, most: Option<Duration>) -> Self {
        Self {
            clock,
            length: first.clamp(1, Self::MOST),
            since: None,
            spent: Duration::ZERO,
            most,
        }
    }

    /// The length of the next block, where so many iterations are left; `None` where there is no time for one.
    pub(super) fn next(&mut self, left: u64) -> Option<u64> {
        let now = self.since.map(|since| (since, (self.clock)()));
        if let Some((since, now)) = now {
            let took = now.saturating_sub(since);
            self.length = Self::longer(self.length, took);
            self.spent += Duration::from_nanos(took);
        }
        if self.most.is_some_and(|most| self.spent > most) {
            return None;
        }
        let length = self.length.min(left);
        if length < left {
            self.since = Some(now.map_or_else(self.clock, |(_, now)| now));
        }
        Some(length)
    }

    /// After a block of this length, which took so many nanoseconds.
    fn longer(length: u64, nanos: u64) -> u64 {
        let fitting = u128::from(length) * u128::from(Self::AIM) / u128::from(nanos.max(1));
        let fitting = u64::try_from(fitting).unwrap_or(u64::MAX);
        fitting.clamp(1, length.saturating_mul(Self::GROWTH).min(Self::MOST))
    }
}
