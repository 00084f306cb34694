//! Whole loops on ranks that are threads of this process, with messages that take random times.

use std::collections::{BTreeSet, BinaryHeap, HashMap};
use std::time::Duration;

use proptest::prelude::*;

use crate::parallel_for;
use crate::process::world::run_on_threads;
use crate::transport::fabric::threads::Weather;

pub(crate) fn weather(seed: u64) -> Weather {
    Weather {
        seed,
        longest: Duration::from_micros(100),
        far: Duration::ZERO,
    }
}

/// The values of all ranks; a panic of any of them is one of the test.
pub(crate) fn on_ranks<R: Send>(
    size: usize,
    threads: usize,
    seed: u64,
    program: impl Fn() -> R + Sync,
) -> Vec<R> {
    run_on_threads(size, threads, weather(seed), program)
        .into_iter()
        .map(Result::unwrap)
        .collect()
}

/// The same function with each of these options.
macro_rules! family {
    ([$($name:ident $options:tt)*] fn $($function:tt)+) => {
        family! { @ [$($name $options)*] {$($function)+} }
    };
    (@ [$($name:ident $options:tt)*] $function:tt) => {
        $(family! { @ $name $options $function })*
    };
    (@ $name:ident (as it is written) {$($function:tt)+}) => {
        fn $name $($function)+
    };
    (@ $name:ident ($($options:tt)*) {$($function:tt)+}) => {
        #[parallel_for($($options)*)]
        fn $name $($function)+
    };
}

pub(super) use family;

/// Several outputs with 0 to 3 values an iteration, and some work of uneven length.
macro_rules! example {
    ($name:ident, $($options:tt)*) => {
        #[parallel_for($($options)*)]
        fn $name(items: impl IntoIterator<Item = u64, IntoIter: Send>) -> (Vec<u64>, String, HashMap<u64, u64>) {
            let mut values = vec![7];
            let mut text = String::from("start");
            let mut latest = HashMap::new();
            for i in items {
                if i % 17 == 3 {
                    std::thread::sleep(Duration::from_micros(50));
                }
                if i % 3 == 0 {
                    continue;
                }
                for k in 0..i % 4 {
                    values.push(i * 10 + k);
                }
                text.push_str(&i.to_string());
                latest.insert(i % 5, i);
            }
            (values, text, latest)
        }
    };
}

example!(managed, gather = all);
example!(managed_by_three, schedule = managed(chunk = 3));
example!(round_robin, schedule = round_robin);
example!(blocks, schedule = blocks);
example!(shipped, items = master);

type Example = fn(std::ops::Range<u64>) -> (Vec<u64>, String, HashMap<u64, u64>);

fn sequentially(n: u64) -> (Vec<u64>, String, HashMap<u64, u64>) {
    let counted = (0..n).filter(|i| i % 3 != 0);
    let values = std::iter::once(7).chain(
        counted
            .clone()
            .flat_map(|i| (0..i % 4).map(move |k| i * 10 + k)),
    );
    let text = counted
        .clone()
        .fold(String::from("start"), |text, i| text + &i.to_string());
    (
        values.collect(),
        text,
        counted.map(|i| (i % 5, i)).collect(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_rank_has_the_sequential_result(
        n in 0..200_u64,
        size in 1..6_usize,
        threads in 1..4_usize,
        which in 0..5_usize,
        seed: u64,
    ) {
        let examples: [Example; 5] = [managed, managed_by_three, round_robin, blocks, shipped];
        let expected = sequentially(n);
        for result in on_ranks(size, threads, seed, || examples[which](0..n)) {
            prop_assert_eq!(&result, &expected);
        }
    }

    #[test]
    fn iterators_of_unknown_length_end_where_they_end(
        n in 0..200_u64,
        size in 1..6_usize,
        robin: bool,
        seed: u64,
    ) {
        let expected = sequentially(n);
        let results = on_ranks(size, 2, seed, || {
            let mut next = 0;
            let items = std::iter::from_fn(|| (next < n).then(|| { next += 1; next - 1 }));
            if robin { round_robin(items) } else { managed(items) }
        });
        for result in results {
            prop_assert_eq!(&result, &expected);
        }
    }
}

#[test]
fn heaps_keep_the_order_of_ties() {
    /// Equal by its first number only.
    #[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
    struct Job(u32, u32);
    impl PartialEq for Job {
        fn eq(&self, other: &Self) -> bool {
            self.0 == other.0
        }
    }
    impl Eq for Job {}
    impl PartialOrd for Job {
        fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
            Some(self.cmp(other))
        }
    }
    impl Ord for Job {
        fn cmp(&self, other: &Self) -> std::cmp::Ordering {
            self.0.cmp(&other.0)
        }
    }
    fn pop_all(mut heap: BinaryHeap<Job>) -> Vec<u32> {
        std::iter::from_fn(|| heap.pop()).map(|job| job.1).collect()
    }

    #[parallel_for]
    fn jobs() -> Vec<u32> {
        let mut heap = BinaryHeap::new();
        for i in 0..60 {
            heap.push(Job(i % 3, i));
            heap.extend([Job(i % 2, 100 + i), Job(1, 200 + i)]);
            heap.append(&mut BinaryHeap::from([Job(2, 300 + i), Job(0, 400 + i)]));
        }
        pop_all(heap)
    }

    let mut heap = BinaryHeap::new();
    for i in 0..60 {
        heap.push(Job(i % 3, i));
        heap.extend([Job(i % 2, 100 + i), Job(1, 200 + i)]);
        heap.append(&mut BinaryHeap::from([Job(2, 300 + i), Job(0, 400 + i)]));
    }
    let expected = pop_all(heap);
    for result in on_ranks(3, 2, 5, jobs) {
        assert_eq!(result, expected);
    }
}

#[test]
fn loops_and_calls_follow_each_other_without_crosstalk() {
    #[parallel_for]
    fn squares(n: u64) -> Vec<u64> {
        let mut results = Vec::new();
        for i in 0..n {
            results.push(i * i);
        }
        results
    }
    for size in 1..6 {
        let results = on_ranks(size, 2, size as u64, || {
            let mut total = 0;
            for n in 0..20 {
                total += squares(n).iter().sum::<u64>();
                let gathered = crate::gather((crate::rank(), n));
                if let Some(gathered) = &gathered {
                    assert_eq!(
                        *gathered,
                        (0..size).map(|rank| (rank, n)).collect::<Vec<_>>()
                    );
                }
                total += crate::broadcast(gathered.map(|all| all.len() as u64));
                crate::barrier();
                total += crate::on_master(|| squares(3).iter().sum::<u64>());
            }
            total
        });
        let expected: u64 = (0..20)
            .map(|n| (0..n).map(|i| i * i).sum::<u64>() + size as u64 + 5)
            .sum();
        assert_eq!(results, vec![expected; size]);
    }
}

#[test]
fn splits_and_maps_by_hand_cover_every_item_once() {
    for size in 1..5 {
        let results = on_ranks(size, 2, 9, || {
            let managed: Vec<u64> = crate::split_managed(0..100).collect();
            let managed = crate::gather(managed).map(crate::flatten);
            let robin: Vec<u64> = crate::split_round_robin(0..100).collect();
            let robin = crate::gather(robin).map(crate::flatten);
            let unordered: BTreeSet<u64> = crate::map_unordered(0..100, |i| i).collect();
            let ordered = crate::map(0..100, |i| i);
            if crate::is_master() {
                let mut managed = managed.unwrap();
                managed.sort_unstable();
                let mut robin = robin.unwrap();
                robin.sort_unstable();
                assert_eq!(managed, ordered);
                assert_eq!(robin, ordered);
                assert!(unordered.into_iter().eq(0..100));
            } else {
                assert!(unordered.is_empty());
            }
            ordered
        });
        assert!(
            results
                .iter()
                .all(|ordered| ordered.iter().copied().eq(0..100))
        );
    }
}

#[test]
fn a_split_that_is_dropped_early_leaves_the_rest_to_the_others() {
    let results = on_ranks(3, 1, 2, || {
        let taken = crate::split_managed(0..50)
            .take(if crate::rank() == 1 { 2 } else { 50 })
            .count();
        crate::gather(taken)
    });
    let taken = results[0].clone().unwrap();
    assert!(taken[1] <= 2 && taken[0] == 0, "{taken:?}");
}

#[test]
fn many_short_loops_leave_no_message_behind() {
    #[parallel_for]
    fn slow(n: u64) -> Vec<u64> {
        let mut results = Vec::new();
        for i in 0..n {
            std::thread::sleep(Duration::from_micros(100));
            results.push(i);
        }
        results
    }
    for result in on_ranks(4, 2, 8, || {
        (0..30).all(|n| slow(10 + n).len() as u64 == 10 + n)
    }) {
        assert!(result);
    }
}

#[test]
fn items_that_must_stay_on_the_main_thread_are_brought_to_the_others() {
    #[parallel_for(items = master)]
    fn lengths() -> Vec<usize> {
        let mut lengths = Vec::new();
        let lines = std::rc::Rc::new(["one", "two", "three"]);
        let count = if crate::is_master() { 30 } else { 0 };
        for line in (0..count).map(|i| lines[i % 3].to_owned()) {
            lengths.push(line.len());
        }
        lengths
    }
    for size in [1, 3] {
        let expected: Vec<usize> = (0..30).map(|i| [3, 3, 5][i % 3]).collect();
        assert_eq!(on_ranks(size, 2, 8, lengths), vec![expected; size]);
    }
}
