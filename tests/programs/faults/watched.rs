//! Loops that take long enough to be watched, and many that don't. The argument `quick` makes all of them short.

use parallel_for::parallel_for;

use std::env::args;
use std::thread::sleep;
use std::time::Duration;

#[parallel_for]
fn long(items: u64) -> Vec<u64> {
    let mut squares = Vec::new();
    for i in 0..items {
        sleep(Duration::from_millis(80));
        if i % 20 == 7 {
            println!("iteration {i}");
        }
        squares.push(i * i);
    }
    squares
}

#[parallel_for]
fn named(items: u64) -> u64 {
    let mut sum = 0;
    #[parallel_for(progress = "sums of numbers")]
    for i in 0..items {
        sleep(Duration::from_millis(80));
        sum += i;
    }
    sum
}

#[parallel_for(progress = off)]
fn hidden(items: u64) -> u64 {
    let mut sum = 0;
    for i in 0..items {
        sleep(Duration::from_millis(80));
        sum += i;
    }
    sum
}

#[parallel_for]
fn short(items: u64) -> u64 {
    let mut sum = 0;
    for i in 0..items {
        sum += i ^ 3;
    }
    sum
}

pub(crate) fn main() {
    let is_quick = args().nth(1).as_deref() == Some("quick");
    let items = if is_quick { 0 } else { 60 };
    let squares = long(items).len();
    let sums = [
        named(items),
        hidden(items / 2),
        (0..1000).map(|_| short(10)).sum(),
    ];
    if parallel_for::rank() == 0 {
        println!("{squares} squares, sums {sums:?}");
    }
}
