//! Every schedule and number of threads gives the same results.

use parallel_for::parallel_for;

#[parallel_for(schedule = round_robin)]
fn round_robin(count: usize) -> Vec<usize> {
    let mut results = Vec::new();
    for i in 0..count {
        results.extend(std::iter::repeat_n(i, i % 3));
    }
    results
}

#[parallel_for(schedule = blocks)]
fn blocks(count: usize) -> Vec<usize> {
    let mut results = Vec::new();
    for i in 0..count {
        results.extend(std::iter::repeat_n(i, i % 3));
    }
    results
}

#[parallel_for(schedule = managed)]
fn managed(count: usize) -> Vec<usize> {
    let mut results = Vec::new();
    for i in 0..count {
        results.extend(std::iter::repeat_n(i, i % 3));
    }
    results
}

#[parallel_for(schedule = managed(chunk = 3))]
fn managed_by_three(count: usize) -> Vec<usize> {
    let mut results = Vec::new();
    for i in 0..count {
        results.extend(std::iter::repeat_n(i, i % 3));
    }
    results
}

#[parallel_for(schedule = round_robin)]
fn unknown_length(count: usize) -> Vec<usize> {
    let mut results = Vec::new();
    for i in (0..count).filter(|i| i % 2 == 0) {
        results.extend(std::iter::repeat_n(i, i % 3));
    }
    results
}

#[parallel_for(threads = 2, schedule = round_robin)]
pub(crate) fn main() {
    // Before the loop, so on all ranks.
    let mut lines = Vec::new();
    for count in [0, 1, 2, 3, 10, 100, 1001] {
        let expected = round_robin(count);
        assert_eq!(blocks(count), expected);
        assert_eq!(managed(count), expected);
        assert_eq!(managed_by_three(count), expected);
        lines.push(format!("{expected:?} {:?}", unknown_length(count)));
    }
    #[parallel_for]
    for i in 0..33 {
        lines.push(i.to_string());
    }
    println!("{}", lines.join("\n"));
}
