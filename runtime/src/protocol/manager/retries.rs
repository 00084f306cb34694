//! Iterations that panicked, and which rank runs them again. Pure.
//!
//! Invariants: each one that the loop still needs runs again until it comes to its end or has no more tries; a rank that
//! has tried it gets it once more only when every rank has. So none waits forever: a rank that has not tried it is at work
//! on something else, or asking for work.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::rank::Rank;
use crate::loop_parts::on_error::{Became, Mishap};
use crate::protocol::message::{Cause, Halt};

/// See the module.
#[derive(Debug)]
pub(crate) struct Retries {
    /// How often an iteration runs again.
    more: u32,
    /// The ranks that run iterations.
    ranks: Range<Rank>,
    /// Iterations that wait for a rank.
    open: BTreeMap<u64, Failed>,
    /// Those that run again.
    running: BTreeMap<u64, Failed>,
    /// Of iterations that came to their end, or to that of their tries.
    mishaps: Vec<Mishap>,
}

/// An iteration that panicked.
#[derive(Debug)]
struct Failed {
    panics: u32,
    /// Who has tried it since all had.
    tried: Vec<Rank>,
    /// How many ranks have tried it.
    by: usize,
    /// The last panic.
    halt: Halt,
}

impl Retries {
    /// For iterations that run again so often, on these ranks.
    pub(crate) fn new(more: u32, ranks: Range<Rank>) -> Self {
        Self {
            more,
            ranks,
            open: BTreeMap::new(),
            running: BTreeMap::new(),
            mishaps: Vec::new(),
        }
    }

    /// An iteration panicked. Where it has no more tries, that ends the loop.
    pub(super) fn fail(&mut self, halt: Halt) -> Option<Halt> {
        let mut failed = self
            .running
            .remove(&halt.iteration)
            .unwrap_or_else(|| Failed {
                panics: 0,
                tried: Vec::new(),
                by: 0,
                halt: halt.clone(),
            });
        failed.panics += 1;
        failed.tried.push(halt.rank);
        failed.by = failed.by.max(failed.tried.len());
        if failed.panics > self.more {
            let (panics, ranks) = (failed.panics, failed.by);
            self.tell(&halt, Became::Fatal { panics, ranks });
            return Some(halt);
        }
        if self.ranks.clone().all(|rank| failed.tried.contains(&rank)) {
            failed.tried.clear();
        }
        let iteration = halt.iteration;
        failed.halt = halt;
        self.open.insert(iteration, failed);
        None
    }

    /// The first iteration that this rank is to run again.
    pub(super) fn next(&mut self, rank: Rank) -> Option<Range<u64>> {
        let fitting = |(&iteration, failed): (&u64, &Failed)| {
            (!failed.tried.contains(&rank)).then_some(iteration)
        };
        let iteration = self.open.iter().find_map(fitting)?;
        let failed = self.open.remove(&iteration)?;
        self.running.insert(iteration, failed);
        Some(iteration..iteration + 1)
    }

    /// Whether there is one.
    pub(super) fn has_one_for(&self, rank: Rank) -> bool {
        let mut open = self.open.values();
        open.any(|failed| !failed.tried.contains(&rank))
    }

    /// An iteration came to its end on this rank.
    pub(super) fn finish(&mut self, iteration: u64, rank: Rank) {
        if let Some(Failed { panics, halt, .. }) = self.running.remove(&iteration) {
            self.tell(&halt, Became::Finished { panics, by: rank });
        }
    }

    /// The loop ends in this iteration: those behind it are not needed.
    pub(super) fn until(&mut self, iteration: u64) {
        if let Some(behind) = iteration.checked_add(1) {
            self.open.split_off(&behind);
        }
    }

    /// The first iteration that waits for a rank.
    pub(super) fn first(&self) -> Option<u64> {
        self.open.keys().next().copied()
    }

    /// What became of iterations that panicked.
    pub(super) fn take_mishaps(&mut self) -> Vec<Mishap> {
        std::mem::take(&mut self.mishaps)
    }

    fn tell(&mut self, halt: &Halt, became: Became) {
        if let Cause::Panicked(report) = &halt.cause {
            self.mishaps.push(Mishap {
                iteration: halt.iteration,
                rank: halt.rank,
                host: halt.host.clone(),
                became,
                report: report.clone(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::panicking::PanicReport;

    fn panicked(iteration: u64, rank: Rank) -> Halt {
        Halt {
            iteration,
            rank,
            host: "node".to_owned(),
            cause: Cause::Panicked(Box::new(PanicReport {
                message: "no luck".to_owned(),
                location: None,
                backtrace: None,
            })),
        }
    }

    fn became(retries: &mut Retries) -> Vec<(u64, Rank, Became)> {
        let mishaps = retries.take_mishaps().into_iter();
        let told = mishaps.map(|it| (it.iteration, it.rank, it.became));
        told.collect()
    }

    #[test]
    fn who_has_tried_an_iteration_tries_it_again_when_all_have() {
        let mut retries = Retries::new(4, 0..3);
        for round in 0..2 {
            for rank in [1, 0, 2] {
                if (round, rank) != (0, 1) {
                    assert_eq!(retries.next(rank), Some(7..8), "{round} {rank}");
                }
                let last = retries.fail(panicked(7, rank));
                if (round, rank) == (1, 0) {
                    assert_eq!(last, Some(panicked(7, 0)));
                    let fatal = Became::Fatal {
                        panics: 5,
                        ranks: 3,
                    };
                    assert_eq!(became(&mut retries), [(7, 0, fatal)]);
                    return;
                }
                assert_eq!(last, None);
                let all = rank == 2;
                assert_eq!(retries.has_one_for(rank), all);
                if !all {
                    assert_eq!(retries.next(rank), None);
                }
            }
        }
    }

    #[test]
    fn an_iteration_that_comes_to_its_end_is_told_of() {
        let mut retries = Retries::new(1, 1..3);
        assert_eq!(retries.fail(panicked(9, 2)), None);
        assert_eq!(retries.fail(panicked(4, 1)), None);
        assert_eq!(retries.first(), Some(4));
        assert_eq!(retries.next(2), Some(4..5));
        assert_eq!(retries.next(2), None);
        assert_eq!(retries.next(1), Some(9..10));
        retries.finish(4, 2);
        retries.finish(9, 1);
        retries.finish(5, 1);
        let ended = |by| Became::Finished { panics: 1, by };
        assert_eq!(became(&mut retries), [(4, 1, ended(2)), (9, 2, ended(1))]);
    }

    #[test]
    fn one_behind_the_end_is_not_needed() {
        let mut retries = Retries::new(1, 0..2);
        for iteration in [3, 5, 6] {
            assert_eq!(retries.fail(panicked(iteration, 1)), None);
        }
        retries.until(5);
        assert_eq!(retries.next(0), Some(3..4));
        assert_eq!(retries.next(0), Some(5..6));
        assert_eq!(retries.next(0), None);
        retries.until(u64::MAX);
    }
}
