//! What ranks wish for, in the order of asking, and whose wishes wait: of a far rank that holds enough, and where nearer
//! ones will have run what is left before it could bring it back. Pure.
//!
//! Invariant: no wish waits forever. A rank that waits because it holds enough will bring some of it back. One whose wish
//! is put off waits while nearer ranks have chunks, for a round trip at a time, and only as long as they get half of
//! what was left done in each.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use crate::base::rank::Rank;
use crate::loop_parts::schedule::{Outlook, Policy, is_far};
use crate::protocol::message::Wants;

/// No round trip is believed to take longer.
const FARTHEST: Duration = Duration::from_secs(1);

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Wishes {
    queue: VecDeque<Asked>,
    /// The round trips of ranks that are far.
    far: BTreeMap<Rank, Duration>,
    put_off: BTreeMap<Rank, PutOff>,
}

/// A rank wishes for some chunks.
#[derive(Clone, Copy, Debug)]
struct Asked {
    rank: Rank,
    chunks: u32,
    /// When this was heard, if it was at once.
    heard: Option<Duration>,
}

/// One of the wishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) rank: Rank,
    /// When it was heard, if it was at once.
    pub(crate) heard: Option<Duration>,
    /// How many chunks each thread of that rank has in reserve, where it is far.
    pub(crate) depth: u32,
}

/// Whether wishes of a rank are put off.
#[derive(Clone, Copy, Debug)]
enum PutOff {
    /// Until then, and longer if at most half of what was `left` is.
    Until { then: Duration, left: Duration },
    /// It was, and nobody else came.
    NoMore,
}

/// The loop at the time of a decision.
#[derive(Clone, Copy, Debug)]
pub(super) struct Present<'a> {
    pub(super) now: Duration,
    pub(super) policy: &'a dyn Policy,
    /// So many chunks each rank holds.
    pub(super) held: &'a [usize],
    /// So many threads each rank has.
    pub(super) threads: usize,
    /// The end is near anyway.
    pub(super) halted: bool,
}

impl Wishes {
    /// A rank wishes for more chunks.
    pub(super) fn add(&mut self, rank: Rank, wants: Wants, heard: Option<Duration>) {
        let Wants { chunks, round_trip } = wants;
        if is_far(round_trip) {
            self.far.insert(rank, round_trip.min(FARTHEST));
        } else if !round_trip.is_zero() {
            self.far.remove(&rank);
        }
        if chunks > 0 {
            self.queue.push_back(Asked {
                rank,
                chunks,
                heard,
            });
        }
    }

    /// A wish that was taken is not granted after all.
    pub(super) fn put_back(&mut self, Wish { rank, heard, .. }: Wish) {
        self.queue.push_front(Asked {
            rank,
            chunks: 1,
            heard,
        });
    }

    /// How long a chunk takes to come to this rank, where that is long.
    pub(super) fn round_trip(&self, rank: Rank) -> Duration {
        self.far.get(&rank).copied().unwrap_or_default()
    }

    /// The wish that is to be granted now, if there is one.
    pub(super) fn next(&mut self, present: &Present<'_>) -> Option<Wish> {
        let index = if self.far.is_empty() {
            0
        } else {
            (0..self.queue.len()).find(|&index| {
                let rank = self.queue[index].rank;
                !self.has_enough(rank, present) && !self.is_put_off(rank, present)
            })?
        };
        self.take(index, present.policy)
    }

    /// The first wish of a rank that fits, near or far.
    pub(super) fn of(&mut self, fits: impl Fn(Rank) -> bool, policy: &dyn Policy) -> Option<Wish> {
        let index = self.queue.iter().position(|asked| fits(asked.rank))?;
        self.take(index, policy)
    }

    fn take(&mut self, index: usize, policy: &dyn Policy) -> Option<Wish> {
        let asked = self.queue.get_mut(index)?;
        let Asked { rank, heard, .. } = *asked;
        asked.chunks -= 1;
        if asked.chunks == 0 {
            self.queue.remove(index);
        }
        let depth = self.depth(rank, policy);
        Some(Wish { rank, heard, depth })
    }

    /// How many chunks each thread of a far rank has in reserve.
    fn depth(&self, rank: Rank, policy: &dyn Policy) -> u32 {
        let deep = |&round_trip: &Duration| Some(policy.reserve(round_trip)?.depth(round_trip));
        self.far.get(&rank).and_then(deep).unwrap_or(0)
    }

    /// Whether a far rank has what it runs while a chunk comes. One that is asked for before reserves end is granted.
    fn has_enough(&self, rank: Rank, present: &Present<'_>) -> bool {
        let depth = self.depth(rank, present.policy).max(1) as usize;
        let most = present.threads.saturating_mul(1 + depth);
        let held = present.held.get(rank).copied().unwrap_or_default();
        self.far.contains_key(&rank) && held >= most
    }

    fn is_put_off(&mut self, rank: Rank, present: &Present<'_>) -> bool {
        let Some(&round_trip) = self.far.get(&rank) else {
            return false;
        };
        let Some(Outlook { one, left }) = present.policy.outlook() else {
            return false;
        };
        if present.halted || left.is_zero() {
            return false;
        }
        match self.put_off.get(&rank) {
            Some(PutOff::NoMore) => return false,
            Some(PutOff::Until { then, .. }) if present.now < *then => return true,
            Some(PutOff::Until { left: before, .. }) if left > *before / 2 => {
                self.put_off.insert(rank, PutOff::NoMore);
                return false;
            }
            Some(PutOff::Until { .. }) | None => {}
        }
        let waits = one < round_trip && left < self.nearer(round_trip, present);
        if waits {
            let then = present.now + round_trip;
            self.put_off.insert(rank, PutOff::Until { then, left });
        }
        waits
    }

    /// How much work the ranks that are nearer, and hold chunks, do in the time by which they are.
    fn nearer(&self, round_trip: Duration, present: &Present<'_>) -> Duration {
        let held = present.held.iter().enumerate();
        held.map(|(rank, &held)| {
            let threads = u32::try_from(held.min(present.threads)).unwrap_or(u32::MAX);
            let by = round_trip.saturating_sub(self.round_trip(rank));
            by.saturating_mul(threads)
        })
        .fold(Duration::ZERO, Duration::saturating_add)
    }
}
