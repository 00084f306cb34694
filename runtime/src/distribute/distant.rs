//! Whole loops on two hosts of ranks, far from each other: what lies in reserve is run once, or taken back.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::parallel_for;
use crate::process::world::run_on_threads;
use crate::transport::fabric::threads::Weather;

fn on_two_hosts<R: Send>(
    size: usize,
    far: Duration,
    seed: u64,
    program: impl Fn() -> R + Sync,
) -> Vec<std::thread::Result<R>> {
    let weather = Weather {
        seed,
        longest: Duration::from_micros(100),
        far,
    };
    run_on_threads(size, 1, weather, program)
}

fn rest(i: u64) {
    let micros = if i % 29 == 5 { 2_000 } else { 200 };
    std::thread::sleep(Duration::from_micros(micros));
}

type Items = Box<dyn Iterator<Item = u64> + Send>;
type Example = fn(Items, &BTreeSet<u64>) -> Result<Vec<u64>, u64>;

macro_rules! example {
    ($name:ident, $($options:tt)*) => {
        #[parallel_for($($options)*)]
        fn $name(items: Items, failing: &BTreeSet<u64>) -> Result<Vec<u64>, u64> {
            let mut squares = Vec::new();
            for i in items {
                rest(i);
                assert!(i != 1_000, "an unlucky number");
                if failing.contains(&i) {
                    return Err(i);
                }
                squares.push(i * i);
            }
            Ok(squares)
        }
    };
}

example!(managed, gather = all);
example!(by_twos, schedule = managed(chunk = 2));
example!(shipped, items = master);

const EXAMPLES: [Example; 3] = [managed, by_twos, shipped];

fn items(n: u64, known: bool) -> Items {
    if known {
        return Box::new(0..n);
    }
    let mut next = 0..n;
    Box::new(std::iter::from_fn(move || next.next()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn far_ranks_have_the_sequential_result(
        n in 0..400_u64,
        known: bool,
        failing in proptest::collection::btree_set(0..2_000_u64, 0..4),
        size in 2..5_usize,
        which in 0..3_usize,
        far in 0..15_u64,
        seed: u64,
    ) {
        let first = failing.iter().find(|&&failing| failing < n);
        let expected = first.map_or_else(|| Ok((0..n).map(|i| i * i).collect()), |&first| Err(first));
        let far = Duration::from_millis(far);
        // In the second loop, round trips are known.
        let results = on_two_hosts(size, far, seed, || {
            [(); 2].map(|()| EXAMPLES[which](items(n, known), &failing))
        });
        for result in results {
            prop_assert_eq!(result.unwrap(), [expected.clone(), expected.clone()]);
        }
    }
}

#[test]
fn a_panic_ends_far_ranks_too() {
    for example in EXAMPLES {
        let results = on_two_hosts(4, Duration::from_millis(10), 3, || {
            example(items(1_200, true), &BTreeSet::new())
        });
        assert!(results.iter().all(Result::is_err));
    }
}

/// However many chunks are on their way, few of the master's items are.
#[test]
fn few_items_of_the_master_are_on_their_way() {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    static RUN: AtomicUsize = AtomicUsize::new(0);
    static AHEAD: AtomicUsize = AtomicUsize::new(0);

    fn length(item: &str) -> usize {
        std::thread::sleep(Duration::from_micros(20));
        RUN.fetch_add(1, Ordering::Relaxed);
        item.len()
    }

    #[parallel_for(items = master)]
    fn lengths() -> usize {
        let mut sum = 0;
        let make = |i: usize| {
            let made = MADE.fetch_add(1, Ordering::Relaxed) + 1;
            let ahead = made.saturating_sub(RUN.load(Ordering::Relaxed));
            AHEAD.fetch_max(ahead, Ordering::Relaxed);
            i.to_string()
        };
        for item in (0..20_000).map(make) {
            sum += length(&item);
        }
        sum
    }

    let results = on_two_hosts(4, Duration::from_millis(20), 3, lengths);
    let expected: usize = (0..20_000).map(|i: usize| i.to_string().len()).sum();
    assert!(results.into_iter().all(|sum| sum.unwrap() == expected));
    // For each rank as many as a chunk's items may be where there are few chunks.
    let ahead = AHEAD.load(Ordering::Relaxed);
    assert!(ahead <= 4 * 512 + 256, "{ahead}");
}

/// Tells how long two hosts of two ranks take for so many iterations of 1 ms: `--nocapture`.
#[test]
fn two_hosts_share_the_work() {
    #[parallel_for(gather = all)]
    fn asleep(n: u64) -> Vec<u64> {
        let mut results = Vec::new();
        for i in 0..n {
            std::thread::sleep(Duration::from_millis(1));
            results.push(i);
        }
        results
    }
    const ITERATIONS: u64 = 400;
    for far in [0, 1, 5, 50].map(Duration::from_millis) {
        let times = on_two_hosts(4, far, 1, || {
            [(); 2].map(|()| {
                let begun = Instant::now();
                let results = asleep(ITERATIONS);
                assert_eq!(results.len() as u64, ITERATIONS);
                begun.elapsed()
            })
        });
        println!("{far:?} one way: {:.3?}", times[0].as_ref().unwrap());
    }
}
