//! A panic in a loop on the threads of each process: `fault_local RANK`, or `all`. The others wait for the one that
//! panics.

use parallel_for::parallel_for;

#[parallel_for(local)]
fn checked<'a>(words: &'a [String], bad: &str) -> Vec<&'a str> {
    let mut checked = Vec::new();
    for word in words {
        assert!(word != bad, "no {word}");
        checked.push(word.as_str());
    }
    checked
}

#[parallel_for]
fn count() -> usize {
    let mut results = Vec::new();
    for i in 0..40_u64 {
        results.push(i);
    }
    results.len()
}

pub(crate) fn main() {
    let who = std::env::args().nth(1).expect("a rank");
    let rank = parallel_for::rank().to_string();
    let bad = if who == "all" || who == rank {
        "17"
    } else {
        "none"
    };
    let words: Vec<String> = (0..40).map(|n: u32| n.to_string()).collect();
    let checked = checked(&words, bad).len();
    let count = count();
    parallel_for::on_master(|| println!("the tail runs: {checked} {count}"));
}
