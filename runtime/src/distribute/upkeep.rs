//! Code of the user's beside the body that a loop needs, which reaches loops and calls of its own.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::tests::on_ranks;
use crate::parallel_for;

#[parallel_for]
fn count(n: u64) -> u64 {
    let mut count = 0;
    for _ in 0..n {
        count += 1;
    }
    crate::on_master(|| count)
}

fn merge(sum: u64, n: u64) -> u64 {
    sum * 3 % 1009 + count(n)
}

/// Compared, copied, written and read with the help of loops.
#[derive(Debug, Serialize, Deserialize)]
#[serde(from = "u64", into = "u64")]
struct Key(u64);

impl From<u64> for Key {
    fn from(n: u64) -> Self {
        Self(count(n))
    }
}

impl From<Key> for u64 {
    fn from(key: Key) -> Self {
        count(key.0)
    }
}

impl Clone for Key {
    fn clone(&self) -> Self {
        Self(count(self.0))
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        count(self.0).cmp(&count(other.0))
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        assert_eq!(count(1), 1);
    }
}

#[parallel_for(reduce(sum: merge))]
fn loops_everywhere(n: u64) -> (Vec<u64>, Vec<u64>, u64) {
    let (mut keys, mut seen, mut sum) = (BTreeSet::new(), Vec::new(), 1);
    for key in (0..n).map(|i| Key(count(i % 13))) {
        if key.0 == 12 {
            break;
        }
        seen.push(count(key.0));
        sum = merge(sum, key.0);
        keys.insert(key);
    }
    (keys.iter().map(|key| key.0).collect(), seen, sum)
}

#[parallel_for(items = master)]
fn from_the_master(n: u64) -> Vec<u64> {
    let mut results = Vec::new();
    for key in (0..n).map(|i| Key(crate::on_master(|| i))) {
        results.push(count(key.0));
    }
    results
}

#[test]
fn loops_that_iterators_keys_and_results_reach_stay_on_their_thread() {
    let whole: Vec<u64> = (0..12).collect();
    let sum = whole.iter().fold(1, |sum, n| sum * 3 % 1009 + n);
    for (size, threads) in [(1, 3), (2, 1), (3, 2)] {
        let results = on_ranks(size, threads, 7, || {
            (loops_everywhere(40), from_the_master(9), count(5))
        });
        for (filled, shipped, counted) in results {
            assert_eq!(filled, (whole.clone(), whole.clone(), sum));
            assert_eq!(shipped, (0..9).collect::<Vec<_>>());
            assert_eq!(counted, 5, "after it loops are distributed as before");
        }
    }
}

#[test]
fn a_loop_prints_where_its_caller_holds_the_lock_of_a_stream() {
    #[parallel_for]
    fn told(n: u64) -> u64 {
        let mut sum = 0;
        for i in 0..n {
            eprint!("");
            sum += i;
        }
        sum
    }
    #[parallel_for(items = master)]
    fn told_of_the_masters(n: u64) -> u64 {
        let mut sum = 0;
        for i in 0..n {
            eprint!("");
            if i == 30 {
                break;
            }
            sum += i;
        }
        sum
    }
    let sums = on_ranks(1, 3, 7, || {
        let lock = std::io::stderr().lock();
        let held = (told(40), told_of_the_masters(40));
        drop(lock);
        (held, told(40))
    });
    assert_eq!(sums, [((780, 435), 780)]);
}

#[test]
fn a_thread_that_ends_runs_loops_by_itself() {
    struct AtTheEnd;
    impl Drop for AtTheEnd {
        fn drop(&mut self) {
            // A panic here would end the process.
            assert_eq!(count(40), 40);
        }
    }
    thread_local! {
        static FIRST: AtTheEnd = const { AtTheEnd };
    }
    for before in [true, false] {
        let run = move || {
            if before {
                FIRST.with(|_| ());
            }
            let counted = count(30);
            FIRST.with(|_| ());
            counted
        };
        assert_eq!(std::thread::spawn(run).join().unwrap(), 30);
    }
}
