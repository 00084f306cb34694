//! One rank panics before the loop that the others wait in.

use parallel_for::{parallel_for, rank, size};

#[parallel_for]
pub(crate) fn main() {
    assert!(rank() + 1 != size(), "not ready");
    let mut results = Vec::new();
    for i in 0..40_u64 {
        results.push(i);
    }
    println!("the tail runs: {}", results.len());
}
