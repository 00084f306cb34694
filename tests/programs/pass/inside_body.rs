//! An annotated function that is reached inside the body of another loop.

use parallel_for::parallel_for;

#[parallel_for]
fn divisors(n: u64) -> Vec<u64> {
    let mut divisors = Vec::new();
    for d in 1..=n {
        if n.is_multiple_of(d) {
            divisors.push(d);
        }
    }
    divisors
}

#[parallel_for]
fn perfect(below: u64) -> Vec<u64> {
    let mut perfect = Vec::new();
    for n in 1..below {
        if divisors(n).iter().sum::<u64>() == 2 * n {
            perfect.push(n);
        }
    }
    perfect
}

#[parallel_for]
pub(crate) fn main() {
    let mut counts = Vec::new();
    for below in [10, 100, 600] {
        counts.push((below, perfect(below), divisors(below).len()));
    }
    println!("{counts:?}");
}
