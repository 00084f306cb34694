//! Rank 1 has fewer items than the others, and nobody can know before it is at its end.

use std::thread::sleep;
use std::time::Duration;

use parallel_for::{parallel_for, rank};

#[parallel_for]
pub(crate) fn main() {
    let last = if rank() == 1 { 3 } else { 600 };
    let mut results = Vec::new();
    for i in (0..1_000_u64).filter(|i| *i < last) {
        sleep(Duration::from_millis(5)); // Long before the end, every rank gets some.
        results.push(i);
    }
    println!("the tail runs: {}", results.len());
}
