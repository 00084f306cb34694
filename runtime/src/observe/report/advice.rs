//! One sentence of advice, where the figures are clear.

use std::time::Duration;

use super::{Loss, Report, Sums};
use crate::base::phrases::Time;

/// A loss of so much of the time is worth a word.
const MUCH: f64 = 0.2;

/// Calls that are over sooner are not worth a word.
const SHORT: Duration = Duration::from_millis(1);

impl Sums {
    /// How the loop would be faster.
    pub(super) fn advice(&self) -> Option<String> {
        let per_call = self.wall / u32::try_from(self.calls.max(1)).unwrap_or(u32::MAX);
        let each = Time(self.each());
        if self.threads < 2 || self.items == 0 {
            return None;
        }
        if per_call < SHORT {
            let calls = self.calls > 1 && self.lost(Loss::Unused) > MUCH;
            return calls.then(|| {
                format!(
                    "a call takes {}, too short for other threads to come: distribute the loop around it instead",
                    Time(per_call)
                )
            });
        }
        let speed = self.busy.as_secs_f64() / self.wall.as_secs_f64();
        if speed < 1.0 && self.each() < Duration::from_micros(1) {
            return Some(format!(
                "iterations of {each} cost less than sharing them: this loop is faster without the attribute"
            ));
        }
        let slowest = self.slowest.first().filter(|_| self.calls == 1);
        if let Some((slowest, _)) = slowest {
            let took = Duration::from_nanos(slowest.nanos);
            let share = took.as_secs_f64() / self.wall.as_secs_f64();
            if share > 0.5 && self.items > 1 && self.lost(Loss::Last) > MUCH {
                return Some(format!(
                    "iteration {} alone took {} of the loop: divide its work, no more threads can help",
                    slowest.iteration,
                    Percent(share)
                ));
            }
        }
        let last = self.lost(Loss::Last);
        if last > MUCH {
            return Some(format!(
                "{} of the time went by waiting for the last iterations: sort the items by cost, the longest first",
                Percent(last)
            ));
        }
        let unused = self.lost(Loss::Unused);
        if unused > MUCH {
            return Some(format!(
                "{} of the time some threads had nothing: {} items on {} threads are too few, or too quickly done",
                Percent(unused),
                self.items,
                self.threads
            ));
        }
        let collecting =
            self.lost(Loss::Collecting) + self.lost(Loss::Spreading) + self.lost(Loss::Coding);
        if collecting > MUCH {
            let cure = if self.ranks > 1 {
                "let iterations return less, or only the master have the outputs, by `gather = master`"
            } else {
                "let iterations return less"
            };
            return Some(format!(
                "{} of the time went into collecting what iterations return: {cure}",
                Percent(collecting)
            ));
        }
        let handling = self.lost(Loss::Handling);
        (handling > MUCH).then(|| {
            format!(
                "{} of the time went into handing out chunks, for iterations of {each}: let an iteration do more",
                Percent(handling)
            )
        })
    }
}

impl Report {
    /// The same for what is outside of loops, of a program that ran so long on so many ranks.
    pub(super) fn advice(&self, wall: Duration, ranks: usize) -> Option<String> {
        let outside = wall.saturating_sub(self.inside);
        let share = outside.as_secs_f64() / wall.as_secs_f64();
        (ranks > 1 && share > 0.5 && outside > Duration::from_secs(1)).then(|| {
            format!(
                "{} of the time is outside of loops, where every rank does the same: let `on_master` do what one rank \
                 can do for all",
                Percent(share)
            )
        })
    }
}

/// A part of one.
pub(super) struct Percent(pub(super) f64);

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.0} %", 100.0 * self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loop_parts::items::Slowest;

    /// A loop of a second on four threads, of which each loss was this part.
    fn sums([unused, waited, collecting, handling]: [f64; 4]) -> Sums {
        let parts = [
            unused,
            waited,
            collecting / 2.0,
            collecting / 4.0,
            collecting / 4.0,
            handling,
        ];
        let whole = Duration::from_secs(4);
        let lost = parts.map(|part| whole.mul_f64(part));
        Sums {
            calls: 1,
            items: 100,
            chunks: 10,
            threads: 4,
            ranks: 2,
            wall: Duration::from_secs(1),
            whole,
            busy: whole.saturating_sub(lost.iter().sum()),
            lost,
            ..Sums::default()
        }
    }

    #[test]
    fn a_good_loop_needs_no_advice() {
        assert_eq!(sums([0.05, 0.1, 0.1, 0.1]).advice(), None);
        assert_eq!(Sums::default().advice(), None);
    }

    #[test]
    fn each_loss_has_its_advice() {
        let says = |lost, words: &str| {
            let advice = sums(lost).advice().unwrap();
            assert!(advice.contains(words), "{advice}");
        };
        says(
            [0.0, 0.38, 0.1, 0.1],
            "38 % of the time went by waiting for the last",
        );
        says([0.5, 0.0, 0.0, 0.0], "100 items on 4 threads");
        says([0.0, 0.0, 0.4, 0.1], "`gather = master`");
        says([0.0, 0.0, 0.1, 0.3], "handing out chunks");
    }

    #[test]
    fn one_iteration_may_be_all_of_it() {
        let mut sums = sums([0.0, 0.6, 0.0, 0.0]);
        let slowest = Slowest {
            iteration: 17,
            nanos: 900_000_000,
        };
        sums.slowest.push((slowest, 1));
        let advice = sums.advice().unwrap();
        assert!(
            advice.starts_with("iteration 17 alone took 90 %"),
            "{advice}"
        );
    }

    #[test]
    fn cheap_loops_are_better_left_alone() {
        let mut cheap = sums([0.0, 0.0, 0.0, 0.9]);
        cheap.items = 100_000_000;
        assert!(cheap.advice().unwrap().contains("without the attribute"));
        let mut brief = sums([0.75, 0.0, 0.0, 0.0]);
        brief.calls = 100_000;
        assert!(brief.advice().unwrap().contains("around it"));
    }

    #[test]
    fn what_is_outside_of_loops_is_told_where_every_rank_does_it() {
        let mut report = Report::default();
        report.add("f:1", sums([0.0; 4]));
        let wall = Duration::from_secs(10);
        assert!(
            report
                .advice(wall, 3)
                .unwrap()
                .starts_with("90 % of the time")
        );
        assert_eq!(report.advice(wall, 1), None);
        assert_eq!(report.advice(Duration::from_millis(1500), 3), None);
    }
}
