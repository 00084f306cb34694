//! As many items on every rank, but on rank 1 others.

use std::thread::sleep;
use std::time::Duration;

use parallel_for::{parallel_for, rank};

#[parallel_for]
pub(crate) fn main() {
    let mut items: Vec<String> = (0..40).map(|n| format!("item {n}")).collect();
    if rank() == 1 {
        items.reverse(); // As a folder's entries may come in another order.
    }
    let mut results = Vec::new();
    for item in items {
        sleep(Duration::from_millis(5)); // So that every rank gets some.
        results.push(item);
    }
    println!("the tail runs: {}", results.len());
}
