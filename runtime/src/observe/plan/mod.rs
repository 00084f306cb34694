//! How long a program's loops would take on other numbers of ranks, from what was measured of them here.
//!
//! The calls of a loop are run in simulated time, by the manager that also runs real ones. An iteration that was measured takes
//! what it took; others take what some measured one did, chosen as if at random. Invariant: of the same measurements, the same
//! plan.

mod sample;
mod words;

use std::time::Duration;

use super::WORTH;
use crate::loop_parts::schedule::{Schedule, Workforce};
use crate::protocol::manager::simulation::{World, run};

pub(crate) use sample::Sample;
pub(crate) use words::{Around, words};

/// What was measured of one loop.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    pub(crate) name: String,
    /// Calls that have ended, and one that has not, if it was cut short.
    pub(crate) calls: u64,
    /// The items of all these calls; of one that was cut short, all that it has.
    pub(crate) items: u64,
    /// From the beginning to the end of the calls, as far as they came.
    pub(crate) wall: Duration,
    /// Iterations that were run, and the time that they took.
    pub(crate) run: u64,
    pub(crate) busy: Duration,
    pub(crate) sample: Sample,
    /// Whether the last call was cut short.
    pub(crate) cut: bool,
    /// How many threads ran it here.
    pub(crate) threads: usize,
}

/// What is assumed of a cluster: a message between two ranks takes so long, and whoever manages has so much to do for it.
const MESSAGE: Duration = Duration::from_micros(20);
const HANDLING: Duration = Duration::from_micros(8);

/// A call that is over so soon is run by one thread: no other can come in time.
const BRIEF: Duration = Duration::from_micros(50);

/// What a loop would take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Estimate {
    /// All calls.
    pub(crate) time: Duration,
    /// The longest iteration of a call, times the calls: no number of ranks is faster.
    pub(crate) longest: Duration,
    /// The same of one rank.
    pub(crate) alone: Duration,
}

impl Measured {
    /// What an iteration takes.
    fn each(&self) -> Duration {
        self.busy / u32::try_from(self.run.max(1)).unwrap_or(u32::MAX)
    }

    /// Whether iterations take long enough to be timed one by one.
    pub(crate) fn is_worth_timing(&self) -> bool {
        self.run == 0 || self.each() >= WORTH
    }

    /// All calls of the loop on so many ranks of so many threads each; nearby, where messages take no time.
    pub(crate) fn on(&self, force: Workforce, nearby: bool) -> Estimate {
        let calls = u32::try_from(self.calls.max(1)).unwrap_or(u32::MAX);
        let costs = self.sample.costs(self.items / u64::from(calls.max(1)));
        let alone: Duration = costs.iter().sum();
        let longest = costs.iter().max().copied().unwrap_or_default();
        let time = if alone <= BRIEF || force.threads == 1 {
            alone
        } else {
            let way = if nearby { Duration::ZERO } else { MESSAGE };
            let mut one_way = vec![way; force.ranks];
            one_way[0] = Duration::ZERO;
            let world = World {
                threads: force.threads / force.ranks,
                unheard: MESSAGE,
                carrying: (HANDLING, Duration::ZERO),
                weighs: true,
                schedule: Schedule::Managed { chunk: None },
                ..World::new(&one_way, costs)
            };
            run(&world).time
        };
        Estimate {
            time: time * calls,
            longest: longest * calls,
            alone: alone * calls,
        }
    }
}
