//! Chunks for whoever asks: small at first, then a few milliseconds of measured work, and small
//! again towards the end.
//!
//! The cap `remaining / (2 · threads)` is guided self-scheduling (Polychronopoulos and Kuck, 1987),
//! the bound by measured time keeps the manager's answers, and a progress display, fresh.

use std::ops::Range;
use std::time::Duration;

use super::average::Average;
use super::{Length, Outlook, Policy, Reserve, Workforce, fitting};
use crate::base::rank::Rank;

/// Among threads of one process a chunk costs next to nothing, and takes one part in so many of what the loop has
/// taken so far, so that short loops are balanced as well; but no less than this, what is left at the end included.
const SHARE: u32 = 32;
const SHORTEST: Duration = Duration::from_micros(20);
const LAST: Duration = Duration::from_micros(5);

/// The time that a chunk should take, and what each thread in the world adds to it, so that the
/// manager's load stays bounded: at most 50 000 requests a second however many threads there are.
const CHUNK_TIME: Duration = Duration::from_millis(4);
const CHUNK_TIME_PER_THREAD: Duration = Duration::from_micros(20);
/// At the end of the loop no chunk is shorter: a message to another rank, and its answer, take longer than that.
const LAST_BY_MESSAGE: Duration = Duration::from_micros(50);
/// A chunk may be so many times as long as the longest that was measured.
const GROWTH: u64 = 8;
/// Chunks per thread that are left when reserves end: what lies in reserve behind a long iteration
/// would delay the end of the loop.
const TAIL: u64 = 4;
/// A reserve is at most so many times a thread's share of what is left.
const SHARES: u64 = 2;
/// Where iterations take longer than this, and than so many round trips, fetching one costs nothing in comparison.
const LONGEST_RESERVE: Duration = Duration::from_millis(50);
const ROUND_TRIPS: u32 = 16;

/// An item outweighs its iteration where making it takes so many times as long, and so many nanoseconds.
const OUTWEIGHS: f64 = 4.0;
const BRIEF: f64 = 10_000.0;

/// See [`Schedule::Managed`](super::Schedule::Managed).
#[derive(Debug)]
pub(crate) struct Managed {
    next: u64,
    end: Option<u64>,
    /// Whether nothing lies beyond the end.
    exact: bool,
    threads: u64,
    /// Whether all of them are of one process, and whether those of one run what is left.
    shared: bool,
    here: bool,
    fixed: Option<u64>,
    /// More iterations no other chunk has.
    most: u64,
    /// What all iterations took.
    spent: Duration,
    /// Nanoseconds per iteration, once measured; the longer ones count for more.
    cost: Option<f64>,
    /// Those of the last chunks on average.
    average: Average,
    /// The same for making an item.
    making: Option<f64>,
    longest: u64,
}

impl Managed {
    pub(crate) fn new(length: Length, force: Workforce, fixed: Option<u64>) -> Self {
        Self {
            next: 0,
            end: length.hint(),
            exact: length.exact().is_some(),
            threads: force.threads.max(1) as u64,
            shared: force.ranks == 1,
            here: force.ranks == 1,
            fixed,
            most: u64::MAX,
            spent: Duration::ZERO,
            cost: None,
            average: Average::default(),
            making: None,
            longest: 0,
        }
    }

    fn remaining(&self) -> u64 {
        self.end.map_or(u64::MAX, |end| end - self.next)
    }

    /// How many iterations the next chunk should have.
    fn timely(&self, remaining: u64) -> u64 {
        let Some(cost) = self.cost else { return 1 };
        let mut time = self.chunk_time();
        if self.here {
            time = time.min((self.spent / SHARE).max(SHORTEST));
        }
        let most = fitting(time, cost).min(remaining / (2 * self.threads));
        most.max(self.least(cost))
            .min(self.longest.saturating_mul(GROWTH))
            .min(self.most)
    }

    /// How many iterations of this cost every chunk should have.
    fn least(&self, cost: f64) -> u64 {
        let time = if self.here { LAST } else { LAST_BY_MESSAGE };
        fitting(time, cost)
    }

    /// How long a chunk takes where it costs a message.
    fn chunk_time(&self) -> Duration {
        let threads = u32::try_from(self.threads).unwrap_or(u32::MAX);
        CHUNK_TIME + CHUNK_TIME_PER_THREAD * threads
    }
}

impl Policy for Managed {
    fn next(&mut self, _rank: Rank) -> Option<Range<u64>> {
        let length = match self.remaining() {
            0 if self.exact => return None,
            0 => {
                // Whether this is the end shows when its item is asked for.
                self.end = None;
                1
            }
            remaining => self
                .fixed
                .unwrap_or_else(|| self.timely(remaining))
                .clamp(1, remaining),
        };
        let start = self.next;
        self.next += length;
        Some(start..self.next)
    }

    fn put_back(&mut self, _rank: Rank, rest: Range<u64>) {
        self.next = rest.start;
    }

    fn skip(&mut self, iterations: u64) {
        self.next = iterations;
        if self.end.is_some_and(|end| end < iterations) {
            // There were more than was said.
            self.end = None;
        }
    }

    fn at_most(&mut self, iterations: u64) {
        self.most = iterations;
    }

    fn ends_at(&mut self, length: u64) {
        (self.end, self.exact) = (Some(length), true);
        self.next = self.next.min(length);
    }

    fn measured(&mut self, iterations: u64, busy: Duration) {
        if iterations == 0 {
            return;
        }
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let cost = busy.as_nanos() as f64 / iterations as f64;
        // Quick to believe that iterations got longer, slow to believe that they got shorter: a
        // chunk that is too short costs a message, one that is too long costs the balance.
        self.cost = Some(match self.cost {
            Some(before) if cost < before => before + (cost - before) / 2.0,
            _ => cost,
        });
        self.average.measured(iterations, busy);
        self.longest = self.longest.max(iterations);
        self.spent += busy;
    }

    fn stays_here(&mut self, here: bool) {
        self.here = self.shared || here;
    }

    fn cost(&self) -> Option<f64> {
        self.average.one()
    }

    fn made(&mut self, items: u64, time: Duration) {
        if items > 0 {
            #[expect(clippy::cast_precision_loss, reason = "an estimate")]
            let one = time.as_nanos() as f64 / items as f64;
            self.making = Some(
                self.making
                    .map_or(one, |before| before + (one - before) / 4.0),
            );
        }
    }

    fn hoards(&self) -> bool {
        let pair = self.making.zip(self.cost);
        pair.is_some_and(|(making, cost)| making > BRIEF && making > OUTWEIGHS * cost)
    }

    fn reserve(&self, round_trip: Duration) -> Option<Reserve> {
        let one = self.average.time_of(1)?;
        let brief = one < LONGEST_RESERVE.max(round_trip * ROUND_TRIPS);
        let left = self.remaining();
        let least = self.cost.map_or(1, |cost| self.least(cost));
        let early = left / self.fixed.unwrap_or(least).max(1) > TAIL * self.threads;
        // Not what the first chunks have, which become longer.
        let usual = self.cost.map(|cost| fitting(self.chunk_time(), cost));
        let length = self.fixed.or(usual)?.max(1);
        let most = (left / length / self.threads).saturating_mul(SHARES);
        (brief && early).then(|| Reserve {
            chunk: self.average.time_of(length).unwrap_or(one),
            spread: self.average.spread(),
            most: u32::try_from(most).unwrap_or(u32::MAX),
        })
    }

    fn outlook(&self) -> Option<Outlook> {
        self.end?;
        Some(Outlook {
            one: self.average.time_of(1)?,
            left: self.average.time_of(self.remaining())?,
        })
    }
}
