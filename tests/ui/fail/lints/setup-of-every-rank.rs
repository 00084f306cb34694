#![deny(deprecated)]

use std::fs::File;
use std::io::{Read as _, Write as _};

use parallel_for::parallel_for;

#[parallel_for]
fn main() {
    let mut file = File::create("results.txt").unwrap();
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let mut results = Vec::new();
    for line in text.lines() {
        results.push(line.len());
    }
    let mut copy = File::create("copy.txt").unwrap();
    writeln!(file, "{results:?}").unwrap();
    writeln!(copy, "{results:?}").unwrap();
}
