//! The simulation itself: events in the order of their times.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};
use std::mem;
use std::ops::Range;
use std::time::Duration;

use super::world::{Rumour, World, step};
use crate::base::rank::{MASTER, Rank};
use crate::loop_parts::schedule::{Reserve, Workforce, policy};
use crate::protocol::manager::{Found, Manager, Then, Wish};
use crate::protocol::message::{Cause, Halt, Wants};
use crate::protocol::worker::Worker;

/// How often the master looks whether it can grant a wish, when nothing has come.
const LOOKS: Duration = Duration::from_millis(1);

/// What came of a loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) time: Duration,
    /// How many times each iteration was run.
    #[cfg(test)]
    pub(super) runs: Vec<u32>,
    #[cfg(test)]
    pub(super) left_by: Option<u64>,
    /// The most chunks that a rank had at a time.
    #[cfg(test)]
    pub(super) most_held: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Happening {
    /// A thread of a rank has run a chunk, up to the iteration that left the loop, if one did.
    Ran {
        rank: Rank,
        start: u64,
        end: u64,
        left: Option<u64>,
    },
    /// Number in `requests`.
    Asked(usize),
    /// Number in `orders`.
    Ordered(usize),
    /// A rank hears that the loop has been left.
    Until {
        rank: Rank,
        iteration: u64,
    },
    Looks,
}

#[derive(Clone, Debug)]
struct Asked {
    rank: Rank,
    finished: Option<(Range<u64>, Duration, Option<u64>)>,
    wants: Wants,
}

#[derive(Clone, Debug)]
struct Ordered {
    rank: Rank,
    chunk: Range<u64>,
    reserve: Option<Reserve>,
    waited: Option<Duration>,
}

/// A rank other than the master.
#[derive(Debug)]
struct Site {
    worker: Worker,
    waiting: VecDeque<Range<u64>>,
    idle: usize,
    until: u64,
}

struct Run<'a> {
    world: &'a World,
    now: Duration,
    manager: Manager,
    sites: Vec<Site>,
    idle_at_master: usize,
    /// What comes next; of two at a time, what was announced first.
    agenda: BinaryHeap<Reverse<(Duration, usize, Happening)>>,
    announced: usize,
    requests: Vec<Asked>,
    orders: Vec<Ordered>,
    /// When the last message of a pair of ranks arrives: they keep their order.
    arrivals: BTreeMap<(Rank, Rank), Duration>,
    told: u64,
    seed: u64,
    /// What the master's core has not done yet for what other ranks have handed in.
    owed: Duration,
    outcome: Outcome,
}

/// Runs the loop to its end.
pub(crate) fn run(world: &World) -> Outcome {
    let ranks = world.one_way.len();
    let force = Workforce {
        ranks,
        threads: ranks * world.threads,
    };
    let policy = policy(world.schedule, world.said, force);
    let site = |one_way: Duration| {
        let before = match world.rumour {
            Rumour::Known => 2 * one_way,
            Rumour::Far => Duration::MAX,
            Rumour::Truth | Rumour::Near | Rumour::Changing => Duration::ZERO,
        };
        Site {
            worker: Worker::new(world.threads, before),
            waiting: VecDeque::new(),
            idle: world.threads,
            until: u64::MAX,
        }
    };
    let mut run = Run {
        world,
        now: Duration::ZERO,
        manager: Manager::new(policy, world.threads),
        sites: world.one_way.iter().map(|&one_way| site(one_way)).collect(),
        idle_at_master: if world.master_works { world.threads } else { 0 },
        agenda: BinaryHeap::new(),
        announced: 0,
        requests: Vec::new(),
        orders: Vec::new(),
        arrivals: BTreeMap::new(),
        told: u64::MAX,
        seed: world.seed,
        owed: Duration::ZERO,
        outcome: Outcome {
            time: Duration::ZERO,
            #[cfg(test)]
            runs: vec![0; world.costs.len()],
            #[cfg(test)]
            left_by: None,
            #[cfg(test)]
            most_held: 0,
        },
    };
    if world.weighs {
        run.manager.weigh(None);
    }
    for rank in 1..ranks {
        run.ask(rank, None);
    }
    run.at(LOOKS, Happening::Looks);
    run.manage();
    while !run.manager.is_over() {
        let Reverse((now, _, happening)) = run.agenda.pop().expect("a loop has an end");
        run.now = now;
        run.happens(happening);
        run.manage();
    }
    run.outcome.time = run.now + run.owed;
    #[cfg(test)]
    {
        run.outcome.left_by = run.manager.halt().map(|halt| halt.iteration);
    }
    run.outcome
}

impl Run<'_> {
    fn at(&mut self, then: Duration, happening: Happening) {
        self.announced += 1;
        let entry = (then, self.announced, happening);
        self.agenda.push(Reverse(entry));
    }

    fn chance(&mut self) -> u64 {
        self.seed = step(self.seed);
        self.seed >> 1
    }

    /// When a message that is sent now is heard.
    fn heard(&mut self, from: Rank, to: Rank) -> Duration {
        let unheard = u64::try_from(self.world.unheard.as_nanos()).unwrap().max(1);
        let unheard = Duration::from_nanos(self.chance() % unheard);
        let far = self.world.one_way[from.max(to)];
        let arrival = self.arrivals.entry((from, to)).or_default();
        *arrival = (*arrival).max(self.now + far + unheard);
        *arrival
    }

    fn happens(&mut self, happening: Happening) {
        match happening {
            Happening::Ran {
                rank: MASTER,
                start,
                end,
                left,
            } => {
                self.idle_at_master += 1;
                self.came_back(MASTER, &(start..end), left);
            }
            Happening::Ran {
                rank,
                start,
                end,
                left,
            } => {
                let site = &mut self.sites[rank];
                site.idle += 1;
                site.worker.finish();
                let ran = start..left.unwrap_or(end);
                let busy = self.world.costs[index(ran.start)..index(ran.end)]
                    .iter()
                    .sum();
                self.ask(rank, Some((start..end, busy, left)));
                self.start(rank);
            }
            Happening::Asked(number) => {
                let Asked {
                    rank,
                    finished,
                    wants,
                } = self.requests[number].clone();
                if let Some((chunk, _, left)) = finished {
                    self.came_back(rank, &chunk, left);
                    self.carry(&chunk);
                }
                self.manager.wish(rank, wants, Some(self.now));
            }
            Happening::Ordered(number) => {
                let Ordered {
                    rank,
                    chunk,
                    reserve,
                    waited,
                } = self.orders[number].clone();
                let site = &mut self.sites[rank];
                site.worker.receive(self.now, reserve, waited);
                site.waiting.push_back(chunk);
                self.start(rank);
                self.ask(rank, None);
            }
            Happening::Until { rank, iteration } => {
                let until = &mut self.sites[rank].until;
                *until = iteration.min(*until);
            }
            Happening::Looks => self.at(self.now + LOOKS, Happening::Looks),
        }
    }

    fn carry(&mut self, chunk: &Range<u64>) {
        let (message, one) = self.world.carrying;
        let iterations = chunk.end - chunk.start;
        let time = message + one * u32::try_from(iterations).unwrap();
        self.owed += time;
        self.manager.carried(iterations, time);
    }

    /// What a rank says to the manager, if there is anything.
    fn ask(&mut self, rank: Rank, finished: Option<(Range<u64>, Duration, Option<u64>)>) {
        let mut wants = self.sites[rank].worker.ask(self.now);
        if finished.is_none() && wants.chunks == 0 {
            return;
        }
        match self.world.rumour {
            Rumour::Truth | Rumour::Known => {}
            Rumour::Near => wants.round_trip = Duration::ZERO,
            Rumour::Far => wants.round_trip = Duration::MAX,
            Rumour::Changing => wants.round_trip = Duration::from_micros(self.chance() % 500_000),
        }
        let then = self.heard(rank, MASTER);
        self.requests.push(Asked {
            rank,
            finished,
            wants,
        });
        self.at(then, Happening::Asked(self.requests.len() - 1));
    }

    /// A rank's idle threads take what has come.
    fn start(&mut self, rank: Rank) {
        while self.sites[rank].idle > 0
            && let Some(chunk) = self.sites[rank].waiting.pop_front()
        {
            self.sites[rank].idle -= 1;
            let until = self.sites[rank].until;
            self.begin(rank, chunk, until);
        }
    }

    fn begin(&mut self, rank: Rank, chunk: Range<u64>, until: u64) {
        let mut time = match rank {
            MASTER => mem::take(&mut self.owed),
            _ => Duration::ZERO,
        };
        let mut left = None;
        for iteration in chunk.clone().take_while(|&iteration| iteration <= until) {
            #[cfg(test)]
            {
                self.outcome.runs[index(iteration)] += 1;
            }
            time += self.world.costs[index(iteration)];
            if self.world.leaving.contains(&iteration) {
                left = Some(iteration);
                break;
            }
        }
        let Range { start, end } = chunk;
        let ran = Happening::Ran {
            rank,
            start,
            end,
            left,
        };
        self.at(self.now + time, ran);
    }

    fn came_back(&mut self, rank: Rank, chunk: &Range<u64>, left: Option<u64>) {
        if let Some(iteration) = left {
            self.manager.stop_at(Halt {
                iteration,
                rank,
                host: String::new(),
                cause: Cause::Left,
            });
        }
        let ran = index(chunk.start)..index(left.unwrap_or(chunk.end));
        let busy = self.world.costs[ran].iter().sum();
        self.manager.finish(rank, chunk, None, busy).unwrap();
    }

    /// The master's turn.
    fn manage(&mut self) {
        if let Some(iteration) = self.manager.halt().map(|halt| halt.iteration)
            && iteration < self.told
        {
            self.told = iteration;
            for rank in 1..self.sites.len() {
                let then = self.heard(MASTER, rank);
                self.at(then, Happening::Until { rank, iteration });
            }
        }
        while let Some(wish) = self.manager.next_wish(self.now) {
            let Wish { rank, heard, .. } = wish;
            let Some(chunk) = self.lease(rank) else {
                break;
            };
            let then = self.heard(MASTER, rank);
            let mut reserve = self.manager.reserve(rank);
            if let (Some(reserve), Rumour::Near) = (&mut reserve, self.world.rumour) {
                reserve.most = 1;
            }
            self.orders.push(Ordered {
                rank,
                chunk,
                reserve,
                waited: heard.map(|heard| self.now.saturating_sub(heard)),
            });
            self.at(then, Happening::Ordered(self.orders.len() - 1));
        }
        while self.idle_at_master > 0
            && let Some(chunk) = self.lease(MASTER)
        {
            self.idle_at_master -= 1;
            self.begin(MASTER, chunk, self.told);
        }
    }

    fn lease(&mut self, rank: Rank) -> Option<Range<u64>> {
        let chunk = self.manager.offer(rank)?;
        let length = self.world.costs.len() as u64;
        let found = Found {
            length: chunk.end.min(length).saturating_sub(chunk.start),
            digest: 0,
            then: if chunk.end > length {
                Then::End
            } else {
                Then::More
            },
        };
        let chunk = self.manager.found(rank, chunk, found)?;
        #[cfg(test)]
        {
            let held = self.manager.held.iter().max().copied().unwrap_or(0);
            self.outcome.most_held = self.outcome.most_held.max(held);
        }
        Some(chunk)
    }
}

fn index(iteration: u64) -> usize {
    usize::try_from(iteration).unwrap()
}
