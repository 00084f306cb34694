//! Loops that were short when they ran last: the present thread begins them alone, or that of the master.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::Duration;

use super::observed::{Seen, seen};
use super::tests::{on_ranks, weather};
use crate::parallel_for;
use crate::process::world::run_on_threads;

/// In one process with two compute threads.
fn here<R: Send>(program: impl Fn() -> R + Sync) -> R {
    on_ranks(1, 2, 0, program).pop().expect("there is one rank")
}

/// The same, and on several ranks.
fn everywhere(program: impl Fn() + Sync) {
    for (size, threads) in [(1, 2), (2, 1), (3, 2)] {
        on_ranks(size, threads, 5, &program);
    }
}

#[parallel_for]
fn squares(items: impl Iterator<Item = u64> + Send) -> (Vec<u64>, u64, f64) {
    let (mut squares, mut sum, mut roots) = (Vec::new(), 0, 0.0);
    for i in items {
        if i % 3 == 1 {
            continue;
        }
        squares.push(i * i);
        sum += i;
        roots += f64::from(u32::try_from(i).unwrap()).sqrt();
    }
    (squares, sum, roots)
}

#[parallel_for]
fn doubled(values: &mut [u64]) {
    for value in values.iter_mut() {
        *value *= 2;
    }
}

#[parallel_for]
fn first_above(items: &[u64], limit: u64) -> Option<usize> {
    let mut seen = Vec::new();
    for (position, item) in items.iter().enumerate() {
        if *item > limit {
            assert_eq!(seen.len(), position);
            return Some(position);
        }
        seen.push(*item);
    }
    None
}

#[test]
fn every_call_has_the_sequential_result() {
    everywhere(|| {
        for n in [0, 1, 2, 9, 10, 100, 0, 3_000, 1, 40_000, 5] {
            let kept = (0..n).filter(|i| i % 3 != 1);
            let roots = kept
                .clone()
                .map(|i| f64::from(u32::try_from(i).unwrap()).sqrt());
            let expected = (
                kept.clone().map(|i| i * i).collect(),
                kept.clone().sum(),
                roots.fold(0.0, |sum, root| sum + root),
            );
            for _ in 0..3 {
                assert_eq!(squares(0..n), expected);
                // Of unknown length.
                assert_eq!(squares((0..2 * n).filter(|i| *i < n)), expected);
            }
            let mut values: Vec<u64> = (0..n).collect();
            doubled(&mut values);
            doubled(&mut values);
            assert!(values.iter().copied().eq((0..n).map(|i| 4 * i)));
        }
    });
}

#[test]
fn a_loop_that_gets_long_goes_on_on_other_threads() {
    #[parallel_for]
    fn names(pause: Duration) -> Vec<Option<String>> {
        let mut names = Vec::new();
        for _ in 0..40 {
            thread::sleep(pause);
            names.push(thread::current().name().map(ToOwned::to_owned));
        }
        names
    }
    let (short, long) = here(|| {
        for _ in 0..3 {
            names(Duration::ZERO);
        }
        // How long sleeping for no time takes is the system's affair.
        let short = names(Duration::ZERO).len();
        (short, names(Duration::from_millis(2)))
    });
    assert_eq!((short, long.len()), (40, 40));
    let others: BTreeSet<_> = long[20..].iter().flatten().collect();
    assert!(others.iter().any(|name| name.starts_with("parallel-for ")));
}

#[test]
fn a_loop_that_gets_long_goes_on_on_other_ranks() {
    #[parallel_for]
    fn ranks(pause: Duration) -> Vec<usize> {
        let mut ranks = Vec::new();
        for _ in 0..40 {
            thread::sleep(pause);
            ranks.push(crate::rank());
        }
        ranks
    }
    let results = on_ranks(2, 1, 3, || {
        for _ in 0..3 {
            ranks(Duration::ZERO);
        }
        ranks(Duration::from_millis(2))
    });
    assert_eq!(results[0], results[1]);
    let ranks: BTreeSet<usize> = results[0].iter().copied().collect();
    assert_eq!(ranks, BTreeSet::from([0, 1]));
}

#[test]
fn a_short_loop_whose_items_differ_between_ranks_in_number_is_refused() {
    let told = run_on_threads(2, 1, weather(3), || {
        for _ in 0..4 {
            squares(0..3);
        }
        squares(0..3 + crate::rank() as u64);
    });
    assert!(told.iter().all(Result::is_err), "both end");
}

#[test]
fn the_lowest_iteration_that_leaves_decides() {
    everywhere(|| {
        let items: Vec<u64> = (0..500).collect();
        for limit in [0, 3, 3, 3, 250, 250, 498, 0, 600, 600, 3] {
            let expected = items.iter().position(|item| *item > limit);
            assert_eq!(first_above(&items, limit), expected);
        }
    });
}

#[test]
fn a_panic_has_its_iteration_and_the_next_call_its_result() {
    #[parallel_for]
    fn checked(bad: u64) -> Vec<u64> {
        let mut checked = Vec::new();
        for i in 0..100 {
            assert!(i != bad, "no {i}");
            checked.push(i);
        }
        checked
    }
    everywhere(|| {
        for bad in [100, 100, 0, 7, 100, 99, 100] {
            let result = catch_unwind(AssertUnwindSafe(|| checked(bad)));
            match result {
                Ok(checked) => assert!(bad == 100 && checked.iter().copied().eq(0..100)),
                Err(message) => {
                    assert_eq!(*message.downcast::<String>().unwrap(), format!("no {bad}"));
                }
            }
        }
    });
}

#[test]
fn chunks_have_the_size_that_is_asked_for() {
    #[parallel_for(schedule = managed(chunk = 3))]
    fn numbers(n: u64) -> Vec<u64> {
        let mut numbers = Vec::new();
        for i in 0..n {
            numbers.push(i);
        }
        numbers
    }
    for threads in [1, 2] {
        let seen = seen(1, threads, || {
            for _ in 0..3 {
                numbers(8);
            }
        });
        let finished = seen[0].iter().filter_map(|seen| match seen {
            Seen::Finished { chunks, .. } => Some(chunks.clone()),
            _ => None,
        });
        let mut finished = finished.flatten();
        assert!(finished.all(|chunk| [0..3, 3..6, 6..8].contains(&chunk)));
    }
}

#[test]
fn one_thread_runs_everything_itself() {
    let (same, result) = on_ranks(1, 1, 0, || {
        #[parallel_for]
        fn threads() -> BTreeSet<String> {
            let mut threads = BTreeSet::new();
            for _ in 0..50 {
                threads.insert(format!("{:?}", thread::current().id()));
            }
            threads
        }
        let own = format!("{:?}", thread::current().id());
        (threads() == BTreeSet::from([own]), squares(0..10))
    })
    .pop()
    .unwrap();
    assert!(same);
    assert_eq!(result.0, [0, 4, 9, 25, 36, 64, 81]);
}
