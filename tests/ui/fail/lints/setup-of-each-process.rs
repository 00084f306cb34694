#![deny(deprecated)]

use std::collections::HashSet;
use std::io::Write as _;
use std::time::SystemTime;

use parallel_for::parallel_for;

#[parallel_for]
fn stamps(n: usize) -> Vec<(SystemTime, u32)> {
    let now = SystemTime::now();
    let id = std::process::id();
    let mut stamps = Vec::new();
    for _ in 0..n {
        stamps.push((now, id));
    }
    stamps
}

#[parallel_for]
fn words(names: HashSet<String>) -> Vec<String> {
    let names: Vec<String> = names.into_iter().collect();
    let mut words = Vec::new();
    for i in 0..9 {
        words.push(names[i].clone());
    }
    words
}

#[parallel_for]
fn report(n: usize) {
    let mut report = std::io::stdout().lock();
    let mut squares = Vec::new();
    for i in 0..n {
        squares.push(i * i);
    }
    writeln!(report, "{squares:?}").unwrap();
}

fn main() {
    stamps(2);
    words(HashSet::new());
    report(2);
}
