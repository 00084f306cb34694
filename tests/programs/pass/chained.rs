//! Functions on the results of others: each of them returns the same on every rank.

use std::collections::BTreeMap;

use parallel_for::parallel_for;

#[parallel_for]
fn numbers(count: u64) -> Vec<u64> {
    let mut numbers = Vec::new();
    for n in 0..count {
        numbers.push(n * 7919 % 1000);
    }
    numbers
}

#[parallel_for]
fn lengths(numbers: &[u64]) -> BTreeMap<u64, usize> {
    let mut lengths = BTreeMap::new();
    for n in numbers {
        let (mut steps, mut rest) = (0, *n + 1);
        while rest != 1 {
            rest = if rest % 2 == 0 {
                rest / 2
            } else {
                3 * rest + 1
            };
            steps += 1;
        }
        lengths.insert(*n, steps);
    }
    lengths
}

#[parallel_for]
pub(crate) fn main() {
    let numbers = numbers(300);
    assert_eq!(numbers.len(), 300);
    let lengths = lengths(&numbers);
    let mut lines = Vec::new();
    for (n, steps) in lengths {
        lines.push(format!("{n}:{steps}"));
    }
    println!("{}", lines.join(" "));
}
