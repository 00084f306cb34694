//! One call, while it runs.
//!
//! The master hears of another rank's chunk when its part has come. That a thread has nothing more to run is taken from when the
//! last chunks of its rank were finished, one for each of the rank's threads.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use super::{Loss, Sums, raise};
use crate::base::rank::Rank;
use crate::loop_parts::items::Slowest;
use crate::loop_parts::options::Shown;
use crate::loop_parts::schedule::Workforce;
use crate::observe::called::name;
use crate::observe::{Event, Stage, WORTH};
use crate::protocol::message::Entry;

/// See the module.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) name: String,
    /// Whether it runs iterations.
    pub(crate) iterates: bool,
    since: Duration,
    /// Whether its iterations are worth timing, by what is known of earlier calls.
    worth: bool,
    /// The threads of each rank.
    threads: usize,
    sums: Sums,
    /// For so long parts were encoded and decoded.
    coding: Duration,
    /// When the last chunks of each rank were finished, the latest last.
    finished: BTreeMap<Rank, VecDeque<Duration>>,
}

impl Call {
    /// A call that is entered now.
    pub(crate) fn new(
        entry: &Entry,
        shown: Option<Shown>,
        force: Workforce,
        now: Duration,
    ) -> Self {
        Self {
            name: name(entry, shown),
            iterates: entry.call.iterates(),
            since: now,
            worth: true,
            threads: (force.threads / force.ranks).max(1),
            sums: Sums {
                calls: 1,
                threads: force.threads,
                ranks: force.ranks,
                ..Sums::default()
            },
            coding: Duration::ZERO,
            finished: BTreeMap::new(),
        }
    }

    /// The same, of a loop whose iterations are known to be worth timing, or not.
    pub(crate) fn timed(self, worth: bool) -> Self {
        Self { worth, ..self }
    }

    /// Something has happened to it now.
    pub(crate) fn notice(&mut self, event: &Event<'_>, now: Duration) {
        let (rank, chunks, cost, bytes) = match event {
            Event::Finished {
                rank,
                chunks,
                cost,
                bytes,
                memory,
            } => {
                if let Some(most) = *memory {
                    raise(&mut self.sums.memory, *rank, most);
                }
                (rank, chunks, cost, *bytes)
            }
            Event::Handled {
                stage: Stage::Encoding | Stage::Decoding,
                span,
                ..
            } => {
                self.coding += Duration::from_nanos(span.ended.saturating_sub(span.begun));
                return;
            }
            _ => return,
        };
        let sums = &mut self.sums;
        sums.bytes += bytes as u64;
        let iterations = chunks.iter().map(|chunk| chunk.end - chunk.start);
        sums.items += iterations.sum::<u64>();
        sums.chunks += chunks.len() as u64;
        sums.busy += Duration::from_nanos(cost.nanos);
        let worth = |slowest: &Slowest| Duration::from_nanos(slowest.nanos) >= WORTH;
        if let Some(slowest) = cost.slowest.filter(worth) {
            sums.slowest.push((slowest, *rank));
            if sums.slowest.len() >= 100 {
                sums.keep_slowest();
            }
        }
        let finished = self.finished.entry(*rank).or_default();
        finished.push_back(now);
        if finished.len() > self.threads {
            finished.pop_front();
        }
    }

    /// Whether iterations take long enough to be timed.
    pub(crate) fn is_worth_timing(&self) -> bool {
        if self.sums.items == 0 {
            self.worth
        } else {
            self.sums.is_worth_timing()
        }
    }

    /// How many ranks make it.
    pub(crate) fn ranks(&self) -> usize {
        self.sums.ranks
    }

    /// What it took, as it ends now.
    pub(crate) fn end(mut self, now: Duration) -> Sums {
        let threads = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let wall = now.saturating_sub(self.since);
        let all = self.sums.threads;
        let ends = self.finished.values().flatten();
        let over = ends.clone().max().copied().unwrap_or(self.since);
        let used: usize = self.finished.values().map(VecDeque::len).sum();
        let unused = all.saturating_sub(used);
        let waited: Duration = ends.map(|&end| over.saturating_sub(end)).sum();
        let sums = &mut self.sums;
        sums.wall = wall;
        sums.whole = wall * threads(all.max(used));
        let mut rest = sums.whole.saturating_sub(sums.busy);
        let lost = [
            (
                Loss::Collecting,
                now.saturating_sub(over) * threads(all.max(used)),
            ),
            (
                Loss::Unused,
                over.saturating_sub(self.since) * threads(unused),
            ),
            (Loss::Last, waited),
            (Loss::Coding, self.coding),
        ];
        for (loss, time) in lost {
            let time = time.min(rest);
            sums.lost[loss as usize] = time;
            rest -= time;
        }
        sums.lost[Loss::Handling as usize] = rest;
        sums.keep_slowest();
        self.sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loop_parts::items::Cost;
    use crate::observe::called::tests::entry;
    use std::slice;

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn call(ranks: usize, threads: usize) -> Call {
        Call::new(
            &entry(Some(100)),
            None,
            Workforce { ranks, threads },
            at(100),
        )
    }

    fn finish(call: &mut Call, rank: Rank, millis: u64, now: Duration) {
        let nanos = millis * 1_000_000;
        let chunk = 0..10;
        let event = Event::Finished {
            rank,
            chunks: slice::from_ref(&chunk),
            cost: Cost {
                nanos,
                slowest: Some(Slowest {
                    iteration: millis,
                    nanos,
                }),
                span: None,
            },
            bytes: 0,
            memory: None,
        };
        call.notice(&event, now);
    }

    /// All but what follows a call, and what was not told of.
    fn lost(sums: &Sums) -> [Duration; 4] {
        [Loss::Unused, Loss::Last, Loss::Collecting, Loss::Handling]
            .map(|loss| sums.lost[loss as usize])
    }

    #[test]
    fn all_time_of_all_threads_is_somewhere() {
        let mut call = call(2, 4);
        finish(&mut call, 0, 10, at(110));
        finish(&mut call, 0, 20, at(120));
        finish(&mut call, 0, 15, at(130));
        finish(&mut call, 1, 40, at(150));
        let sums = call.end(at(160));
        assert_eq!((sums.items, sums.chunks), (40, 4));
        assert_eq!(
            (sums.wall, sums.whole, sums.busy),
            (at(60), at(240), at(85))
        );
        // One thread of rank 1 had nothing, two of rank 0 waited from 120 and 130 on.
        assert_eq!(lost(&sums), [at(50), at(50), at(40), at(15)]);
        let all: Duration = sums.lost.iter().sum::<Duration>() + sums.busy;
        assert_eq!(all, sums.whole);
        assert_eq!(sums.slowest[0].0.iteration, 40);
    }

    #[test]
    fn nothing_is_lost_twice_whatever_is_heard() {
        let mut call = call(1, 1);
        // Chunks whose costs are more than the time that there was.
        finish(&mut call, 0, 500, at(110));
        finish(&mut call, 1, 500, at(300));
        let sums = call.end(at(120));
        assert_eq!(lost(&sums), [Duration::ZERO; 4]);
        let empty = Call::new(
            &entry(None),
            None,
            Workforce {
                ranks: 1,
                threads: 2,
            },
            at(100),
        );
        let sums = empty.end(at(110));
        assert_eq!(
            lost(&sums),
            [Duration::ZERO, Duration::ZERO, at(20), Duration::ZERO]
        );
    }

    #[test]
    fn calls_are_summed() {
        let mut one = call(1, 2);
        finish(&mut one, 0, 10, at(110));
        let mut sums = one.end(at(120));
        let mut other = call(1, 2);
        finish(&mut other, 0, 30, at(140));
        sums.add(other.end(at(140)));
        assert_eq!((sums.calls, sums.items, sums.wall), (2, 20, at(60)));
        assert_eq!(sums.slowest[0].0.iteration, 30);
        assert_eq!(sums.busy + sums.lost.iter().sum::<Duration>(), sums.whole);
    }

    #[test]
    fn cheap_iterations_are_not_timed() {
        let mut call = call(1, 1);
        assert!(call.is_worth_timing());
        finish(&mut call, 0, 1, at(110));
        assert!(call.is_worth_timing());
        for _ in 0..1000 {
            finish(&mut call, 0, 0, at(110));
        }
        assert!(!call.is_worth_timing());
        let mut report = super::super::Report::default();
        assert!(report.is_worth_timing("f:1"));
        report.add("f:1", call.end(at(120)));
        assert!(!report.is_worth_timing("f:1"));
        let again = self::call(1, 1);
        assert!(!again.timed(report.is_worth_timing("f:1")).is_worth_timing());
    }
}
