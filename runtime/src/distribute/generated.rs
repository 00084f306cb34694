//! Random loops on ranks that are threads: a fixed family of functions whose iterations do what
//! random data says, each compared with itself as it is written.
//!
//! Invariant: both twins are made of the same tokens, so they can't differ by a slip.

use std::rc::Rc;
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::tests::on_ranks;

/// A function and the same function distributed, with every schedule.
macro_rules! twins {
    (fn $name:ident $($function:tt)+) => {
        mod $name {
            use super::*;

            #[allow(unused_assignments, reason = "what scratch starts with")]
            fn plain $($function)+

            pub(in super::super) fn twins() -> Twins {
                Twins {
                    name: stringify!($name),
                    plain: |steps| format!("{:?}", plain(steps)),
                    distributed: distributed! {
                        [] [schedule = managed(chunk = 3)] [schedule = round_robin]
                        [schedule = blocks] [threads = 1] [threads = 3, gather = all]
                        [local] [local, threads = 1]
                        fn $($function)+
                    },
                }
            }
        }
    };
}

/// The function with each of these options.
macro_rules! distributed {
    ($([$($options:tt)*])+ fn $($function:tt)+) => {
        distributed! { @ [$([$($options)*])+] {$($function)+} }
    };
    (@ [$([$($options:tt)*])+] $function:tt) => {
        vec![$(distributed! { @ ($($options)*) $function }),+]
    };
    (@ ($($options:tt)*) {$($function:tt)+}) => {{
        #[parallel_for($($options)*)]
        #[allow(unused_assignments, reason = "what scratch starts with")]
        fn distributed $($function)+

        (|steps| format!("{:?}", distributed(steps))) as Run
    }};
}

mod changes;
mod loops;
mod nested;
mod replays;

type Run = fn(&[Step]) -> String;

/// A function as it is written, and distributed in several ways.
struct Twins {
    name: &'static str,
    plain: Run,
    distributed: Vec<Run>,
}

impl Twins {
    /// Items without end can't be divided into blocks.
    fn without_blocks(mut self) -> Self {
        self.distributed.remove(3);
        self
    }
}

/// What one iteration does.
#[derive(Clone, Debug, Hash, PartialEq, Serialize, Deserialize)]
struct Step {
    way: Way,
    values: Vec<u32>,
    number: i64,
    /// In microseconds.
    pause: u64,
}

/// How the iteration ends.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq, Serialize, Deserialize)]
enum Way {
    Through,
    Skip,
    Break,
    BreakInside,
    Fail,
    Return,
    BreakOuter,
    ContinueOuter,
}

impl Step {
    fn work(&self) {
        if self.pause > 0 {
            std::thread::sleep(Duration::from_micros(self.pause));
        }
    }

    /// No two orders of adding these up agree.
    fn float(&self) -> f64 {
        let number = f64::from(i32::try_from(self.number).expect("small"));
        number / 7.0 * 10_f64.powi(i32::try_from(self.number.rem_euclid(13)).expect("small") - 6)
    }

    fn checked(&self) -> Result<i64, Refused> {
        match self.way {
            Way::Fail => Err(Refused(Rc::from(format!("no {}", self.number)))),
            _ => Ok(self.number),
        }
    }

    fn found(&self) -> Option<i64> {
        self.checked().ok()
    }
}

/// An error that can be neither sent to a thread nor written down.
#[derive(Debug)]
struct Refused(#[allow(dead_code, reason = "it is shown")] Rc<str>);

fn step() -> impl Strategy<Value = Step> {
    let pause = prop_oneof![8 => Just(0), 3 => 1..80_u64, 1 => 300..900_u64];
    let way = prop_oneof![6 => Just(Way::Through), 1 => Just(Way::Skip)];
    (way, vec(any::<u32>(), 0..4), -500..500_i64, pause).prop_map(|(way, values, number, pause)| {
        Step {
            way,
            values,
            number,
            pause,
        }
    })
}

/// Mostly with a few exits; the lower one of two is often the slower.
fn steps() -> impl Strategy<Value = Vec<Step>> {
    let way = prop_oneof![
        Just(Way::Break),
        Just(Way::BreakInside),
        Just(Way::Fail),
        Just(Way::Return),
        Just(Way::BreakOuter),
        Just(Way::ContinueOuter),
    ];
    let exits = vec((any::<prop::sample::Index>(), way, 0..1500_u64), 0..5);
    (vec(step(), 0..70), exits).prop_map(|(mut steps, exits)| {
        for (place, way, pause) in exits {
            if !steps.is_empty() {
                let step = place.get_mut(&mut steps);
                (step.way, step.pause) = (way, pause);
            }
        }
        steps
    })
}

/// All of the family.
fn family() -> Vec<Twins> {
    let mut family = loops::family();
    family.extend(changes::family());
    family.extend(nested::family());
    family.extend(replays::family());
    family
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    /// Several loops one after the other: what one leaves behind would reach the next.
    #[test]
    fn random_loops_equal_themselves_as_written(
        loops in vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), steps()), 1..4),
        size in 1..9_usize,
        threads in prop::sample::select(vec![1, 2, 4]),
        seed: u64,
    ) {
        let family = family();
        let chosen: Vec<(&Twins, Run, &[Step])> = loops
            .iter()
            .map(|(which, how, steps)| {
                let twins = which.get(&family);
                (twins, *how.get(&twins.distributed), &**steps)
            })
            .collect();
        let expected: Vec<String> = chosen.iter().map(|(twins, _, steps)| (twins.plain)(steps)).collect();
        let results = on_ranks(size, threads, seed, || {
            chosen.iter().map(|(_, run, steps)| run(steps)).collect::<Vec<_>>()
        });
        for (rank, results) in results.iter().enumerate() {
            for ((twins, _, _), (result, expected)) in chosen.iter().zip(results.iter().zip(&expected)) {
                prop_assert_eq!(result, expected, "{} on rank {}", twins.name, rank);
            }
        }
    }
}

/// The random cases would find it as well, but not as soon.
#[test]
fn every_function_leaves_at_every_iteration() {
    let plain = |number| Step {
        way: Way::Through,
        values: vec![1, 2],
        number,
        pause: 0,
    };
    let ways = [
        Way::Through,
        Way::Break,
        Way::BreakInside,
        Way::Fail,
        Way::Return,
        Way::BreakOuter,
        Way::ContinueOuter,
    ];
    for twins in family() {
        for way in ways {
            for place in [0, 1, 6, 11] {
                let mut steps: Vec<Step> = (0..12).map(plain).collect();
                (steps[place].way, steps[place].pause) = (way, 200);
                let expected = (twins.plain)(&steps);
                let run = twins.distributed[place % twins.distributed.len()];
                for result in on_ranks(3, 2, place as u64, || run(&steps)) {
                    assert_eq!(result, expected, "{} by {way:?} at {place}", twins.name);
                }
            }
        }
    }
}
