//! Rank 1 has one item more than the others.

use parallel_for::{parallel_for, rank};

#[parallel_for]
pub(crate) fn main() {
    let items: Vec<usize> = (0..20 + usize::from(rank() == 1)).collect();
    let mut results = Vec::new();
    for i in items {
        results.push(i);
    }
    println!("the tail runs: {}", results.len());
}
