#![deny(deprecated)]

use std::collections::HashMap;

use parallel_for::parallel_for;

#[parallel_for]
fn f(prices: HashMap<String, u64>) -> Vec<u64> {
    let entries: Vec<_> = prices.values().collect();
    let mut results = Vec::new();
    for price in &entries {
        results.push(**price);
    }
    results
}

#[parallel_for]
fn sorted(prices: HashMap<String, u64>) -> Vec<u64> {
    let mut entries: Vec<_> = prices.values().collect();
    entries.sort();
    let mut results = Vec::new();
    for price in &entries {
        results.push(**price);
    }
    results
}

fn main() {}
