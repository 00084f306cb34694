//! Loops that are left, on ranks that are threads of this process; written out as the macro expands
//! them.

use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use proptest::prelude::*;

use crate::__private::{
    Fallible, Options, Schedule, attempt, block, exits, items_again, mark, master_items_again,
    part_until,
};
use crate::distribute::tests::on_ranks;

const ALL: Options = Options::DEFAULT;

pub(super) fn schedules() -> [Options; 4] {
    [
        Schedule::Managed { chunk: None },
        Schedule::Managed { chunk: Some(3) },
        Schedule::RoundRobin,
        Schedule::Blocks,
    ]
    .map(|schedule| Options { schedule, ..ALL })
}

/// An error that can neither be sent, nor shared, nor cloned, nor serialised.
#[derive(Debug)]
struct Failed(Rc<String>);

fn work(i: u64, fails: impl Fn(u64) -> bool) -> Result<u64, Failed> {
    if i % 7 == 2 {
        std::thread::sleep(Duration::from_micros(60));
    }
    if fails(i) {
        return Err(Failed(Rc::new(format!("item {i}"))));
    }
    Ok(i * i)
}

/// `for i in 0..n { results.push(i); results.push(work(i)?); }`
fn until_failure(
    options: Options,
    n: u64,
    results: &mut Vec<u64>,
    fails: impl Fn(u64) -> bool + Sync,
) -> Result<u64, Failed> {
    let mut this = exits(items_again!(0..n));
    while this.run(
        options,
        |mut chunk, mut results: Vec<u64>| {
            let mut start = mark(&mut results);
            attempt(|| -> <Result<u64, Failed> as Fallible>::Unit {
                while let Some(block) = block(&mut chunk) {
                    for i in block {
                        start = mark(&mut results);
                        results.push(i);
                        results.push(work(i, &fails)?);
                    }
                }
                <Result<u64, Failed> as Fallible>::completed()
            });
            part_until(results, start)
        },
        &mut *results,
        |_| (),
    ) {
        for i in this.again() {
            results.push(i);
            results.push(work(i, &fails)?);
        }
    }
    Ok(results.len() as u64)
}

fn expected(n: u64, failing: Option<u64>) -> (Vec<u64>, Result<u64, String>) {
    let until = failing.filter(|&failing| failing < n);
    let mut results: Vec<u64> = (0..until.unwrap_or(n)).flat_map(|i| [i, i * i]).collect();
    results.extend(until);
    let value = until.map_or(Ok(2 * n), |failing| Err(format!("item {failing}")));
    (results, value)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_first_failure_of_the_sequential_loop_is_that_of_every_rank(
        n in 0..150_u64,
        failing in proptest::collection::btree_set(0..200_u64, 0..4),
        size in 1..6_usize,
        threads in 1..4_usize,
        schedule in 0..4_usize,
        seed: u64,
    ) {
        let results = on_ranks(size, threads, seed, || {
            let mut results = Vec::new();
            let value = until_failure(schedules()[schedule], n, &mut results, |i| failing.contains(&i));
            (results, value.map_err(|Failed(text)| text.to_string()))
        });
        let lowest = failing.first().copied();
        for result in results {
            prop_assert_eq!(result, expected(n, lowest));
        }
    }
}

/// `for line in lines { if line.len() > 3 { break; } results.push(line); }` on the master's lines.
#[test]
fn the_masters_items_are_run_again_everywhere() {
    for break_at in [0, 1, 17, 39, 40] {
        let lines = || {
            let of_master = |i: usize| {
                if i == break_at {
                    "long line".to_owned()
                } else {
                    i.to_string()
                }
            };
            (0..40).map(of_master)
        };
        let results = on_ranks(3, 2, 5, || {
            let mut results = Vec::new();
            let items = if crate::rank() == 0 { 40 } else { 0 };
            let mut this = exits(master_items_again!(lines().take(items)));
            while this.run(
                ALL,
                |mut chunk, mut results: Vec<String>| {
                    let mut start = mark(&mut results);
                    while let Some(block) = block(&mut chunk) {
                        for line in block {
                            start = mark(&mut results);
                            results.push(line.clone());
                            if line.len() > 3 {
                                break;
                            }
                        }
                    }
                    part_until(results, start)
                },
                &mut results,
                |_| (),
            ) {
                for line in this.again() {
                    results.push(line.clone());
                    if line.len() > 3 {
                        break;
                    }
                }
            }
            results
        });
        let expected: Vec<String> = lines().take(break_at + 1).collect();
        assert_eq!(results, vec![expected; 3]);
    }
}

/// Endless items end with the iteration that leaves the loop, and the others are told to stop.
#[test]
fn a_search_without_end_finds_the_first() {
    for options in [schedules()[0], schedules()[1], schedules()[2]] {
        let found = on_ranks(3, 2, 1, || {
            let mut this = exits(items_again!(0_u64..));
            while this.run(
                options,
                |mut chunk, ()| {
                    while let Some(block) = block(&mut chunk) {
                        '_all: for i in block {
                            if i % 1000 == 777 {
                                break '_all;
                            }
                        }
                    }
                    part_until((), ())
                },
                (),
                |_| (),
            ) {
                for i in this.again() {
                    if i % 1000 == 777 {
                        return i;
                    }
                }
            }
            unreachable!("the items don't end")
        });
        assert_eq!(found, [777; 3]);
    }
}

/// A rank that is in the middle of a long chunk stops when another rank leaves the loop.
#[test]
fn other_ranks_stop_in_the_middle_of_a_chunk() {
    const ITERATIONS: u64 = 2_000_000;
    let options = Options {
        schedule: Schedule::Blocks,
        ..ALL
    };
    let run = AtomicU64::new(0);
    on_ranks(2, 1, 1, || {
        let mut this = exits(items_again!(0..ITERATIONS));
        while this.run(
            options,
            |mut chunk, ()| {
                while let Some(block) = block(&mut chunk) {
                    for i in block {
                        run.fetch_add(1, Ordering::Relaxed);
                        std::thread::sleep(Duration::from_micros(50));
                        if i == 3 {
                            break;
                        }
                    }
                }
                part_until((), ())
            },
            (),
            |_| (),
        ) {
            for i in this.again() {
                if i == 3 {
                    break;
                }
            }
        }
    });
    // Without a word from the first rank, the second would have run its half.
    assert!(run.into_inner() < ITERATIONS / 2);
}

#[test]
fn an_iteration_that_only_leaves_once_is_told() {
    let left = std::sync::atomic::AtomicBool::new(false);
    let words = crate::base::panicking::catch(|| {
        let mut this = exits(items_again!(0..10));
        while this.run(
            ALL,
            |mut chunk, ()| {
                while let Some(block) = block(&mut chunk) {
                    for i in block {
                        if i == 4 && !left.swap(true, Ordering::Relaxed) {
                            break;
                        }
                    }
                }
                part_until((), ())
            },
            (),
            |_| (),
        ) {
            for _ in this.again() {}
        }
    });
    let words = words.unwrap_err().message;
    assert!(
        words.contains("iteration 4 of the loop at") && words.contains("did not leave"),
        "{words}"
    );
}
