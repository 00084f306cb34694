//! Maps on ranks that are threads of this process.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use super::result_queue::EARLY_PER_THREAD;
use super::{ItemError, map, map_ordered, map_unordered, starmap, try_map};
use crate::by_hand::communicator::root::{barrier, gather};
use crate::by_hand::ranks::{is_master, master_only, rank};
use crate::distribute::tests::{on_ranks, weather};
use crate::process::world::run_on_threads;

const SIZES: [usize; 5] = [1, 2, 3, 5, 8];

/// The values that the master has; the others must have none.
fn of_master(values: Vec<Vec<u64>>) -> Vec<u64> {
    assert!(values[1..].iter().all(Vec::is_empty));
    values.into_iter().next().unwrap()
}

/// Uneven work, so that results overtake each other.
fn square(n: u64) -> u64 {
    if n % 7 == 2 {
        thread::sleep(Duration::from_micros(200));
    }
    n * n
}

#[test]
fn lazy_maps_have_every_result_on_the_master() {
    for size in SIZES {
        for (n, threads) in [(0, 2), (1, 2), (2, 1), (150, 1), (300, 3)] {
            let expected: Vec<u64> = (0..n).map(|n| n * n).collect();
            let ordered = on_ranks(size, threads, n, || {
                map_ordered(0..n, square).collect::<Vec<_>>()
            });
            assert_eq!(of_master(ordered), expected, "{size} ranks");
            // Of unknown length.
            let unordered = on_ranks(size, threads, n, || {
                let items = (0..2 * n).filter(|n| n % 2 == 0).map(|n| n / 2);
                map_unordered(items, square).collect::<Vec<_>>()
            });
            let mut unordered = of_master(unordered);
            unordered.sort_unstable();
            assert_eq!(unordered, expected, "{size} ranks");
        }
    }
}

#[test]
fn a_result_comes_before_all_are_computed() {
    for threads in 1..4 {
        let computed = AtomicU64::new(0);
        on_ranks(1, threads, 0, || {
            let f = |n| computed.fetch_add(1, Ordering::Relaxed) + n;
            let count = || computed.load(Ordering::Relaxed);
            let mut results = map_unordered(0..100_000_u64, f);
            assert_eq!(count(), 0);
            results.next().unwrap();
            assert_eq!(count(), threads as u64);
            drop(results);
            let mut results = map_ordered(0_u64.., f);
            results.next().unwrap();
            assert_eq!(count(), 2 * threads as u64);
        });
    }
}

#[test]
fn results_may_borrow_nothing_and_functions_may_borrow_everything() {
    let words = ["a", "bb"].map(String::from);
    let longer = String::from("x");
    let results = on_ranks(1, 2, 0, || {
        map_ordered(&words, |word| word.clone() + &longer).collect::<Vec<_>>()
    });
    assert_eq!(results, [["ax", "bbx"]]);
}

#[test]
fn endless_items_and_iterators_that_are_dropped_early() {
    for size in SIZES {
        let results = on_ranks(size, 2, 9, || {
            let ordered: Vec<u64> = map_ordered(0.., square).take(20).collect();
            drop(map_unordered(0.., square));
            let unordered = map_unordered(0.., square).take(20).count() as u64;
            // The ranks are together again.
            barrier();
            (ordered, unordered, map(0..3, square))
        });
        for (rank, (ordered, unordered, together)) in results.into_iter().enumerate() {
            let n = if rank == 0 { 20 } else { 0 };
            assert_eq!(ordered, (0..n).map(|n| n * n).collect::<Vec<_>>());
            assert_eq!((unordered, together), (n, vec![0, 1, 4]));
        }
    }
}

/// Each item takes longer than a chunk should, so that every chunk is one item.
fn slowly(computed: &AtomicU64) {
    thread::sleep(Duration::from_millis(6));
    computed.fetch_add(1, Ordering::Relaxed);
}

#[test]
fn early_results_are_bounded_while_an_item_holds_them_up() {
    let threads = 2_u64;
    // Those that wait, and what each thread has in hand and in reserve.
    let most = threads * (EARLY_PER_THREAD as u64 + 2);
    let computed = AtomicU64::new(0);
    on_ranks(3, 1, 1, || {
        let f = |n: u64| {
            if n == 0 {
                // By then the others have done all that they may, or they are about to do too much.
                while computed.load(Ordering::Relaxed) < 100 {
                    thread::sleep(Duration::from_millis(1));
                }
                thread::sleep(Duration::from_millis(300));
            } else {
                slowly(&computed);
            }
            n
        };
        let mut results = map_ordered(0..400, f);
        if is_master() {
            assert_eq!(results.next(), Some(0));
            let early = computed.load(Ordering::Relaxed);
            assert!((100..=most).contains(&early), "{early}");
        }
        assert!(
            results
                .take(150)
                .eq(if is_master() { 1..151 } else { 0..0 })
        );
    });
}

#[test]
fn the_ranks_wait_for_a_consumer() {
    let computed = AtomicU64::new(0);
    on_ranks(3, 1, 1, || {
        let f = |n: u64| {
            slowly(&computed);
            n
        };
        let mut results = map_unordered(0..400, f);
        if is_master() {
            results.next().unwrap();
            thread::sleep(Duration::from_millis(100));
            let ahead = computed.load(Ordering::Relaxed);
            assert!(ahead <= 8, "{ahead}");
        }
    });
}

#[test]
fn the_consumer_may_use_everything_on_the_master_alone() {
    for size in [1, 2, 4] {
        let results = on_ranks(size, 2, 3, || {
            let mut sums = Vec::new();
            for n in map_ordered(0..10_u64, square) {
                barrier();
                assert_eq!(gather(rank()), Some(vec![0]));
                let inner: u64 = map_unordered(0..n, |k| k).sum();
                sums.push(inner + map(0..n, |k| k).len() as u64);
            }
            barrier();
            sums
        });
        let expected: Vec<u64> = (0..10).map(square).map(|n| n * (n + 1) / 2).collect();
        assert_eq!(of_master(results), expected);
    }
}

#[test]
fn an_iterator_may_outlive_the_code_of_the_master_alone() {
    let results = on_ranks(3, 2, 3, || {
        let alone = master_only();
        let results = alone.is_some().then(|| map_ordered(0..10_u64, square));
        drop(alone);
        let sum: Option<u64> = results.map(Iterator::sum);
        barrier();
        sum
    });
    assert_eq!(results, [Some(285), None, None]);
}

#[test]
fn in_a_body_maps_go_one_by_one() {
    let results = on_ranks(2, 2, 3, || {
        map(0..5_u64, |n| {
            let count = AtomicU64::new(0);
            let mut squares = map_ordered(0_u64.., |k| {
                count.fetch_add(1, Ordering::Relaxed);
                k * k
            });
            let third = squares.nth(2).unwrap();
            assert_eq!(count.load(Ordering::Relaxed), 3);
            let failed = try_map(0..9, |k| if k == n { Err(()) } else { Ok(k) });
            assert_eq!(failed.unwrap_err().index, n);
            third + n + starmap([(1, 2)], |a, b| a + b)[0]
        })
    });
    assert_eq!(results, [[7, 8, 9, 10, 11], [7, 8, 9, 10, 11]]);
}

#[test]
fn every_arity_of_starmap() {
    for size in [1, 3] {
        on_ranks(size, 2, 5, || {
            let n = || 0..20_u64;
            let squares: Vec<u64> = n().map(square).collect();
            assert_eq!(starmap(n().map(|a| (a,)), square), squares);
            assert_eq!(starmap(n().map(|a| (a, a)), |a, b| a * b), squares);
            let texts = starmap(n().map(|a| (a, "x")), |a, b| {
                b.repeat(a.count_ones() as usize)
            });
            assert_eq!(texts[7], "xxx");
            let sums = starmap(
                n().map(|a| (a, 1, 2, 3, 4, 5, 6, 7_u64)),
                |a, b, c, d, e, f, g, h| a + b + c + d + e + f + g + h,
            );
            assert_eq!(sums, n().map(|a| a + 28).collect::<Vec<_>>());
            assert!(starmap([(); 0].map(|()| (1, 2)), |a: u8, b: u8| a + b).is_empty());
        });
    }
}

/// An error that can neither be sent, nor shared, nor cloned.
#[derive(Debug)]
struct Failed(Rc<u64>);

#[test]
fn the_first_error_is_that_of_every_rank() {
    for size in SIZES {
        for failing in [vec![], vec![0], vec![17, 3, 90], vec![99], vec![100]] {
            let failing = BTreeSet::from_iter(failing);
            let results = on_ranks(size, 2, 7, || {
                let work = |n: u64| {
                    let result = square(n);
                    if failing.contains(&n) {
                        Err(Failed(Rc::new(n)))
                    } else {
                        Ok(result)
                    }
                };
                let result = try_map(0..100, work);
                barrier();
                result.map_err(|ItemError { index, error }| (index, *error.0))
            });
            let first = failing.first().filter(|&&n| n < 100);
            let expected =
                first.map_or_else(|| Ok((0..100).map(|n| n * n).collect()), |&n| Err((n, n)));
            assert!(results.into_iter().all(|result| result == expected));
        }
    }
}

#[test]
fn an_item_error_says_which_item() {
    let error = try_map(["1", "x"], str::parse::<u8>).unwrap_err();
    assert_eq!(error.to_string(), "item 1: invalid digit found in string");
    let boxed: Box<dyn std::error::Error> = Box::new(error);
    assert!(boxed.source().is_none(), "the text has said all of it");
}

#[test]
fn a_panic_reaches_every_rank_after_the_results_before_it() {
    for size in SIZES {
        let lowest_ran = AtomicBool::new(false);
        let results = run_on_threads(size, 2, weather(4), || {
            let f = |n: u64| {
                assert!(n != 60 && n != 70, "no {n}");
                lowest_ran.fetch_or(n == 59, Ordering::Relaxed);
                square(n)
            };
            map_ordered(0..500, f).count()
        });
        for result in results {
            let payload = result.unwrap_err();
            assert_eq!(*payload.downcast_ref::<String>().unwrap(), "no 60");
        }
        assert!(lowest_ran.load(Ordering::Relaxed));
    }
}

#[test]
fn a_panic_that_is_caught_ends_the_iterator() {
    on_ranks(1, 2, 4, || {
        let mut results = map_ordered(0_u64..100, |n| {
            assert!(n != 20, "no {n}");
            n
        });
        let caught = crate::base::panicking::catch(|| results.by_ref().count());
        assert_eq!(caught.unwrap_err().message, "no 20");
        assert_eq!(results.next(), None);
    });
}
