//! One rank ends its process before the loop.

use parallel_for::{parallel_for, rank, size};

#[parallel_for]
pub(crate) fn main() {
    if rank() + 1 == size() {
        std::process::exit(3);
    }
    let mut results = Vec::new();
    for i in 0..40_u64 {
        results.push(i);
    }
    println!("the tail runs: {}", results.len());
}
