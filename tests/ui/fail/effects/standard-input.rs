use std::io::stdin;

use parallel_for::parallel_for;

#[parallel_for]
fn f() -> Vec<usize> {
    let input = stdin();
    let mut lengths = Vec::new();
    for line in input.lines() {
        lengths.push(line.unwrap().len());
    }
    lengths
}

#[parallel_for]
fn g() -> Vec<usize> {
    let mut lengths = Vec::new();
    for line in std::io::stdin().lines() {
        lengths.push(line.unwrap().len());
    }
    lengths
}

fn main() {}
