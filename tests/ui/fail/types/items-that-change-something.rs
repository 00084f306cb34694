//! Each rank makes more or fewer items than the sequential loop, and the items are made from what
//! the function goes on with.

use parallel_for::parallel_for;

#[parallel_for]
fn leave(stack: &mut Vec<u64>) -> Vec<u64> {
    let mut results = Vec::new();
    for x in std::iter::from_fn(|| stack.pop()) {
        if x == 3 {
            break;
        }
        results.push(x);
    }
    results
}

#[parallel_for]
fn count(xs: &[u64]) -> (Vec<u64>, u64) {
    let mut count = 0;
    let counted = xs.iter().inspect(|_| count += 1);
    let mut results = Vec::new();
    for x in counted {
        if *x == 3 {
            break;
        }
        results.push(*x);
    }
    (results, count)
}

fn main() {}
