//! One worker leaves `main` before the loop, as if all were well.

use parallel_for::{parallel_for, rank, size};

#[parallel_for]
pub(crate) fn main() {
    if size() > 1 && rank() + 1 == size() {
        return;
    }
    let mut results = Vec::new();
    for i in 0..40_u64 {
        results.push(i);
    }
    println!("the tail runs: {}", results.len());
}
