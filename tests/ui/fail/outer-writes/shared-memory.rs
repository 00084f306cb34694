use parallel_for::parallel_for;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    let total = Mutex::new(0);
    let count = AtomicU64::new(0);
    for x in xs {
        *total.lock().unwrap() += x;
        count.fetch_add(1, Ordering::Relaxed);
        results.push(*x);
    }
    results
}

fn main() {}
