//! Iterations that panic on some ranks and not on others: with `retry`, whoever can runs them.

use super::*;
use crate::rank;

/// Whether an iteration fails on a rank of so many.
type FailsOn = fn(u64, usize, usize) -> bool;

const HOSTS: [FailsOn; 6] = [
    |_, rank, _| rank == 1,
    |_, rank, _| rank == 0,
    |_, rank, size| rank + 1 < size,
    |_, rank, _| rank > 0,
    |i, rank, size| i % 3 == 1 && rank != i as usize % size,
    |i, rank, _| i >= 38 && rank == 1,
];

/// What such loops leave behind.
type Made = (Vec<u64>, Vec<u64>, String, f64, Option<u64>);

macro_rules! elsewhere {
    ($($name:ident $options:tt)*) => {
        family! {
            [$($name $options)*]
            fn (n: u64, out: &mut [u64], size: usize, fails: FailsOn) -> Made {
                let mut values = vec![7];
                let mut once = vec![8];
                let mut text = String::from("start");
                let (mut sum, mut last) = (0.1, None);
                for i in 0..n {
                    for k in 0..i % 4 {
                        values.push(i * 10 + k);
                    }
                    once.push(i * i);
                    text.push_str(&i.to_string());
                    out[i as usize] += i + 1;
                    sum += 1.0 / (i as f64 + 0.3);
                    last = Some(i);
                    assert!(!fails(i, rank(), size), "no luck with {i}");
                }
                (values, once, text, sum, last)
            }
        }
    };
}

elsewhere! {
    as_written (as it is written)
    managed (on_error = retry(2))
    for_all (on_error = retry(2), gather = all)
    by_three (on_error = retry(2), schedule = managed(chunk = 3))
    shipped (on_error = retry(2), items = master)
}

#[test]
fn who_can_runs_what_panics_elsewhere() {
    for (size, threads) in [(2, 1), (3, 1), (3, 2)] {
        for (at, fails) in HOSTS.into_iter().enumerate() {
            for n in [0, 1, 2, 40] {
                let mut expected_out = vec![3; 40];
                let expected = as_written(n, &mut expected_out, size, |_, _, _| false);
                for (which, distributed) in [managed, for_all, by_three, shipped]
                    .into_iter()
                    .enumerate()
                {
                    let results = on_ranks(size, threads, at as u64, || {
                        let mut out = vec![3; 40];
                        let made = distributed(n, &mut out, size, fails);
                        (made, out, skipped())
                    });
                    for (made, out, skipped) in results {
                        assert_eq!(made, expected, "{which} {size} {threads} {at} {n}");
                        assert_eq!(out, expected_out);
                        assert!(skipped.is_empty());
                    }
                }
            }
        }
    }
}

#[test]
fn each_rank_tries_before_one_tries_again() {
    #[parallel_for(on_error = retry(3), per_rank(tried))]
    fn all_fail(n: u64, tried: &Mutex<Vec<usize>>) -> u64 {
        let mut sum = 0;
        for i in 0..n {
            if i == 2 {
                tried.lock().unwrap().push(rank());
            }
            assert!(i != 2, "no luck");
            sum += i;
        }
        sum
    }
    for (size, threads) in [(2, 1), (3, 2), (4, 1)] {
        let tried = Mutex::new(Vec::new());
        let results = on_ranks(size, threads, 3, || {
            let caught = catch_unwind(AssertUnwindSafe(|| all_fail(10, &tried)));
            *caught.unwrap_err().downcast::<String>().unwrap()
        });
        assert_eq!(results, vec!["no luck"; size]);
        let tried = tried.into_inner().unwrap();
        assert_eq!(tried.len(), 4);
        for round in tried.chunks(size) {
            let mut ranks = round.to_vec();
            ranks.sort_unstable();
            ranks.dedup();
            assert_eq!(ranks.len(), round.len(), "{tried:?}");
        }
    }
}

#[test]
fn what_lies_behind_the_way_out_is_not_tried_again() {
    #[parallel_for(on_error = retry(2))]
    fn first(items: &[u64], exit: u64, size: usize, fails: FailsOn) -> Option<(u64, Vec<u64>)> {
        let mut seen = Vec::new();
        for (at, &i) in items.iter().enumerate() {
            seen.push(i + at as u64);
            assert!(i <= exit || rank() == 0, "behind the exit, {i}");
            // The iteration that leaves the loop runs again on each rank.
            assert!(i == exit || !fails(i, rank(), size), "no luck with {i}");
            if i == exit {
                return Some((i, seen));
            }
        }
        None
    }
    for (size, threads) in [(2, 1), (3, 2)] {
        for exit in [0, 5, 30] {
            for fails in [HOSTS[0], HOSTS[3], |i, rank, _| i % 2 == 1 && rank == 1] {
                let items: Vec<u64> = (0..40).collect();
                let results = on_ranks(size, threads, exit, || first(&items, exit, size, fails));
                let seen: Vec<u64> = (0..=exit).map(|i| 2 * i).collect();
                assert_eq!(results, vec![Some((exit, seen)); size], "{size} {exit}");
            }
        }
    }
}

#[test]
fn several_loops_in_one_and_after_each_other_are_tried_elsewhere() {
    #[parallel_for(on_error = retry(1), collapse)]
    fn grid(rows: usize, columns: usize) -> Vec<(usize, usize)> {
        let mut cells = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                assert!((row + column) % 3 != 1 || rank() != 1, "{row} {column}");
                cells.push((row, column));
            }
        }
        cells
    }
    let expected: Vec<_> = (0..5)
        .flat_map(|row| (0..4).map(move |column| (row, column)))
        .collect();
    for (size, threads) in [(2, 1), (3, 2)] {
        let results = on_ranks(size, threads, 9, || {
            (0..3).map(|_| grid(5, 4)).collect::<Vec<_>>()
        });
        assert_eq!(results, vec![vec![expected.clone(); 3]; size]);
    }
}
