//! Some rank is killed from outside, as by a system that is out of memory.

use std::process::{Command, id};

use parallel_for::parallel_for;

#[parallel_for]
pub(crate) fn main() {
    let mut results = Vec::new();
    for i in 0..40_u64 {
        if i == 11 {
            let pid = id().to_string();
            Command::new("kill").args(["-KILL", &pid]).status().unwrap();
        }
        results.push(i);
    }
    println!("the tail runs: {}", results.len());
}
