#![deny(deprecated)]

use std::collections::HashMap;
use std::sync::Mutex;

use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let cache = Mutex::new(HashMap::new());
    let mut results = Vec::new();
    for x in xs {
        let known = *cache.lock().unwrap().entry(x % 7).or_insert_with(|| x % 7);
        results.push(known);
    }
    results
}

fn main() {}
