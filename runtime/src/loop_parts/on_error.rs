//! What becomes of a loop when the body of an iteration panics, and what people are told of such iterations. Pure.
//!
//! Invariant: no iteration that panicked is passed over in silence: it ends the loop, or is a [`Mishap`].

use std::fmt::{self, Display, Write as _};

use serde::{Deserialize, Serialize};

use crate::base::panicking::PanicReport;
use crate::base::phrases::grouped;
use crate::base::rank::Rank;

/// What is done about an iteration whose body panics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OnError {
    /// It ends the loop.
    #[default]
    Stop,
    /// It runs again, so many times at most; then it ends the loop.
    Retry(u32),
    /// It is left out, as if its item were not there.
    Skip,
}

impl OnError {
    /// As the attribute and the environment say it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let more = |text: &str| {
            text.strip_prefix("retry(")?
                .strip_suffix(')')?
                .trim()
                .parse()
                .ok()
        };
        match text {
            "stop" => Some(Self::Stop),
            "skip" => Some(Self::Skip),
            _ => more(text).filter(|&more| more > 0).map(Self::Retry),
        }
    }

    /// Whether a panic may not be the end. Then each iteration has a part of its own, which is all that a try has
    /// written.
    pub(crate) fn goes_on(self) -> bool {
        self != Self::Stop
    }

    /// How often an iteration runs again that panics each time.
    pub(crate) fn more_tries(self) -> u32 {
        match self {
            Self::Retry(more) => more,
            Self::Stop | Self::Skip => 0,
        }
    }
}

impl Display for OnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stop => f.write_str("stop"),
            Self::Retry(more) => write!(f, "retry({more})"),
            Self::Skip => f.write_str("skip"),
        }
    }
}

/// What the thread does whose iteration panics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnPanic {
    /// This, by itself.
    Here(OnError),
    /// It hands the iteration back, which another rank may run again.
    HandBack,
}

/// An iteration that panicked, where that was not simply the end of the loop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mishap {
    pub(crate) iteration: u64,
    pub(crate) rank: Rank,
    pub(crate) host: String,
    pub(crate) became: Became,
    /// Of the last panic.
    pub(crate) report: Box<PanicReport>,
}

/// What became of an iteration that panicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Became {
    /// It is left out.
    Skipped,
    /// After so many panics it came to its end, on this rank.
    Finished { panics: u32, by: Rank },
    /// After so many panics, on so many ranks, it has ended the loop.
    Fatal { panics: u32, ranks: usize },
}

/// No more are told of one by one.
const SHOWN: usize = 20;

/// Those of one loop that count, if it was ended by the iteration `end`, in their order.
pub(crate) fn counting(mut mishaps: Vec<Mishap>, end: Option<u64>) -> Vec<Mishap> {
    mishaps.retain(|mishap| end.is_none_or(|end| mishap.iteration <= end));
    mishaps.sort_by_key(|mishap| mishap.iteration);
    mishaps
}

/// Those that are left out.
pub(crate) fn skipped(mishaps: &[Mishap]) -> impl Iterator<Item = &Mishap> {
    let is_skipped = |mishap: &&Mishap| mishap.became == Became::Skipped;
    mishaps.iter().filter(is_skipped)
}

/// What people are told of the mishaps of the loop at this place.
pub(crate) fn words(mishaps: &[Mishap], site: &dyn Display) -> Vec<String> {
    let of = |is: fn(Became) -> bool| -> Vec<&Mishap> {
        mishaps.iter().filter(|mishap| is(mishap.became)).collect()
    };
    let skipped = of(|became| became == Became::Skipped);
    let finished = of(|became| matches!(became, Became::Finished { .. }));
    let mut words = Vec::new();
    if !finished.is_empty() {
        let head = format!(
            "note: {} of the loop at {site} panicked and, run again, came to the end:",
            iterations(finished.len())
        );
        words.push(listed(head, &finished));
    }
    if !skipped.is_empty() {
        let head = format!(
            "warning: {} of the loop at {site} panicked and {} left out, as `skip` says:",
            iterations(skipped.len()),
            if skipped.len() == 1 { "is" } else { "are" },
        );
        let mut text = listed(head, &skipped);
        text.push_str(
            "\nhelp: call `parallel_for::skipped()` for the list; the exit code is 2 unless the program does",
        );
        words.push(text);
    }
    words
}

/// Of an iteration that ended the loop: how often it was tried.
pub(crate) fn tried(mishaps: &[Mishap], iteration: u64) -> Option<String> {
    let fatal = mishaps.iter().find(|mishap| mishap.iteration == iteration);
    let Became::Fatal { panics, ranks } = fatal?.became else {
        return None;
    };
    let on = if ranks == 1 {
        String::new()
    } else {
        format!(", on {ranks} ranks")
    };
    Some(if panics == 1 {
        format!(
            "note: iteration {iteration} ran once, as its item could not be copied for another try"
        )
    } else {
        format!("note: iteration {iteration} ran {panics} times{on}, and panicked each time")
    })
}

fn iterations(count: usize) -> String {
    if count == 1 {
        "1 iteration".to_owned()
    } else {
        format!("{} iterations", grouped(count as u64))
    }
}

fn listed(head: String, mishaps: &[&Mishap]) -> String {
    let mut text = head;
    for mishap in mishaps.iter().take(SHOWN) {
        let Mishap {
            iteration,
            rank,
            host,
            became,
            report,
        } = mishap;
        let which = match became {
            Became::Finished { panics, by } if *panics > 1 && by != rank => format!(
                "iteration {iteration} panicked {panics} times, the last time on rank {rank} ({host})"
            ),
            Became::Finished { panics, .. } if *panics > 1 => {
                format!("iteration {iteration}, on rank {rank} ({host}), panicked {panics} times")
            }
            _ => format!("iteration {iteration}, on rank {rank} ({host}), panicked"),
        };
        let end = match became {
            Became::Finished { by, .. } if by != rank => {
                format!(", and came to its end on rank {by}")
            }
            _ => String::new(),
        };
        let place = report.location.as_ref();
        let at = place.map_or(String::new(), |place| format!(" at {place}"));
        let message = report.message.replace('\n', "\n    ");
        // Writing to a string can't fail.
        let _ = write!(text, "\n  {which}{at}{end}: {message}");
    }
    if let Some(more) = mishaps.len().checked_sub(SHOWN).filter(|&more| more > 0) {
        let _ = write!(text, "\n  and {} more", grouped(more as u64));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mishap(iteration: u64, became: Became) -> Mishap {
        Mishap {
            iteration,
            rank: 1,
            host: "node".to_owned(),
            became,
            report: Box::new(PanicReport {
                message: format!("no luck\nwith {iteration}"),
                location: Some("src/main.rs:5:9".to_owned()),
                backtrace: None,
            }),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        for choice in [
            OnError::Stop,
            OnError::Retry(1),
            OnError::Retry(30),
            OnError::Skip,
        ] {
            assert_eq!(OnError::parse(&choice.to_string()), Some(choice));
        }
        assert_eq!(OnError::parse("retry( 2 )"), Some(OnError::Retry(2)));
        for text in [
            "",
            "retry",
            "retry()",
            "retry(0)",
            "retry(-1)",
            "retry(2",
            "Skip",
            "skip(1)",
        ] {
            assert_eq!(OnError::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_behind_the_end_does_not_count_and_the_rest_is_in_order() {
        let mishaps = [9, 3, 7].map(|i| mishap(i, Became::Skipped)).to_vec();
        let numbers = |end| -> Vec<u64> {
            let counting = counting(mishaps.clone(), end).into_iter();
            counting.map(|mishap| mishap.iteration).collect()
        };
        assert_eq!(numbers(None), [3, 7, 9]);
        assert_eq!(numbers(Some(7)), [3, 7]);
        assert_eq!(numbers(Some(0)), []);
    }

    #[test]
    fn people_are_told_of_the_first_ones_and_how_many_more_there_are() {
        let one = words(&[mishap(3, Became::Skipped)], &"a.rs:1");
        assert_eq!(
            one,
            [
                "warning: 1 iteration of the loop at a.rs:1 panicked and is left out, as `skip` says:\n  \
                 iteration 3, on rank 1 (node), panicked at src/main.rs:5:9: no luck\n    with 3\n\
                 help: call `parallel_for::skipped()` for the list; the exit code is 2 unless the program does"
            ]
        );
        let many: Vec<Mishap> = (0..1254).map(|i| mishap(i, Became::Skipped)).collect();
        let many = words(&many, &"a.rs:1").concat();
        assert!(many.starts_with("warning: 1,254 iterations of"), "{many}");
        assert!(many.contains("\n  and 1,234 more\n"), "{many}");
        assert_eq!(many.matches("\n  iteration ").count(), SHOWN);
        let again = words(
            &[mishap(4, Became::Finished { panics: 2, by: 1 })],
            &"a.rs:1",
        )
        .concat();
        assert!(again.contains("panicked 2 times at"), "{again}");
        assert_eq!(
            words(
                &[mishap(
                    4,
                    Became::Fatal {
                        panics: 2,
                        ranks: 1
                    }
                )],
                &"a.rs:1"
            ),
            [""; 0]
        );
    }

    #[test]
    fn people_are_told_who_finished_an_iteration() {
        let ended = |panics, by| {
            let mishap = mishap(4, Became::Finished { panics, by });
            words(&[mishap], &"a.rs:1").concat()
        };
        let once = ended(1, 2);
        let place = "at src/main.rs:5:9, and came to its end on rank 2: no luck";
        assert!(
            once.contains(&format!("4, on rank 1 (node), panicked {place}")),
            "{once}"
        );
        let twice = ended(2, 2);
        let last = "iteration 4 panicked 2 times, the last time on rank 1 (node)";
        assert!(twice.contains(&format!("{last} {place}")), "{twice}");
        assert!(!ended(2, 1).contains("rank 2"), "{}", ended(2, 1));
    }

    #[test]
    fn of_the_iteration_that_ended_the_loop_the_tries_are_told() {
        let mishaps = [
            mishap(2, Became::Skipped),
            mishap(
                4,
                Became::Fatal {
                    panics: 3,
                    ranks: 1,
                },
            ),
        ];
        assert_eq!(tried(&mishaps, 2), None);
        assert_eq!(tried(&mishaps, 5), None);
        let words = "note: iteration 4 ran 3 times, and panicked each time";
        assert_eq!(tried(&mishaps, 4).as_deref(), Some(words));
        let on_two = tried(
            &[mishap(
                4,
                Became::Fatal {
                    panics: 3,
                    ranks: 2,
                },
            )],
            4,
        )
        .unwrap();
        assert!(on_two.contains("ran 3 times, on 2 ranks, and"), "{on_two}");
        let once = tried(
            &[mishap(
                4,
                Became::Fatal {
                    panics: 1,
                    ranks: 1,
                },
            )],
            4,
        )
        .unwrap();
        assert!(once.contains("ran once"), "{once}");
    }
}
