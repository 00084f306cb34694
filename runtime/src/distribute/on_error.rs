//! Loops that go on after a panic, on ranks that are threads: as if the items were not there, or the panics had not been.

#![allow(
    clippy::pedantic,
    reason = "the functions are written as users write them"
)]

mod combined;
mod elsewhere;
mod left_out;
mod retried;

use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::tests::{family, on_ranks, weather};
use crate::parallel_for;
use crate::process::environment::Environment;
use crate::process::world::run_with;
use crate::{Skipped, skipped};

fn indices(skipped: &[Skipped]) -> Vec<u64> {
    skipped.iter().map(|one| one.index).collect()
}

/// Which iterations fail.
type Fails = fn(u64) -> bool;

const FAILS: [Fails; 6] = [
    |_| false,
    |i| i % 7 == 3,
    |i| i % 2 == 0,
    |i| i == 0,
    |i| i == 39,
    |_| true,
];

/// How often each iteration of one loop ran.
struct Runs(Vec<AtomicUsize>);

impl Runs {
    fn new(n: usize) -> Self {
        Self((0..n).map(|_| AtomicUsize::new(0)).collect())
    }

    /// Which run of this iteration it is, from 1.
    fn next(&self, i: usize) -> usize {
        self.0[i].fetch_add(1, Ordering::Relaxed) + 1
    }
}

#[test]
fn statements_run_with_the_values_of_iterations_that_have_some() {
    #[parallel_for(on_error = skip)]
    fn counts(n: u64, fails: Fails) -> (BTreeMap<u64, u64>, u64, u64) {
        let mut counts = BTreeMap::new();
        let (mut best, mut at) = (0, 0);
        for i in 0..n {
            let score = i * 37 % 41;
            *counts.entry(i % 4).or_insert(0) += i;
            if score > best {
                best = score;
                at = i;
            }
            assert!(!fails(i), "no luck with {i}");
        }
        (counts, best, at)
    }
    for fails in FAILS {
        let (mut expected, mut best, mut at) = (BTreeMap::new(), 0, 0);
        for i in (0..40).filter(|&i| !fails(i)) {
            *expected.entry(i % 4).or_insert(0) += i;
            if i * 37 % 41 > best {
                (best, at) = (i * 37 % 41, i);
            }
        }
        for size in [1, 3] {
            for (made, _) in on_ranks(size, 2, 3, || (counts(40, fails), skipped())) {
                assert_eq!(made, (expected.clone(), best, at));
            }
        }
    }
}

struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("dropped");
    }
}

#[test]
fn whatever_is_thrown_is_caught() {
    #[parallel_for(on_error = skip)]
    fn odd(n: u64) -> Vec<u64> {
        let mut results = Vec::new();
        for i in 0..n {
            match i % 4 {
                0 => panic_any(i),
                1 => panic_any(Bomb),
                2 => std::panic::resume_unwind(Box::new("thrown")),
                _ => results.push(i),
            }
        }
        results
    }
    for size in [1, 3] {
        for (made, skipped) in on_ranks(size, 2, 3, || (odd(8), skipped())) {
            assert_eq!(made, [3, 7]);
            let messages: Vec<&str> = skipped.iter().map(|one| &*one.message).collect();
            let any = "Box<dyn Any>";
            assert_eq!(messages, [any, any, "thrown", any, any, "thrown"]);
        }
    }
}

#[test]
fn a_lock_stays_as_the_panic_left_it() {
    let shared = Mutex::new(());
    #[allow(deprecated, reason = "the effect on the lock is what it is about")]
    #[parallel_for(on_error = skip, local)]
    fn locked(n: u64, shared: &Mutex<()>) -> Vec<u64> {
        let mut results = Vec::new();
        for i in 0..n {
            let _held = shared
                .lock()
                .unwrap_or_else(|poisoned| poisoned.into_inner());
            assert!(i != 3, "no luck with {i}");
            results.push(i);
        }
        results
    }
    let results = on_ranks(1, 2, 3, || (locked(6, &shared), skipped().len()));
    assert_eq!(results, [(vec![0, 1, 2, 4, 5], 1)]);
    assert!(shared.is_poisoned());
}

#[test]
fn what_makes_items_or_adds_them_up_still_ends_the_loop() {
    #[parallel_for(on_error = skip)]
    fn made(items: impl Iterator<Item = u64> + Send) -> Vec<u64> {
        let mut results = Vec::new();
        for i in items {
            results.push(i);
        }
        results
    }
    fn add(sum: u64, i: u64) -> u64 {
        assert!(i != 33, "no sum with {i}");
        sum + i
    }
    #[parallel_for(on_error = skip, reduce(sum: add))]
    fn added(n: u64) -> u64 {
        let mut sum = 0;
        for i in 0..n {
            sum = add(sum, i);
        }
        sum
    }
    let items = || (0..40).inspect(|&i| assert!(i != 31, "no item {i}"));
    for size in [1, 3] {
        let texts = on_ranks(size, 2, 3, || {
            let text =
                |caught: thread::Result<()>| *caught.unwrap_err().downcast::<String>().unwrap();
            let first = text(catch_unwind(|| drop(made(items()))));
            let second = text(catch_unwind(|| _ = added(40)));
            (first, second, skipped().len())
        });
        for (first, second, skipped) in texts {
            assert_eq!(
                (&*first, &*second, skipped),
                ("no item 31", "no sum with 33", 0)
            );
        }
    }
}

#[test]
fn in_the_body_of_another_loop_a_panic_is_that_ones() {
    #[parallel_for(on_error = skip)]
    fn inner(n: u64) -> u64 {
        let mut sum = 0;
        for i in 0..n {
            assert!(i != 5, "no luck with {i}");
            sum += i;
        }
        sum
    }
    #[parallel_for(on_error = skip)]
    fn outer(n: u64) -> Vec<u64> {
        let mut results = Vec::new();
        for i in 0..n {
            results.push(inner(i));
        }
        results
    }
    for size in [1, 3] {
        for (made, skipped) in on_ranks(size, 2, 3, || (outer(8), skipped())) {
            assert_eq!(made, [0, 0, 1, 3, 6, 10]);
            assert_eq!(indices(&skipped), [6, 7]);
        }
    }
}

#[test]
fn the_master_alone_may_get_the_rest_and_all_know_what_is_missing() {
    #[parallel_for(on_error = skip, gather = master)]
    fn count(n: u64, out: &mut Vec<u64>) {
        for i in 0..n {
            assert!(i % 5 != 2, "no luck with {i}");
            out.push(i);
        }
    }
    for (rank, (out, skipped)) in on_ranks(3, 2, 3, || {
        let mut out = Vec::new();
        count(20, &mut out);
        (out, skipped())
    })
    .into_iter()
    .enumerate()
    {
        assert_eq!(out.len(), if rank == 0 { 16 } else { 0 });
        assert_eq!(indices(&skipped), [2, 7, 12, 17]);
    }
}

#[test]
fn the_environment_speaks_where_the_loop_does_not() {
    #[parallel_for]
    fn silent(n: u64, fails: Fails) -> Vec<u64> {
        let mut results = Vec::new();
        for i in 0..n {
            assert!(!fails(i), "no luck with {i}");
            results.push(i);
        }
        results
    }
    #[parallel_for(on_error = stop)]
    fn stops(n: u64) -> Vec<u64> {
        let mut results = Vec::new();
        for i in 0..n {
            assert!(i != 5, "no luck with {i}");
            results.push(i);
        }
        results
    }
    #[parallel_for]
    fn owned(items: Vec<String>) -> Vec<usize> {
        let mut results = Vec::new();
        for item in items {
            results.push(item.len());
        }
        results
    }
    #[parallel_for(local)]
    fn parts(grid: &mut [u64]) -> usize {
        let mut count = 0;
        for row in grid.chunks_mut(3) {
            row[0] = 1;
            count += row.len();
        }
        count
    }
    let with = |text: &str| {
        let texts = [("PARALLEL_FOR_ON_ERROR".to_owned(), text.to_owned())];
        Environment::parse(&texts.into()).unwrap()
    };
    for size in [1, 3] {
        let results = run_with(&with("skip"), size, 2, weather(1), || {
            let made = silent(9, |i| i % 4 == 1);
            let skipped = indices(&skipped());
            let text =
                |caught: thread::Result<()>| *caught.unwrap_err().downcast::<String>().unwrap();
            let stopped = text(catch_unwind(|| drop(stops(9))));
            let mapped = crate::map([1, 2, 3], |i| i * 2);
            (
                made,
                skipped,
                stopped,
                mapped.len(),
                owned(vec!["abc".to_owned(); 4]),
            )
        });
        for result in results {
            let (made, skipped, stopped, mapped, owned) = result.unwrap();
            assert_eq!(made, [0, 2, 3, 4, 6, 7, 8]);
            assert_eq!(skipped, [1, 5]);
            assert_eq!((&*stopped, mapped), ("no luck with 5", 3));
            assert_eq!(owned, [3; 4]);
        }
        let refused = run_with(&with("retry(2)"), size, 2, weather(1), || {
            owned(vec!["abc".to_owned(); 4])
        });
        for result in refused {
            let text = *result.unwrap_err().downcast::<String>().unwrap();
            assert!(
                text.contains("write `on_error = retry(2)` on the loop"),
                "{text}"
            );
        }
    }
    let refused = run_with(&with("skip"), 1, 2, weather(1), || parts(&mut [0; 9]));
    for result in refused {
        let text = *result.unwrap_err().downcast::<String>().unwrap();
        assert!(text.contains("could not be undone"), "{text}");
    }
}

#[test]
fn very_many_panics_take_a_time_that_grows_with_their_number() {
    #[parallel_for(on_error = skip)]
    fn half(n: u64) -> Vec<u64> {
        let mut results = Vec::new();
        for i in 0..n {
            assert!(i % 2 == 1);
            results.push(i);
        }
        results
    }
    for (size, n) in [(1, 100_000), (2, 20_000)] {
        for (made, skipped) in on_ranks(size, 2, 3, || (half(n), skipped())) {
            assert_eq!(made.len() as u64, n / 2);
            assert_eq!(skipped.len() as u64, n / 2);
        }
    }
}
