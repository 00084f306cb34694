//! What observers hear of loops, on the ranks where it happens.

use std::ops::Range;
use std::sync::{Arc, Mutex};

use super::tests::weather;
use crate::base::rank::Rank;
use crate::observe::{Event, Observer, Observers};
use crate::parallel_for;
use crate::process::world::run_observed;
use crate::protocol::message::Verdict;

/// An event that was seen on a rank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    Entered {
        length: Option<u64>,
    },
    Resumed {
        iterations: u64,
    },
    /// An iteration that panicked.
    Mishap(u64),
    Leased {
        to: Rank,
        chunk: Range<u64>,
    },
    Started(Range<u64>),
    Finished {
        by: Rank,
        chunks: Vec<Range<u64>>,
        slowest: Option<u64>,
    },
    Other,
    Absorbed(Range<u64>),
    Waiting,
    Left(Rank),
    Spread(usize),
    Ended {
        complete: bool,
    },
}

impl From<&Event<'_>> for Seen {
    fn from(event: &Event<'_>) -> Self {
        match *event {
            Event::Entered { entry, .. } => Self::Entered {
                length: entry.length,
            },
            Event::Resumed { iterations } => Self::Resumed { iterations },
            Event::Mishap(mishap) => Self::Mishap(mishap.iteration),
            Event::Leased { rank: to, chunk } => Self::Leased {
                to,
                chunk: chunk.clone(),
            },
            Event::Started { chunk } => Self::Started(chunk.clone()),
            Event::Finished {
                rank, chunks, cost, ..
            } => Self::Finished {
                by: rank,
                chunks: chunks.to_vec(),
                slowest: cost.slowest.map(|slowest| slowest.iteration),
            },
            Event::Handled { .. } | Event::Compared { .. } => Self::Other,
            Event::Absorbed { chunk } => Self::Absorbed(chunk.clone()),
            Event::Waiting => Self::Waiting,
            Event::Left { rank } => Self::Left(rank),
            Event::Spread { bytes } => Self::Spread(bytes),
            Event::Ended { verdict } => Self::Ended {
                complete: *verdict == Verdict::Complete,
            },
        }
    }
}

/// Keeps what happens on one rank.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<Seen>>>);

impl Observer for Recorder {
    fn notice(&self, event: &Event<'_>) {
        self.0.lock().unwrap().push(event.into());
    }

    fn times_iterations(&self) -> bool {
        true
    }
}

/// What was seen on each rank while all ran `program`, on so many threads each.
pub(super) fn seen(size: usize, threads: usize, program: impl Fn() + Sync) -> Vec<Vec<Seen>> {
    let recorders: Vec<Recorder> = (0..size).map(|_| Recorder::default()).collect();
    let observers = |rank: Rank| Observers::new(vec![Box::new(recorders[rank].clone())]);
    for result in run_observed(observers, size, threads, weather(size as u64), program) {
        result.unwrap();
    }
    let seen = |recorder: Recorder| std::mem::take(&mut *recorder.0.lock().unwrap());
    recorders.into_iter().map(seen).collect()
}

macro_rules! squares {
    ($name:ident, $($options:tt)*) => {
        #[parallel_for($($options)*)]
        fn $name(n: u64) -> Vec<u64> {
            let mut squares = Vec::new();
            for i in 0..n {
                squares.push(i * i);
            }
            squares
        }
    };
}

squares!(managed, schedule = managed(chunk = 3));
squares!(round_robin, schedule = round_robin);
squares!(blocks, schedule = blocks);
squares!(shipped, items = master);

/// The iterations of some chunks, each of which has to be in one of them.
fn iterations(chunks: impl IntoIterator<Item = Range<u64>>) -> Vec<u64> {
    let mut iterations: Vec<u64> = chunks.into_iter().flatten().collect();
    iterations.sort_unstable();
    iterations
}

#[test]
fn each_iteration_is_started_finished_and_absorbed_once() {
    for (number, squares) in [managed, round_robin, blocks, shipped]
        .into_iter()
        .enumerate()
    {
        for size in [1, 3] {
            let ranks = seen(size, 2, || drop(squares(40)));
            let all: Vec<u64> = (0..40).collect();
            let by_rank = ranks.iter().enumerate();
            let started =
                by_rank
                    .clone()
                    .flat_map(|(_, seen)| seen)
                    .filter_map(|seen| match seen {
                        Seen::Started(chunk) => Some(chunk.clone()),
                        _ => None,
                    });
            assert_eq!(iterations(started), all);
            let finished = by_rank.clone().flat_map(|(rank, seen)| {
                let own = seen.iter().filter_map(move |seen| match seen {
                    Seen::Finished {
                        by,
                        chunks,
                        slowest,
                    } if *by == rank => {
                        assert!(iterations(chunks.clone()).contains(&slowest.unwrap()));
                        Some(chunks.clone())
                    }
                    _ => None,
                });
                own.flatten()
            });
            assert_eq!(iterations(finished), all);
            let absorbed = ranks[0].iter().filter_map(|seen| match seen {
                Seen::Absorbed(chunk) => Some(chunk.clone()),
                _ => None,
            });
            let absorbed: Vec<u64> = absorbed.flatten().collect();
            assert_eq!(absorbed, all, "in order");
            let heard = ranks[0].iter().filter_map(|seen| match seen {
                Seen::Finished { chunks, .. } => Some(chunks.clone()),
                _ => None,
            });
            assert_eq!(
                iterations(heard.flatten()),
                all,
                "the master hears of all, way {number}"
            );
            for seen in &ranks {
                assert!(matches!(seen.first(), Some(Seen::Entered { .. })));
                let (spread, call) = match seen.split_last() {
                    Some((&Seen::Spread(bytes), call)) => (bytes, call),
                    _ => (0, &seen[..]),
                };
                assert_eq!(spread > 0, size > 1, "to all of several ranks");
                assert_eq!(call.last(), Some(&Seen::Ended { complete: true }));
            }
        }
    }
}

#[test]
fn the_master_leases_what_other_ranks_run() {
    let ranks = seen(3, 2, || drop(managed(60)));
    for (rank, seen) in ranks.iter().enumerate().skip(1) {
        let leased = ranks[0].iter().filter_map(|seen| match seen {
            Seen::Leased { to, chunk } if *to == rank => Some(chunk.clone()),
            _ => None,
        });
        let started = seen.iter().filter_map(|seen| match seen {
            Seen::Started(chunk) => Some(chunk.clone()),
            _ => None,
        });
        assert_eq!(iterations(leased), iterations(started));
    }
}

#[test]
fn iterations_that_are_left_out_are_told() {
    #[parallel_for(on_error = skip)]
    fn odd(n: u64) -> Vec<u64> {
        let mut odd = Vec::new();
        for i in 0..n {
            assert!(i % 10 != 4, "no luck with {i}");
            odd.push(i);
        }
        odd
    }
    for size in [1, 3] {
        let ranks = seen(size, 2, || {
            assert_eq!(odd(40).len(), 36);
            // Who does not ask ends with another exit code.
            drop(crate::skipped());
        });
        let mishaps = ranks[0].iter().filter_map(|seen| match seen {
            Seen::Mishap(iteration) => Some(*iteration),
            _ => None,
        });
        let mut mishaps: Vec<u64> = mishaps.collect();
        mishaps.sort_unstable();
        assert_eq!(mishaps, [4, 14, 24, 34], "{size} ranks");
    }
}

#[test]
fn long_loops_of_one_thread_are_told_as_they_are_run() {
    #[parallel_for(threads = 1)]
    fn sum(n: u64) -> u64 {
        let mut sum = 0_u64;
        for i in 0..n {
            sum += std::hint::black_box(i);
        }
        sum
    }
    let ranks = seen(1, 1, || assert_eq!(sum(100_000), 4_999_950_000));
    let finished = ranks[0].iter().filter_map(|seen| match seen {
        Seen::Finished { chunks, .. } => Some(chunks.clone()),
        _ => None,
    });
    assert_eq!(
        iterations(finished.flatten()),
        (0..100_000).collect::<Vec<_>>()
    );
}

#[test]
fn a_loop_that_an_iteration_leaves_ends_so() {
    #[allow(clippy::manual_find, reason = "the loop is what is tested")]
    #[parallel_for]
    fn first_above(limit: u64) -> Option<u64> {
        for i in 0..100_u64 {
            if i * i > limit {
                return Some(i);
            }
        }
        None
    }
    for seen in seen(2, 2, || assert_eq!(first_above(50), Some(8))) {
        assert_eq!(seen[0], Seen::Entered { length: Some(100) });
        assert!(seen.contains(&Seen::Ended { complete: false }));
    }
}
