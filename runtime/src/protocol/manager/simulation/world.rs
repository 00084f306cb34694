//! What is simulated.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::loop_parts::schedule::{Length, Schedule};

/// Ranks at distances from the master, and a loop for them.
#[derive(Clone, Debug)]
pub(crate) struct World {
    /// How long a message to or from each rank takes; the first is the master.
    pub(crate) one_way: Vec<Duration>,
    /// How long a message waits at most until somebody looks for it.
    pub(crate) unheard: Duration,
    /// Those of each rank.
    pub(crate) threads: usize,
    /// Whether the master runs iterations, too.
    pub(crate) master_works: bool,
    pub(crate) schedule: Schedule,
    /// What the iterator says of its length.
    pub(crate) said: Length,
    /// How long each iteration takes.
    pub(crate) costs: Vec<Duration>,
    /// What the master's only core has to do for a chunk that another rank hands in: for the message, and for each of
    /// the iterations.
    pub(crate) carrying: (Duration, Duration),
    /// Whether the manager weighs that.
    pub(crate) weighs: bool,
    /// Those that leave the loop.
    pub(crate) leaving: BTreeSet<u64>,
    pub(crate) rumour: Rumour,
    pub(crate) seed: u64,
}

/// What ranks say of their round trips.
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "only the simulation's tests lie")
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rumour {
    /// What they measure.
    Truth,
    /// The same, which they know from the loops before.
    Known,
    /// That they are near. Then nothing is done about distances.
    Near,
    /// That they are very far.
    Far,
    /// Anything.
    Changing,
}

impl World {
    /// One thread on each rank, and a loop of known length.
    pub(crate) fn new(one_way: &[Duration], costs: Vec<Duration>) -> Self {
        Self {
            one_way: one_way.to_vec(),
            unheard: Duration::ZERO,
            threads: 1,
            master_works: true,
            schedule: Schedule::Managed { chunk: None },
            said: Length::Exact(costs.len() as u64),
            costs,
            carrying: (Duration::ZERO, Duration::ZERO),
            weighs: false,
            leaving: BTreeSet::new(),
            rumour: Rumour::Truth,
            seed: 1,
        }
    }

    /// No schedule can be faster: a rank has its first chunk after a request and an order, and its last results are
    /// on their way for as long as a message takes.
    #[cfg(test)]
    pub(crate) fn ideal(&self) -> Duration {
        let work: Duration = self.costs.iter().sum();
        let threads = u32::try_from(self.threads).unwrap();
        let mut away: Vec<Duration> = self.one_way.iter().map(|&one_way| one_way * 3).collect();
        away.sort_unstable();
        let with = |ranks: &[Duration]| {
            let lost: Duration = ranks.iter().sum();
            (work + lost * threads) / (u32::try_from(ranks.len()).unwrap() * threads)
        };
        let best = (1..=away.len()).map(|ranks| with(&away[..ranks])).min();
        best.unwrap_or_default()
    }
}

/// A linear congruential step (Knuth's MMIX constants).
pub(crate) fn step(seed: u64) -> u64 {
    seed.wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407)
        .rotate_right(32)
}
