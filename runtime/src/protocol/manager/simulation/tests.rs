//! How long loops take beside the shortest time in which ranks at such distances could run them.
//! `cargo test simulation -- --nocapture` shows it.

use std::time::Duration;

use proptest::prelude::*;

use super::run::run;
use super::world::{self, Rumour, World};
use crate::loop_parts::schedule::{DEEPEST, Length, Schedule};

fn micros(micros: u64) -> Duration {
    Duration::from_micros(micros)
}

fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// Loops of eight seconds of work for one thread.
fn loops() -> [(&'static str, Vec<Duration>); 6] {
    let mut random = 7_u64;
    let any = |_| {
        random = world::step(random);
        // From 2 to 4,096, each power of two as often as the next.
        micros(2 << (random % 12))
    };
    let rising: Vec<_> = (0..8_000).map(|i| Duration::from_nanos(250 * i)).collect();
    let late = |i| if i < 7_600 { micros(550) } else { ms(10) };
    [
        ("even", vec![ms(1); 8_000]),
        ("uneven", (0..11_700).map(any).collect()),
        ("falling", rising.iter().rev().copied().collect()),
        ("rising", rising),
        ("long", vec![ms(25); 320]),
        ("late", (0..8_000).map(late).collect()),
    ]
}

/// Two hosts of two ranks, and one rank at some distance from three others.
fn distances(far: Duration) -> [Vec<Duration>; 2] {
    let near = Duration::ZERO;
    [vec![near, near, far, far], vec![near, far, far, far]]
}

#[test]
fn distance_costs_little_more_than_the_way_of_the_first_chunk() {
    println!("loop, far ranks, one way: as if all were near; the first loop; later loops; ideal");
    for (name, costs) in loops() {
        for far in [0, 100, 1_000, 5_000, 50_000].map(micros) {
            for one_way in distances(far) {
                let mut world = World::new(&one_way, costs.clone());
                world.unheard = micros(500);
                let ideal = world.ideal();
                let first = run(&world).time;
                let [later, as_if_near] = [Rumour::Known, Rumour::Near].map(|rumour| {
                    let rumoured = World {
                        rumour,
                        ..world.clone()
                    };
                    run(&rumoured).time
                });
                let many = one_way.iter().filter(|&&one_way| one_way == far).count();
                println!(
                    "{name:8} {many} {far:>5?}: {as_if_near:.3?} {first:.3?} {later:.3?} {ideal:.3?}"
                );
                let [low, high] = [as_if_near, ideal].map(|time| time.mul_f64(1.02) + far / 2);
                assert!(first < low, "distance is no reason to be slower");
                assert!(first < high.mul_f64(1.07) + 3 * far, "and can be hidden");
                assert!(later < high.mul_f64(1.07) + 2 * far, "known, even better");
            }
        }
    }
}

#[test]
fn far_ranks_are_no_burden_to_short_loops() {
    for iterations in [1, 2, 10, 100, 200, 400, 1_000] {
        for cost in [micros(10), ms(1), ms(30), ms(300)] {
            let costs = vec![cost; iterations];
            let alone = run(&World::new(&[Duration::ZERO], costs.clone())).time;
            for far in [1_000, 5_000, 50_000].map(micros) {
                for rumour in [Rumour::Truth, Rumour::Known] {
                    let mut world = World::new(&[Duration::ZERO, far, far], costs.clone());
                    world.rumour = rumour;
                    let time = run(&world).time;
                    assert!(
                        time <= alone + 2 * far + cost,
                        "{iterations} of {cost:?} at {far:?}: {time:?} instead of {alone:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_reserve_is_as_deep_as_the_way_is_long_and_no_deeper() {
    let held = |far| {
        let world = World::new(&[Duration::ZERO, far], vec![ms(1); 8_000]);
        run(&world).most_held
    };
    assert_eq!(held(Duration::ZERO), 2);
    assert_eq!(held(ms(1)), 2);
    assert_eq!(held(ms(5)), 1 + 3, "10 ms in chunks of 4 ms");
    assert!(
        (26..=27).contains(&held(ms(50))),
        "25 chunks are on the way"
    );
    let far = World {
        rumour: Rumour::Far,
        schedule: Schedule::Managed { chunk: Some(1) },
        ..World::new(&[Duration::ZERO, ms(300)], vec![ms(1); 8_000])
    };
    assert_eq!(run(&far).most_held, 1 + DEEPEST as usize);
}

fn schedules() -> impl Strategy<Value = Schedule> {
    prop_oneof![
        Just(Schedule::Managed { chunk: None }),
        (1..9_u64).prop_map(|chunk| Schedule::Managed { chunk: Some(chunk) }),
    ]
}

fn rumours() -> impl Strategy<Value = Rumour> {
    prop_oneof![
        Just(Rumour::Truth),
        Just(Rumour::Known),
        Just(Rumour::Near),
        Just(Rumour::Far),
        Just(Rumour::Changing),
    ]
}

proptest! {
    /// Whatever ranks say of their round trips.
    #[test]
    fn each_iteration_runs_once_and_the_lowest_that_leaves_decides(
        schedule in schedules(),
        rumour in rumours(),
        one_way in proptest::collection::vec(0..60_000_u64, 1..6),
        threads in 1..4_usize,
        costs in proptest::collection::vec(0..20_000_u64, 0..400),
        said in 0..4_u64,
        leaving in proptest::collection::btree_set(0..500_u64, 0..4),
        master_works: bool,
        (weighs, carrying) in (any::<bool>(), 0..20_000_u64),
        unheard in 0..3_000_u64,
        seed: u64,
    ) {
        let length = costs.len() as u64;
        let far: Vec<_> = one_way.into_iter().map(micros).collect();
        let mut world = World::new(&far, costs.into_iter().map(micros).collect());
        world.one_way[0] = Duration::ZERO;
        world.said = match said {
            0 => Length::Unknown,
            1 => Length::Exact(length),
            k => Length::Hint(length * (k - 1) / 2),
        };
        (world.schedule, world.rumour, world.threads) = (schedule, rumour, threads);
        (world.unheard, world.seed) = (micros(unheard), seed);
        world.master_works = master_works || far.len() == 1;
        // A master that runs nothing depends on the others.
        world.weighs = weighs && world.master_works;
        world.carrying = (micros(carrying / 10), micros(carrying));
        world.leaving.clone_from(&leaving);
        let outcome = run(&world);
        let lowest = leaving.first().copied().filter(|&lowest| lowest < length);
        prop_assert_eq!(outcome.left_by, lowest);
        let owed = usize::try_from(lowest.map_or(length, |lowest| lowest + 1)).unwrap();
        prop_assert!(outcome.runs[..owed].iter().all(|&runs| runs == 1), "{:?}", outcome.runs);
        prop_assert!(outcome.runs.iter().all(|&runs| runs <= 1));
        prop_assert!(outcome.most_held <= threads * (1 + DEEPEST as usize));
    }
}

/// The last iterations take longest, or all take the same; messages wait until somebody looks for them.
#[test]
fn ranks_of_one_host_are_no_slower_for_it_and_faster_where_they_are_slow_to_hear() {
    let skewed = |i: u64| micros(867_303 / (2 * (399 - i) + 9));
    let skewed: Vec<_> = (0..400).map(skewed).collect();
    println!("ranks, unheard for: as if all were near; as measured, times the ideal");
    for (ranks, costs) in [
        (2, skewed.clone()),
        (3, skewed),
        (2, vec![ms(1); 2_000]),
        (3, vec![ms(1); 2_000]),
        (8, vec![ms(10); 3_200]),
        (64, vec![ms(10); 3_200]),
    ] {
        for unheard in [200, 2_000, 8_000, 30_000] {
            let mut world = World::new(&vec![Duration::ZERO; ranks], costs.clone());
            world.unheard = micros(unheard);
            let ideal = world.ideal().as_secs_f64();
            let times = |rumour| {
                let time = |seed| {
                    let world = World {
                        rumour,
                        seed,
                        ..world.clone()
                    };
                    run(&world).time.as_secs_f64() / ideal
                };
                (1..6).map(time).sum::<f64>() / 5.0
            };
            let [as_if_near, measured] = [Rumour::Near, Rumour::Truth].map(times);
            println!("{ranks:2} {unheard:5} µs: {as_if_near:.3} {measured:.3}");
            assert!(measured < as_if_near * 1.02);
        }
    }
}

/// So many chunks may be lost on other ranks before it is known that they don't pay.
const SAMPLES: u32 = 8;

/// A loop with the manager as it is, beside one that shares everything out, and beside the master alone.
fn times(world: &World) -> [Duration; 3] {
    let weighing = World {
        weighs: true,
        ..world.clone()
    };
    let alone = World {
        one_way: vec![Duration::ZERO],
        ..world.clone()
    };
    [&weighing, world, &alone].map(|world| run(world).time)
}

#[test]
fn iterations_go_elsewhere_where_that_pays() {
    println!("ranks, iteration, carrying one: weighed, shared, alone");
    for ranks in [2, 16] {
        for nanos in [2, 30, 1_000, 100_000, 1_000_000] {
            for carrying in [0, 2, 20, 200, 20_000_u64] {
                let cost = Duration::from_nanos(nanos);
                let many = usize::try_from(40_000_000 / nanos).unwrap().min(400_000);
                let sample = Duration::from_nanos((20_000 / nanos).max(1) * carrying);
                let mut world = World::new(&vec![Duration::ZERO; ranks], vec![cost; many]);
                world.unheard = micros(50);
                world.carrying = (micros(20), Duration::from_nanos(carrying));
                let [weighed, shared, alone] = times(&world);
                println!(
                    "{ranks:2} {cost:?} {carrying} ns: {weighed:.3?} {shared:.3?} {alone:.3?}"
                );
                let best = shared.min(alone);
                let samples = SAMPLES * (sample + cost.max(micros(20)) + micros(50));
                assert!(weighed < best.mul_f64(1.15) + samples);
            }
        }
    }
}

/// Carrying one takes about as long as the cheap ones.
#[test]
fn long_iterations_behind_short_ones_are_shared_out_nevertheless() {
    for ranks in [2, 4, 16] {
        let mut costs = vec![Duration::from_nanos(2); 200_000];
        costs.extend(vec![micros(20); 30_000]);
        let mut world = World::new(&vec![Duration::ZERO; ranks], costs);
        world.unheard = micros(50);
        world.carrying = (micros(20), Duration::from_nanos(20));
        let [weighed, shared, alone] = times(&world);
        println!("{ranks}: {weighed:.3?} {shared:.3?} {alone:.3?}");
        assert!(weighed < shared.mul_f64(1.1) + ms(20));
    }
}

proptest! {
    #[test]
    fn weighing_costs_little_whatever_iterations_and_messages_take(
        ranks in 2..9_usize,
        blocks in proptest::collection::vec((0..6_u32, 1..100_usize), 1..8),
        carrying in 0..4_u32,
        unheard in 1..500_u64,
        seed: u64,
    ) {
        let mut costs = Vec::new();
        for (power, many) in blocks {
            // As many of them as take up to some milliseconds.
            let many = many * (10_000 / 10_usize.pow(power)).max(1) / 10;
            costs.extend(vec![Duration::from_nanos(10_u64.pow(power) * 3); many]);
        }
        let mut world = World::new(&vec![Duration::ZERO; ranks], costs);
        (world.unheard, world.seed) = (micros(unheard), seed);
        let one = Duration::from_nanos(10_u64.pow(carrying));
        world.carrying = (micros(15), one);
        // What takes 20 us, of the shortest iterations.
        let samples = SAMPLES * 6_700 * one;
        let [weighed, shared, _] = times(&world);
        prop_assert!(weighed < shared.mul_f64(1.3) + ms(15) + samples, "{weighed:?} {shared:?}");
    }
}
