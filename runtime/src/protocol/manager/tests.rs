use std::collections::VecDeque;

use proptest::prelude::*;

use super::*;
use crate::base::panicking::PanicReport;
use crate::loop_parts::schedule::{Length, Schedule, Workforce, policy};
use crate::protocol::message::{Cause, Wants};

fn manager(schedule: Schedule, length: Length, ranks: usize) -> Manager {
    Manager::new(
        policy(
            schedule,
            length,
            Workforce {
                ranks,
                threads: ranks,
            },
        ),
        1,
    )
}

/// A chunk of a loop of so many iterations, at most `most` of them; the digest is its start.
fn lease(manager: &mut Manager, rank: Rank, length: u64, most: u64) -> Option<Range<u64>> {
    let chunk = manager.offer(rank)?;
    let there = chunk.end.min(length).saturating_sub(chunk.start);
    let ends = chunk.end > length;
    let found = Found {
        length: there.min(most),
        digest: chunk.start,
        then: if ends && there <= most {
            Then::End
        } else {
            Then::More
        },
    };
    manager.found(rank, chunk, found)
}

fn next_wish(manager: &mut Manager) -> Option<Rank> {
    manager.next_wish(Duration::ZERO).map(|wish| wish.rank)
}

fn halt(iteration: u64) -> Halt {
    Halt {
        iteration,
        rank: 0,
        host: String::new(),
        cause: Cause::Left,
    }
}

/// What an iterator says of its length.
fn lengths() -> impl Strategy<Value = fn(u64) -> Length> {
    prop_oneof![
        Just(Length::Exact as fn(u64) -> Length),
        Just(Length::Hint as fn(u64) -> Length),
        Just((|length| Length::Hint(length / 3)) as fn(u64) -> Length),
        Just((|length| Length::Hint(length * 2)) as fn(u64) -> Length),
        Just((|_| Length::Unknown) as fn(u64) -> Length),
    ]
}

proptest! {
    /// Ranks ask, get less than they could, finish and fail in any order; the manager may not
    /// know the length.
    #[test]
    fn the_lowest_failure_is_found_and_everything_below_it_is_run(
        length in 0..200_u64,
        said in lengths(),
        steps in proptest::collection::vec((1..4_usize, any::<bool>(), 1..5_u64), 0..400),
        failing in proptest::collection::btree_set(0..200_u64, 0..4),
    ) {
        let mut manager = manager(Schedule::Managed { chunk: Some(3) }, said(length), 4);
        let mut running: Vec<VecDeque<Range<u64>>> = vec![VecDeque::new(); 4];
        let mut run = vec![0; 200];
        let mut front = 0;
        let to_the_end = (0..1000).map(|step| (1 + step / 2 % 3, step % 2 == 0, 9));
        for (rank, asks, most) in steps.into_iter().chain(to_the_end) {
            if asks {
                running[rank].extend(lease(&mut manager, rank, length, most));
            } else if let Some(chunk) = running[rank].pop_front() {
                let failed = chunk.clone().find(|iteration| failing.contains(iteration));
                for iteration in chunk.start..failed.map_or(chunk.end, |failed| failed + 1) {
                    run[usize::try_from(iteration).unwrap()] += 1;
                }
                if let Some(failed) = failed {
                    manager.stop_at(halt(failed));
                }
                manager.finish(rank, &chunk, Some(chunk.start), Duration::ZERO).unwrap();
            }
            // Nothing before the front is running, ends the loop, or is still to be handed out.
            prop_assert!(manager.front() >= front);
            front = manager.front();
            let before = usize::try_from(front).unwrap();
            prop_assert!(run[..before].iter().all(|&times| times == 1));
            prop_assert!(failing.first().is_none_or(|&lowest| front <= lowest));
        }
        prop_assert!(manager.is_over());
        let lowest = failing.first().copied().filter(|&lowest| lowest < length);
        prop_assert_eq!(manager.halt().map(|halt| halt.iteration), lowest);
        let owed = usize::try_from(lowest.map_or(length, |lowest| lowest + 1)).unwrap();
        prop_assert!(run[..owed].iter().all(|&times| times == 1), "{:?}", run);
        prop_assert!(run.iter().all(|&times| times <= 1));
        prop_assert_eq!(front, lowest.unwrap_or(length));
    }
}

#[test]
fn other_items_and_unknown_chunks_are_refused() {
    let mut manager = manager(Schedule::Managed { chunk: Some(5) }, Length::Exact(20), 2);
    let chunk = lease(&mut manager, 1, 20, 9).unwrap();
    assert!(manager.finish(1, &(7..9), None, Duration::ZERO).is_err());
    let words = manager
        .finish(1, &chunk, Some(99), Duration::ZERO)
        .unwrap_err();
    assert!(
        words.contains("rank 1 has a different item than rank 0 in one of the iterations 0..5"),
        "{words}"
    );
}

#[test]
fn what_lies_beyond_blocks_is_noticed_by_the_last_rank() {
    for (length, surplus) in [(8, false), (9, true), (5, false)] {
        let mut manager = manager(Schedule::Blocks, Length::Hint(8), 2);
        while let Some(chunk) = lease(&mut manager, 1, length, 9) {
            manager.finish(1, &chunk, None, Duration::ZERO).unwrap();
        }
        assert_eq!((manager.has_surplus(), manager.is_over()), (surplus, true));
    }
}

#[test]
fn a_rank_runs_alone_what_takes_longer_to_make_than_to_run() {
    let mut manager = manager(Schedule::Managed { chunk: None }, Length::Exact(100), 2);
    assert!(!manager.hoards());
    let chunk = lease(&mut manager, 0, 100, 100).unwrap();
    manager.made(1, Duration::from_micros(500));
    assert!(!manager.hoards(), "nothing is known of the iterations");
    let brief = Duration::from_micros(10);
    manager.finish(0, &chunk, None, brief).unwrap();
    assert!(manager.hoards());
    let chunk = lease(&mut manager, 0, 100, 100).unwrap();
    let long = Duration::from_millis(10);
    manager.finish(0, &chunk, None, long).unwrap();
    assert!(!manager.hoards());
}

#[test]
fn wishes_are_granted_in_the_order_of_asking_while_there_is_something() {
    let mut manager = manager(Schedule::Managed { chunk: Some(10) }, Length::Exact(10), 3);
    manager.wish(2, Wants::chunks(2), None);
    manager.wish(1, Wants::chunks(1), None);
    assert_eq!(
        [(); 3].map(|()| next_wish(&mut manager)),
        [Some(2), Some(2), Some(1)]
    );
    manager.wish(1, Wants::chunks(1), None);
    assert_eq!(lease(&mut manager, 0, 10, 10), Some(0..10));
    assert_eq!(lease(&mut manager, 0, 10, 10), None);
    assert_eq!(
        next_wish(&mut manager),
        None,
        "at the end a wish waits for the last word"
    );
}

#[test]
fn many_items_behind_an_early_chunk_hold_everybody_back_until_it_returns() {
    let mebibytes = |memory: u64| {
        Some(Usage {
            memory: memory << 20,
            files: 0,
        })
    };
    let mut manager = manager(Schedule::Managed { chunk: Some(1) }, Length::Exact(100), 2);
    let first = lease(&mut manager, 0, 100, 1).unwrap();
    manager.uses(mebibytes(10));
    for used in 0..40 {
        assert!(!manager.holds_back(), "{used}");
        let chunk = lease(&mut manager, 1, 100, 1).unwrap();
        manager.finish(1, &chunk, None, Duration::ZERO).unwrap();
        manager.uses(mebibytes(10 + used));
    }
    manager.uses(mebibytes(74));
    assert!(manager.holds_back());
    assert_eq!(manager.settled(41), 0);
    manager.finish(0, &first, None, Duration::ZERO).unwrap();
    assert!(!manager.holds_back());
    assert_eq!(manager.settled(41), 41);

    let early = lease(&mut manager, 0, 100, 1).unwrap();
    let late = lease(&mut manager, 0, 100, 1).unwrap();
    let files = |files| Some(Usage { memory: 0, files });
    manager.uses(files(99));
    assert!(!manager.holds_back());
    manager.finish(0, &late, None, Duration::ZERO).unwrap();
    manager.uses(files(100));
    assert!(manager.holds_back());
    manager.stop_at(halt(early.start));
    assert!(!manager.holds_back(), "the end is near anyway");
}

fn panicked(iteration: u64, rank: Rank) -> Halt {
    let report = PanicReport {
        message: "no luck".to_owned(),
        location: None,
        backtrace: None,
    };
    Halt {
        rank,
        cause: Cause::Panicked(Box::new(report)),
        ..halt(iteration)
    }
}

proptest! {
    /// Iterations that panic on some ranks, tried in any order; one of them may leave the loop.
    #[test]
    fn what_one_rank_can_run_is_run(
        length in 0..30_u64,
        steps in proptest::collection::vec((0..3_usize, any::<bool>()), 0..200),
        fails in proptest::collection::vec(0..8_u8, 30),
        more in 0..4_u32,
        exit in proptest::option::of(0..30_u64),
    ) {
        let mut manager = manager(Schedule::Managed { chunk: Some(1) }, Length::Exact(length), 3);
        manager.retry(Retries::new(more, 0..3));
        let mut running: Vec<VecDeque<Range<u64>>> = vec![VecDeque::new(); 3];
        let mut asked = [false; 3];
        let (mut run, mut tries) = (vec![0; 30], vec![Vec::new(); 30]);
        let fails_on = |iteration: usize, rank: usize| fails[iteration] >> rank & 1 == 1;
        let to_the_end = (0..600).map(|step| (step / 2 % 3, step % 2 == 0));
        for (rank, asks) in steps.into_iter().chain(to_the_end) {
            if asks {
                if rank == 0 {
                    running[0].extend(lease(&mut manager, 0, length, 1));
                    continue;
                }
                if running[rank].is_empty() && !std::mem::replace(&mut asked[rank], true) {
                    manager.wish(rank, Wants::chunks(1), None);
                }
                if let Some(wish) = manager.next_wish(Duration::ZERO) {
                    match lease(&mut manager, wish.rank, length, 1) {
                        Some(chunk) => {
                            asked[wish.rank] = false;
                            running[wish.rank].push_back(chunk);
                        }
                        None => manager.put_back(wish),
                    }
                }
            } else if let Some(chunk) = running[rank].pop_front() {
                let at = usize::try_from(chunk.start).unwrap();
                tries[at].push(rank);
                if fails_on(at, rank) {
                    let ends = manager.fail(rank, &chunk, panicked(chunk.start, rank)).unwrap();
                    prop_assert!(!ends || tries[at].len() > more as usize);
                } else {
                    run[at] += 1;
                    if exit == Some(chunk.start) {
                        manager.stop_at(halt(chunk.start));
                    }
                    manager.finish(rank, &chunk, None, Duration::ZERO).unwrap();
                }
            }
            let front = usize::try_from(manager.front()).unwrap();
            prop_assert!(run[..front].iter().all(|&times| times == 1));
        }
        prop_assert!(manager.is_over());
        prop_assert!(!manager.may_need());
        for tries in &tries {
            for round in tries.chunks(3) {
                let mut ranks = round.to_vec();
                ranks.sort_unstable();
                ranks.dedup();
                prop_assert_eq!(ranks.len(), round.len(), "{:?}", tries);
            }
            prop_assert!(tries.len() <= 1 + more as usize);
        }
        let lowest = manager.halt().map(|halt| halt.iteration);
        let end = usize::try_from(lowest.map_or(length, |lowest| lowest + 1)).unwrap();
        for at in 0..end {
            let panicked = |halt: &Halt| matches!(halt.cause, Cause::Panicked(_));
            let ended = lowest == Some(at as u64) && manager.halt().is_some_and(panicked);
            prop_assert_eq!(run[at] == 1, !ended, "{} of {}", at, end);
            prop_assert!(!ended || tries[at].len() == 1 + more as usize);
        }
    }
}
