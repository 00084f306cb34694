//! How loops fail on ranks that are threads of this process: on all of them, and in the same words.

use std::collections::HashMap;
use std::time::Duration;

use super::tests::{on_ranks, weather};
use crate::parallel_for;
use crate::process::environment::Environment;
use crate::process::world::{run_on_threads, run_with};

/// The panic texts of all ranks.
pub(super) fn panics_on_ranks(size: usize, program: impl Fn() + Sync) -> Vec<String> {
    let text = |result: std::thread::Result<()>| {
        *result
            .expect_err("every rank unwinds")
            .downcast::<String>()
            .expect("with a text")
    };
    run_on_threads(size, 2, weather(1), program)
        .into_iter()
        .map(text)
        .collect()
}

#[test]
fn the_lowest_panic_is_reported_on_every_rank() {
    #[parallel_for]
    fn fails_twice() {
        let mut results = Vec::new();
        for i in 0..50 {
            assert!(i != 31 && i != 17, "no luck with {i}");
            results.push(i);
        }
        unreachable!("{}", results.len());
    }
    for size in [1, 2, 4] {
        assert_eq!(
            panics_on_ranks(size, fails_twice),
            vec!["no luck with 17"; size]
        );
    }
}

#[test]
fn a_panic_while_results_are_put_together_is_one_of_every_rank() {
    fn add(sum: u64, i: u64) -> u64 {
        assert!(i != 33, "no sum with {i}");
        sum + i
    }
    #[parallel_for(reduce(sum: add))]
    fn managed(n: u64) -> u64 {
        let mut sum = 0;
        for i in 0..n {
            sum = add(sum, i);
        }
        sum
    }
    #[parallel_for(reduce(sum: add), schedule = round_robin)]
    fn robin(n: u64) -> u64 {
        let mut sum = 0;
        for i in 0..n {
            if i == 70 {
                break;
            }
            sum = add(sum, i);
        }
        sum
    }
    for size in [1, 3] {
        for which in [managed, robin] {
            let program = || {
                let caught = std::panic::catch_unwind(|| which(80));
                assert_eq!(which(20), 190, "the ranks are together");
                std::panic::resume_unwind(caught.unwrap_err());
            };
            let words = vec!["no sum with 33"; size];
            assert_eq!(panics_on_ranks(size, program), words);
        }
    }
}

#[test]
fn ranks_that_disagree_are_refused() {
    #[parallel_for]
    fn sum(items: Vec<String>) -> usize {
        let mut lengths = Vec::new();
        for item in items {
            // Long enough for every rank to get an item.
            std::thread::sleep(Duration::from_millis(2));
            lengths.push(item.len());
        }
        lengths.iter().sum()
    }
    let by_length = || {
        sum(vec!["x".to_owned(); 10 + crate::rank()]);
    };
    let by_value = || {
        let of_this_rank = |i| format!("{i} {}", crate::rank() / 2);
        sum((0..100).map(of_this_rank).collect());
    };
    let by_call = || {
        if crate::rank() == 1 {
            crate::barrier();
        } else {
            sum(vec![]);
        }
    };
    for (program, words) in [
        (
            &by_length as &(dyn Fn() + Sync),
            "10 items on rank 0, but 1",
        ),
        (&by_value, "has a different item than rank 0"),
        (&by_call, "rank 1 is in `barrier` at"),
    ] {
        for text in panics_on_ranks(3, program) {
            assert!(text.contains(words), "{text}");
        }
    }
}

#[test]
fn a_hash_table_that_the_body_goes_through_has_one_order_or_is_refused() {
    fn table() -> HashMap<u32, f64> {
        (0..60).map(|i| (i, 1.0 / (f64::from(i) + 0.3))).collect()
    }
    #[parallel_for]
    fn firsts(table: &HashMap<u32, f64>) -> Vec<u32> {
        let mut results = Vec::new();
        for i in 0..40 {
            results.push(table.keys().nth(i % 7).copied().unwrap_or(0));
        }
        results
    }
    #[parallel_for]
    fn sums(table: &HashMap<u32, f64>) -> Vec<u64> {
        let mut results = Vec::new();
        for i in 0..40 {
            let mut sum = f64::from(i);
            for value in table.values() {
                sum += value * 3.0;
            }
            results.push(sum.to_bits());
        }
        results
    }
    #[parallel_for]
    fn counts(table: &HashMap<u32, f64>) -> Vec<u32> {
        let mut results = Vec::new();
        for i in 0..40 {
            let mut count = table.keys().sum::<u32>();
            for (key, value) in table {
                count += u32::from(*key > i && *value > 0.1);
            }
            results.push(count);
        }
        results
    }
    let different: [&(dyn Fn() + Sync); 2] = [&|| drop(firsts(&table())), &|| drop(sums(&table()))];
    for program in different {
        for text in panics_on_ranks(3, program) {
            assert!(text.contains("`table` is a hash table"), "{text}");
        }
    }
    for seed in 0..3 {
        let results = on_ranks(3, 2, seed, || counts(&table()));
        assert!(results.iter().all(|counts| *counts == results[0]));
    }
}

#[test]
fn shares_of_other_items_are_noticed_without_a_manager() {
    #[parallel_for(schedule = round_robin)]
    fn robin(items: Vec<String>) -> Vec<usize> {
        let mut lengths = Vec::new();
        for item in items {
            lengths.push(item.len());
        }
        lengths
    }
    #[parallel_for(schedule = blocks)]
    fn blocks(items: Vec<String>) -> Vec<usize> {
        let mut lengths = Vec::new();
        for item in items {
            lengths.push(item.len());
        }
        lengths
    }
    for which in [robin, blocks] {
        assert_eq!(
            on_ranks(3, 2, 4, || which(vec!["same".to_owned(); 50])),
            vec![vec![4; 50]; 3]
        );
        let different = || {
            let of_this_rank = |i| format!("{i} {}", crate::rank() / 2);
            which((0..50).map(of_this_rank).collect());
        };
        for text in panics_on_ranks(3, different) {
            assert!(
                text.contains("different items on rank 2 than on rank 0"),
                "{text}"
            );
        }
    }
}

#[test]
fn an_element_that_serde_changes_is_an_error_and_no_hang() {
    #[derive(Clone, serde::Serialize, serde::Deserialize)]
    struct Forgetful {
        #[serde(skip_deserializing)]
        value: u32,
    }

    #[parallel_for]
    fn remembered() {
        let mut results = Vec::new();
        for i in 0..50 {
            std::thread::sleep(Duration::from_micros(200));
            results.push(Forgetful { value: i + 1 });
        }
        unreachable!("{}", results[0].value);
    }
    for text in panics_on_ranks(2, remembered) {
        assert!(text.contains("can't travel between ranks"), "{text}");
    }
}

#[test]
fn ranks_that_are_told_to_check_nothing_compare_nothing() {
    #[parallel_for]
    fn managed(items: Vec<String>, factor: usize) -> Vec<usize> {
        let mut lengths = Vec::new();
        for item in items {
            lengths.push(factor * item.len());
        }
        lengths
    }
    #[parallel_for(schedule = round_robin)]
    fn robin(items: Vec<String>, factor: usize) -> Vec<usize> {
        let mut lengths = Vec::new();
        for item in items {
            lengths.push(factor * item.len());
        }
        lengths
    }
    let checks = false;
    let environment = Environment {
        checks,
        ..Environment::default()
    };
    for which in [managed, robin] {
        let different = || {
            let of_this_rank = |i| format!("{i} {}", crate::rank());
            which((0..50).map(of_this_rank).collect(), crate::rank()).len()
        };
        for rank in run_with(&environment, 3, 2, weather(4), different) {
            assert_eq!(rank.expect("nothing is refused"), 50);
        }
        for text in panics_on_ranks(3, || assert_eq!(different(), 50)) {
            assert!(text.contains("differ"), "{text}");
        }
    }
}
