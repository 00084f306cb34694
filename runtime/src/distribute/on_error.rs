//! Loops that go on after a panic, on ranks that are threads: as if the items were not there, or the panics had not been.

#![allow(
    clippy::pedantic,
    reason = "the functions are written as users write them"
)]

mod combined;
mod elsewhere;

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

/// What those loops leave behind.
type Outputs = (
    Vec<u64>,
    Vec<u64>,
    String,
    HashMap<u64, u64>,
    f64,
    u64,
    u64,
    Option<u64>,
);

/// Outputs of many kinds: values 0 to 3 times, once, text, by keys, and reductions.
macro_rules! outputs {
    ($($name:ident $options:tt)*) => {
        family! {
            [$($name $options)*]
            fn (n: u64, fails: Fails) -> Outputs {
                let mut values = vec![7];
                let mut once = vec![8];
                let mut text = String::from("start");
                let mut latest = HashMap::new();
                let (mut sum, mut count, mut greatest, mut last) = (0.1, 0, 0, None);
                for i in 0..n {
                    for k in 0..i % 4 {
                        values.push(i * 10 + k);
                    }
                    text.push_str(&i.to_string());
                    latest.insert(i % 5, i);
                    sum += 1.0 / (i as f64 + 0.3);
                    count += 1;
                    greatest = greatest.max(i * 7 % 23);
                    last = Some(i);
                    once.push(i * i);
                    assert!(!fails(i), "no luck with {i}");
                }
                (values, once, text, latest, sum, count, greatest, last)
            }
        }
    };
}

outputs! {
    skip_managed (on_error = skip)
    skip_by_three (on_error = skip, schedule = managed(chunk = 3))
    skip_robin (on_error = skip, schedule = round_robin)
    skip_blocks (on_error = skip, schedule = blocks)
    skip_shipped (on_error = skip, items = master)
    skip_local (on_error = skip, local)
    skip_on_one (on_error = skip, threads = 1)
}

/// The same of the items that don't fail, one after the other.
fn outputs_without(n: u64, fails: Fails) -> Outputs {
    let mut values = vec![7];
    let mut once = vec![8];
    let mut text = String::from("start");
    let mut latest = HashMap::new();
    let (mut sum, mut count, mut greatest, mut last) = (0.1, 0, 0, None);
    for i in (0..n).filter(|&i| !fails(i)) {
        for k in 0..i % 4 {
            values.push(i * 10 + k);
        }
        text.push_str(&i.to_string());
        latest.insert(i % 5, i);
        sum += 1.0 / (i as f64 + 0.3);
        count += 1;
        greatest = greatest.max(i * 7 % 23);
        last = Some(i);
        once.push(i * i);
    }
    (values, once, text, latest, sum, count, greatest, last)
}

#[test]
fn what_iterations_wrote_that_are_left_out_is_nowhere() {
    for (which, distributed) in [
        skip_managed,
        skip_by_three,
        skip_robin,
        skip_blocks,
        skip_shipped,
        skip_local,
        skip_on_one,
    ]
    .into_iter()
    .enumerate()
    {
        for (size, threads) in [(1, 1), (1, 3), (3, 1), (2, 2)] {
            for (at, fails) in FAILS.into_iter().enumerate() {
                for n in [0, 1, 40] {
                    let expected = outputs_without(n, fails);
                    let left_out: Vec<u64> = (0..n).filter(|&i| fails(i)).collect();
                    for (made, skipped) in on_ranks(size, threads, at as u64, || {
                        (distributed(n, fails), skipped())
                    }) {
                        assert_eq!(made, expected, "{which} {size} {threads} {at} {n}");
                        assert_eq!(indices(&skipped), left_out);
                        let mut all = skipped.iter().zip(&left_out);
                        assert!(all.all(|(one, i)| {
                            one.message == format!("no luck with {i}")
                                && one.site.contains("on_error.rs:")
                                && one
                                    .location
                                    .as_ref()
                                    .is_some_and(|at| at.contains("on_error.rs:"))
                                && one.rank < size
                        }));
                    }
                }
            }
        }
    }
}

/// Arrays in place: items, elements by the loop's index, of plain and of other types.
macro_rules! in_place {
    ($($name:ident $options:tt)*) => {
        family! {
            [$($name $options)*]
            fn (plain: &mut [u64], names: &mut [String], out: &mut [u64], fails: Fails) {
                for (i, (x, name)) in plain.iter_mut().zip(names.iter_mut()).enumerate() {
                    *x += 100;
                    name.push_str(&i.to_string());
                    out[i] = *x * 2;
                    assert!(!fails(i as u64), "no luck with {i}");
                    *x += 1;
                }
            }
        }
    };
}

in_place! {
    place_managed (on_error = skip)
    place_robin (on_error = skip, schedule = round_robin)
    place_blocks (on_error = skip, schedule = blocks)
    place_local (on_error = skip, local)
}

family! {
    [
        windows_managed (on_error = skip)
        windows_robin (on_error = skip, schedule = round_robin)
        windows_local (on_error = skip, local)
        windows_on_one (on_error = skip, threads = 1)
    ]
    fn (plain: &mut [u64], fails: Fails) {
        for x in plain.iter_mut() {
            let i = *x;
            *x += 100;
            assert!(!fails(i), "no luck with {i}");
            *x += 1;
        }
    }
}

family! {
    [
        texts_managed (on_error = skip)
        texts_blocks (on_error = skip, schedule = blocks)
        texts_local (on_error = skip, local)
    ]
    fn (texts: &mut [String], fails: Fails) {
        for text in texts.iter_mut() {
            let i: u64 = text.parse().unwrap();
            text.push('!');
            assert!(!fails(i), "no luck with {i}");
            text.push('?');
        }
    }
}

family! {
    [
        mapped_managed (on_error = skip)
        mapped_local (on_error = skip, local)
    ]
    fn (map: &mut BTreeMap<u64, String>, fails: Fails) {
        for (i, text) in map.values_mut().enumerate() {
            text.push('!');
            assert!(!fails(i as u64), "no luck with {i}");
            text.push('?');
        }
    }
}

#[test]
fn what_was_changed_in_place_is_as_it_was() {
    let n = 40;
    for (size, threads) in [(1, 1), (1, 3), (3, 2)] {
        for fails in FAILS {
            for distributed in [place_managed, place_robin, place_blocks, place_local] {
                let results = on_ranks(size, threads, 5, || {
                    let mut plain: Vec<u64> = (0..n).collect();
                    let mut names: Vec<String> = (0..n).map(|i| format!("{i}-")).collect();
                    let mut out = vec![9; n as usize];
                    distributed(&mut plain, &mut names, &mut out, fails);
                    (plain, names, out, indices(&skipped()))
                });
                for (plain, names, out, left_out) in results {
                    for i in 0..n {
                        let at = i as usize;
                        if fails(i) {
                            assert_eq!((plain[at], out[at]), (i, 9));
                            assert_eq!(names[at], format!("{i}-"));
                        } else {
                            assert_eq!((plain[at], out[at]), (i + 101, (i + 100) * 2));
                            assert_eq!(names[at], format!("{i}-{i}"));
                        }
                    }
                    assert_eq!(left_out, (0..n).filter(|&i| fails(i)).collect::<Vec<_>>());
                }
            }
            for distributed in [
                windows_managed,
                windows_robin,
                windows_local,
                windows_on_one,
            ] {
                let results = on_ranks(size, threads, 5, || {
                    let mut plain: Vec<u64> = (0..n).collect();
                    distributed(&mut plain, fails);
                    (plain, skipped().len())
                });
                for (plain, _) in results {
                    let after = |i| if fails(i) { i } else { i + 101 };
                    assert_eq!(plain, (0..n).map(after).collect::<Vec<_>>());
                }
            }
            for distributed in [texts_managed, texts_blocks, texts_local] {
                let results = on_ranks(size, threads, 5, || {
                    let mut texts: Vec<String> = (0..n).map(|i| i.to_string()).collect();
                    distributed(&mut texts, fails);
                    (texts, skipped().len())
                });
                for (texts, _) in results {
                    for (i, text) in (0..n).zip(&texts) {
                        let after = if fails(i) { "" } else { "!?" };
                        assert_eq!(*text, format!("{i}{after}"));
                    }
                }
            }
            for distributed in [mapped_managed, mapped_local] {
                let results = on_ranks(size, threads, 5, || {
                    let mut map = (0..n).map(|i| (i, i.to_string())).collect();
                    distributed(&mut map, fails);
                    (map, skipped().len())
                });
                for (map, _) in results {
                    for (i, text) in &map {
                        let after = if fails(*i) { "" } else { "!?" };
                        assert_eq!(*text, format!("{i}{after}"));
                    }
                }
            }
        }
    }
}

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

family! {
    [
        retry_managed (on_error = retry(3), per_rank(runs))
        retry_robin (on_error = retry(3), schedule = round_robin, per_rank(runs))
        retry_blocks (on_error = retry(3), schedule = blocks, per_rank(runs))
        retry_shipped (on_error = retry(3), items = master, per_rank(runs))
        retry_local (on_error = retry(3), local)
        retry_on_one (on_error = retry(3), threads = 1, per_rank(runs))
    ]
    fn (items: Vec<String>, out: &mut [u64], runs: &Runs, panics: usize) -> (Vec<String>, f64) {
        let mut texts = Vec::new();
        let mut sum = 0.0;
        for (i, item) in items.into_iter().enumerate() {
            sum += 1.0 / (i as f64 + 0.7);
            texts.push(item);
            out[i] += 5;
            assert!(i % 3 != 1 || runs.next(i) > panics, "no luck with {i}");
        }
        (texts, sum)
    }
}

family! {
    [
        again_windows (on_error = retry(2), per_rank(runs))
        again_windows_local (on_error = retry(2), local)
    ]
    fn (plain: &mut [u64], texts: &mut [String], runs: &Runs) {
        for (i, (x, text)) in plain.iter_mut().zip(texts.iter_mut()).enumerate() {
            *x = *x * 3 + 1;
            text.push('!');
            assert!(i % 3 != 1 || runs.next(i) > 2, "no luck with {i}");
        }
    }
}

family! {
    [
        again_items (on_error = retry(2), per_rank(runs))
        again_items_local (on_error = retry(2), local)
    ]
    fn (map: &mut BTreeMap<usize, Vec<u64>>, runs: &Runs) {
        for (i, list) in map.values_mut().enumerate() {
            list.push(1);
            assert!(i % 3 != 1 || runs.next(i) > 2, "no luck with {i}");
        }
    }
}

/// Such a function.
type Retried = fn(Vec<String>, &mut [u64], &Runs, usize) -> (Vec<String>, f64);

#[test]
fn an_iteration_that_runs_again_finds_everything_as_it_was() {
    let n = 20;
    for (size, threads) in [(1, 1), (1, 3), (3, 2)] {
        for distributed in [
            retry_managed,
            retry_robin,
            retry_blocks,
            retry_shipped,
            retry_local,
            retry_on_one,
        ] {
            let shared = Runs::new(n);
            let results = on_ranks(size, threads, 5, || {
                // Where each rank runs all of it, each has its own.
                let own = Runs::new(n);
                let runs = if std::ptr::fn_addr_eq(distributed as Retried, retry_local as Retried) {
                    &own
                } else {
                    &shared
                };
                let items = (0..n).map(|i| i.to_string()).collect();
                let mut out = vec![1; n];
                let made = distributed(items, &mut out, runs, 3);
                (made, out, skipped())
            });
            let mut sum = 0.0;
            for i in 0..n {
                sum += 1.0 / (i as f64 + 0.7);
            }
            let texts: Vec<String> = (0..n).map(|i| i.to_string()).collect();
            for result in results {
                assert_eq!(result, ((texts.clone(), sum), vec![6; n], Vec::new()));
            }
        }
        for (distributed, local) in [
            (again_windows as fn(&mut [u64], &mut [String], &Runs), false),
            (again_windows_local, true),
        ] {
            let shared = Runs::new(n);
            let results = on_ranks(size, threads, 5, || {
                let own = Runs::new(n);
                let mut plain: Vec<u64> = (0..n as u64).collect();
                let mut texts = vec![String::from("x"); n];
                distributed(&mut plain, &mut texts, if local { &own } else { &shared });
                (plain, texts)
            });
            for (plain, texts) in results {
                assert_eq!(plain, (0..n as u64).map(|i| i * 3 + 1).collect::<Vec<_>>());
                assert_eq!(texts, vec!["x!"; n]);
            }
        }
        for (distributed, local) in [
            (
                again_items as fn(&mut BTreeMap<usize, Vec<u64>>, &Runs),
                false,
            ),
            (again_items_local, true),
        ] {
            let shared = Runs::new(n);
            let results = on_ranks(size, threads, 5, || {
                let own = Runs::new(n);
                let mut map = (0..n).map(|i| (i, vec![0])).collect();
                distributed(&mut map, if local { &own } else { &shared });
                map
            });
            for map in results {
                assert!(map.values().all(|list| *list == [0, 1]), "{map:?}");
            }
        }
    }
}

#[test]
fn an_iteration_that_panics_each_time_ends_the_loop() {
    for (size, threads) in [(1, 1), (1, 2), (3, 2)] {
        for distributed in [retry_managed, retry_robin, retry_shipped, retry_on_one] {
            let runs = Runs::new(20);
            let results = on_ranks(size, threads, 5, || {
                let items = (0..20).map(|i| i.to_string()).collect();
                let mut out = vec![1; 20];
                let caught =
                    catch_unwind(AssertUnwindSafe(|| distributed(items, &mut out, &runs, 4)));
                *caught.unwrap_err().downcast::<String>().unwrap()
            });
            assert_eq!(results, vec!["no luck with 1"; size]);
            assert_eq!(runs.0[1].load(Ordering::Relaxed), 4, "three times again");
        }
    }
}

family! {
    [
        search_managed (on_error = skip)
        search_robin (on_error = skip, schedule = round_robin)
        search_shipped (on_error = skip, items = master)
        search_local (on_error = skip, local)
    ]
    fn (items: Vec<u64>, fails: Fails, exit: u64) -> Result<(Vec<u64>, u64), String> {
        let mut seen = Vec::new();
        let mut count = 0;
        for i in items {
            seen.push(i);
            count += 1;
            if i == exit {
                return Err(format!("{} {count}", seen.len()));
            }
            assert!(!fails(i), "no luck with {i}");
        }
        Ok((seen, count))
    }
}

#[test]
fn a_panic_behind_the_way_out_does_not_count() {
    for (size, threads) in [(1, 1), (1, 3), (3, 2)] {
        for distributed in [search_managed, search_robin, search_shipped, search_local] {
            for (seed, exit) in [0, 3, 17, 39, 99].into_iter().enumerate() {
                let fails: Fails = |i| i % 7 == 3;
                let left_out: Vec<u64> = (0..40).filter(|&i| fails(i) && i < exit).collect();
                let kept: Vec<u64> = (0..40).filter(|&i| !fails(i) && i < exit).collect();
                let count = kept.len() as u64;
                let expected = if exit < 40 {
                    Err(format!("{} {}", count + 1, count + 1))
                } else {
                    Ok((kept, count))
                };
                for (made, skipped) in on_ranks(size, threads, seed as u64, || {
                    (distributed((0..40).collect(), fails, exit), skipped())
                }) {
                    assert_eq!(made, expected);
                    assert_eq!(indices(&skipped), left_out, "{size} {threads} {exit}");
                }
            }
        }
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

#[test]
fn scratch_is_made_anew_for_each_try() {
    #[parallel_for(on_error = retry(1), per_rank(runs))]
    fn sums(n: u64, runs: &Runs) -> Vec<u64> {
        let mut results = Vec::new();
        let mut buffer: Vec<u64> = Vec::new();
        for i in 0..n {
            buffer.clear();
            buffer.extend(0..i);
            assert!(runs.next(i as usize) > 1, "no luck with {i}");
            results.push(buffer.iter().sum());
        }
        results
    }
    let runs = Runs::new(30);
    for sums in on_ranks(2, 2, 3, || sums(30, &runs)) {
        assert_eq!(
            sums,
            (0..30)
                .map(|i| i * (i.max(1) - 1) / 2)
                .collect::<Vec<u64>>()
        );
    }
}

#[cfg(feature = "random")]
#[test]
fn each_try_has_the_same_random_numbers() {
    #[parallel_for(on_error = retry(2), per_rank(runs))]
    fn draws(n: u64, runs: Option<&Runs>) -> Vec<u64> {
        let mut results = Vec::new();
        for i in 0..n {
            let mut random = crate::random(7, i);
            results.push(random.next_u64());
            assert!(
                runs.is_none_or(|runs| runs.next(i as usize) > 2),
                "no luck with {i}"
            );
        }
        results
    }
    let runs = Runs::new(30);
    let expected = draws(30, None);
    for drawn in on_ranks(2, 2, 3, || draws(30, Some(&runs))) {
        assert_eq!(drawn, expected);
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

#[test]
fn a_chunk_that_is_behind_the_way_out_may_panic_meanwhile() {
    #[allow(deprecated, reason = "others are to be under way")]
    #[parallel_for(on_error = skip)]
    fn first(n: u64) -> Option<u64> {
        for i in 0..n {
            if i == 20 {
                thread::sleep(Duration::from_millis(5));
                return Some(i);
            }
            assert!(i < 20, "no luck with {i}");
        }
        None
    }
    for size in [1, 2] {
        for _ in 0..5 {
            for (found, skipped) in on_ranks(size, 3, 3, || (first(400), skipped())) {
                assert_eq!(found, Some(20));
                assert_eq!(skipped, []);
            }
        }
    }
}
