use parallel_for::parallel_for;

use std::collections::HashMap;

#[parallel_for]
fn f(xs: &[u64]) -> (HashMap<u64, u64>, Vec<u64>) {
    let mut counts = HashMap::new();
    let mut numbers = Vec::new();
    for x in xs {
        counts.insert(*x, 0);
        let count = counts.entry(x % 10).or_insert(0);
        *count += 1;
        numbers.push(*count);
    }
    (counts, numbers)
}

fn main() {}
