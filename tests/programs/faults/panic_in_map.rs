//! A function panics for one item of a lazy map; with an argument, a sum overflows.

use parallel_for::{is_master, map_ordered, parallel_for};

pub(crate) fn main() {
    if std::env::args().nth(1).is_some() {
        let sum = sum(&[100, 50, 50, 70, 1]);
        println!("the tail runs: {sum}");
        return;
    }
    let results = map_ordered(0..40_u64, |i| {
        assert!(i != 17, "no seventeen");
        i
    });
    let count = results.count();
    if is_master() {
        println!("the tail runs: {count}");
    }
}

#[parallel_for(schedule = managed(chunk = 1))]
fn sum(values: &[u8]) -> u8 {
    let mut sum = 0;
    for value in values {
        let half = value / 2;
        sum += value - half + half;
    }
    sum
}
