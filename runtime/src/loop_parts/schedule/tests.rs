//! Every policy hands out every iteration exactly once, in increasing order for each rank.

use std::time::Duration;

use proptest::prelude::*;

use super::*;

fn schedules() -> impl Strategy<Value = Schedule> {
    prop_oneof![
        Just(Schedule::Managed { chunk: None }),
        (1..20_u64).prop_map(|chunk| Schedule::Managed { chunk: Some(chunk) }),
        Just(Schedule::RoundRobin),
        Just(Schedule::Blocks),
    ]
}

/// Lets the ranks ask in the order of `asks` (then in turn) and checks what they get.
fn check(
    schedule: Schedule,
    length: u64,
    said: Length,
    ranks: usize,
    asks: &[(usize, u64)],
) -> Result<(), TestCaseError> {
    let said = if schedule == Schedule::Blocks {
        Length::Hint(length)
    } else {
        said
    };
    let force = Workforce {
        ranks,
        threads: 2 * ranks,
    };
    let mut policy = policy(schedule, said, force);
    let mut runs = vec![0_u32; usize::try_from(length).unwrap()];
    let mut latest = vec![None; ranks];
    let mut idle = 0;
    let in_turn = (0..).map(|k| (k, 1_000));
    for (rank, nanos) in asks.iter().copied().chain(in_turn) {
        let rank = rank % ranks;
        let Some(chunk) = policy.next(rank) else {
            idle += 1;
            if idle > asks.len() + ranks {
                break;
            }
            continue;
        };
        prop_assert!(!chunk.is_empty());
        prop_assert!(latest[rank].is_none_or(|latest| latest < chunk.start));
        latest[rank] = Some(chunk.start);
        let mut ran = chunk.start.min(length)..chunk.end.min(length);
        if nanos % 3 == 0 && ran.end - ran.start > 1 {
            ran.end -= (ran.end - ran.start) / 2;
            policy.put_back(rank, ran.end..chunk.end);
        } else if chunk.end > length {
            prop_assert!(!matches!(said, Length::Exact(_)));
            prop_assert_eq!(policy.is_surplus(chunk.start), schedule == Schedule::Blocks);
            policy.ends_at(length);
        }
        for iteration in ran.clone() {
            runs[usize::try_from(iteration).unwrap()] += 1;
        }
        policy.measured(
            ran.end - ran.start,
            Duration::from_nanos(nanos * (ran.end - ran.start)),
        );
    }
    prop_assert!(runs.iter().all(|&runs| runs == 1), "{runs:?}");
    Ok(())
}

proptest! {
    #[test]
    fn each_iteration_exactly_once(
        schedule in schedules(),
        length in 0..3000_u64,
        said in 0..5_u64,
        ranks in 1..9_usize,
        asks in proptest::collection::vec((0..64_usize, 0..10_000_000_u64), 0..200),
    ) {
        let said = match said {
            0 => Length::Unknown,
            1 => Length::Exact(length),
            // Too few, the right number, and too many.
            k => Length::Hint(length * (k - 1) / 2),
        };
        check(schedule, length, said, ranks, &asks)?;
    }
}

proptest! {
    #[test]
    fn owners_are_those_who_get_the_chunks(length in 0..300_u64, ranks in 1..6_usize, robin: bool) {
        let schedule = if robin { Schedule::RoundRobin } else { Schedule::Blocks };
        let mut policy = policy(schedule, Length::Exact(length), Workforce { ranks, threads: ranks });
        for rank in 0..ranks {
            while let Some(chunk) = policy.next(rank) {
                let (owner, run) = policy.owner(chunk.start).unwrap();
                prop_assert_eq!(owner, rank);
                prop_assert!(chunk.end - chunk.start <= run);
            }
        }
    }
}

/// One thread on each.
fn on_ranks(ranks: usize) -> Workforce {
    Workforce {
        ranks,
        threads: ranks,
    }
}

#[test]
fn chunks_of_one_process_take_a_share_of_what_the_loop_has_taken() {
    let force = Workforce {
        ranks: 1,
        threads: 2,
    };
    let mut policy = Managed::new(Length::Exact(10_000_000), force, None);
    let mut lengths = Vec::new();
    while let Some(chunk) = policy.next(0) {
        let length = chunk.end - chunk.start;
        lengths.push(length);
        policy.measured(length, Duration::from_nanos(10 * length));
    }
    assert_eq!(lengths[..5], [1, 8, 64, 512, 2_000], "20 us of work");
    let most = lengths.iter().max().unwrap();
    assert!((100_000..404_000).contains(most), "{most}");
    assert!(lengths.len() < 600, "{} leases", lengths.len());
    let shortest = lengths[5..lengths.len() - 1].iter().min().unwrap();
    assert_eq!(*shortest, 500, "5 us of work");
}

#[test]
fn chunks_are_those_of_one_process_while_they_stay_in_it() {
    let mut policy = Managed::new(Length::Exact(1_000_000), on_ranks(2), None);
    let mut next = |here| {
        policy.stays_here(here);
        let chunk = policy.next(0).unwrap();
        let length = chunk.end - chunk.start;
        policy.measured(length, Duration::from_nanos(10 * length));
        length
    };
    let before: Vec<_> = (0..6).map(|_| next(false)).collect();
    assert_eq!(before, [1, 8, 64, 512, 4_096, 32_768]);
    assert_eq!(next(true), 2_000, "20 us of work");
    assert!(next(false) > 200_000);
}

#[test]
fn managed_chunks_start_at_one_grow_with_measurements_and_shrink_at_the_end() {
    let mut policy = Managed::new(Length::Exact(100_000), on_ranks(2), None);
    let mut lengths = Vec::new();
    while let Some(chunk) = policy.next(0) {
        lengths.push(chunk.end - chunk.start);
        policy.measured(
            chunk.end - chunk.start,
            Duration::from_micros(1) * u32::try_from(chunk.end - chunk.start).unwrap(),
        );
    }
    assert_eq!(lengths[..4], [1, 8, 64, 512]);
    assert_eq!(
        lengths.iter().max(),
        Some(&4_040),
        "4.04 ms of work for 2 threads"
    );
    let shortest = lengths[2..lengths.len() - 1].iter().min().unwrap();
    assert_eq!(*shortest, 50, "50 us of work");
}

#[test]
fn long_iterations_come_one_at_a_time_and_without_reserves_at_the_end() {
    let mut policy = Managed::new(Length::Exact(40), on_ranks(2), None);
    assert_eq!(policy.next(0), Some(0..1));
    assert!(
        policy.reserve(Duration::ZERO).is_none(),
        "nothing is known yet"
    );
    policy.measured(1, Duration::from_millis(20));
    assert!(policy.reserve(Duration::ZERO).is_some());
    for start in 1..40 {
        assert_eq!(policy.next(0), Some(start..start + 1));
    }
    assert!(policy.reserve(Duration::ZERO).is_none());
    assert_eq!(policy.next(0), None);
}

#[test]
fn a_reserve_covers_a_round_trip_of_uneven_iterations_within_bounds() {
    let ms = Duration::from_millis;
    let reserve = |chunk, spread, most| Reserve {
        chunk: ms(chunk),
        spread: ms(spread),
        most,
    };
    let even = reserve(4, 0, 100);
    assert_eq!([0, 3, 4].map(|away| even.depth(ms(away))), [1; 3]);
    assert_eq!([5, 9, 100].map(|away| even.depth(ms(away))), [2, 3, 25]);
    assert_eq!(
        reserve(4, 1, 100).depth(ms(100)),
        30,
        "twice the square root of 100 more"
    );
    assert_eq!(reserve(4, 0, 7).depth(ms(100)), 7);
    assert_eq!(reserve(4, 0, 0).depth(ms(100)), 1);
    assert_eq!(reserve(0, 0, 1_000).depth(ms(100)), DEEPEST);
    assert_eq!(reserve(0, 0, 1_000).depth(ms(4)), 4);
    let endless = Reserve {
        chunk: Duration::ZERO,
        spread: Duration::MAX,
        most: u32::MAX,
    };
    assert_eq!(endless.depth(Duration::MAX), DEEPEST);
}

#[test]
fn reserves_of_managed_loops_end_before_the_loop_does() {
    let ms = Duration::from_millis;
    let mut policy = Managed::new(Length::Exact(100), on_ranks(2), Some(1));
    assert_eq!(policy.outlook(), None);
    policy.next(0);
    policy.measured(1, ms(60));
    assert_eq!(policy.reserve(ms(3)), None, "the way is short beside it");
    let far = policy.reserve(ms(100)).unwrap();
    assert_eq!((far.chunk, far.spread, far.most), (ms(60), ms(0), 2 * 49));
    let outlook = policy.outlook().unwrap();
    assert_eq!((outlook.one, outlook.left), (ms(60), 99 * ms(60)));
    policy.skip(91);
    assert_eq!(policy.reserve(ms(100)).unwrap().most, 8);
    policy.skip(92);
    assert_eq!(policy.reserve(ms(100)), None);
    policy.ends_at(92);
    assert_eq!(policy.outlook().unwrap().left, ms(0));

    let mut endless = Managed::new(Length::Unknown, on_ranks(2), None);
    endless.measured(1, ms(1));
    assert_eq!(endless.outlook(), None);
    assert_eq!(endless.reserve(ms(100)).unwrap().most, u32::MAX);
}

#[test]
fn blocks_are_contiguous_and_nearly_equal() {
    let mut policy = Blocks::new(
        Length::Exact(10),
        Workforce {
            ranks: 3,
            threads: 3,
        },
    );
    let mut block = |rank| {
        std::iter::from_fn(|| policy.next(rank))
            .flatten()
            .collect::<Vec<_>>()
    };
    assert_eq!(
        [block(0), block(1), block(2)],
        [vec![0, 1, 2], vec![3, 4, 5], vec![6, 7, 8, 9]]
    );
}

#[test]
fn a_rank_alone_keeps_the_size_of_chunks_that_was_asked_for() {
    let asked = Schedule::Managed { chunk: Some(3) };
    assert_eq!(asked.among(1), asked);
    assert_eq!(Schedule::Blocks.among(2), Schedule::Blocks);
    let chosen = Schedule::Managed { chunk: None };
    assert_eq!(Schedule::RoundRobin.among(1), chosen);
    assert_eq!(Schedule::Blocks.among(1), chosen);
}

#[test]
fn chunks_are_no_longer_than_they_should_be() {
    let force = Workforce {
        ranks: 1,
        threads: 2,
    };
    let mut policy = policy(
        Schedule::Managed { chunk: None },
        Length::Exact(100_000),
        force,
    );
    policy.at_most(100);
    let (mut end, mut longest) = (0, 0);
    while let Some(chunk) = policy.next(0) {
        assert_eq!(chunk.start, end);
        let length = chunk.end - chunk.start;
        policy.measured(length, Duration::from_nanos(length));
        (end, longest) = (chunk.end, longest.max(length));
    }
    assert_eq!((end, longest), (100_000, 100));
}

#[test]
fn each_iteration_can_be_a_chunk_by_itself() {
    let force = Workforce {
        ranks: 2,
        threads: 2,
    };
    for schedule in [
        Schedule::Managed { chunk: Some(9) },
        Schedule::Blocks,
        Schedule::RoundRobin,
    ] {
        let length = Length::Exact(10_000);
        let mut policy = policy(schedule.one_by_one(), length, force);
        policy.at_most(1);
        for rank in 0..2 {
            while let Some(chunk) = policy.next(rank) {
                assert_eq!(chunk.end - chunk.start, 1, "{schedule:?}");
                policy.measured(1, Duration::ZERO);
            }
        }
    }
}
