//! An iteration that panics the first times: `fault_retry PANICS FILE`.

use std::fs::OpenOptions;
use std::io::{Seek as _, SeekFrom, Write as _};

use parallel_for::parallel_for;

/// How often iteration 17 ran, on whatever ranks: each run leaves a byte in the file.
fn count_run(file: &str) -> u64 {
    let opened = OpenOptions::new().append(true).create(true).open(file);
    let mut file = opened.expect("a file to count in");
    file.write_all(b"!").expect("room for a byte");
    file.seek(SeekFrom::End(0)).expect("a file has an end")
}

#[parallel_for(on_error = retry(2))]
pub(crate) fn main() {
    let argument = std::env::args().nth(1).expect("a number");
    let panics: u64 = argument.parse().expect("a number");
    let file = std::env::args().nth(2).expect("a file");
    let mut results = Vec::new();
    let mut places = vec![0; 40];
    for (i, place) in places.iter_mut().enumerate() {
        results.push(i);
        *place += i;
        if i == 17 {
            let runs = count_run(&file);
            assert!(runs > panics, "no seventeen, {runs}");
        }
    }
    println!(
        "the tail comes to {} {}",
        results.len(),
        places.iter().sum::<usize>()
    );
}
