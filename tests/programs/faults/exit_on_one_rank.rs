//! An iteration that leaves the loop on one rank, and would not on the others.
#![allow(deprecated, reason = "the time is what makes the ranks share the loop")]

use std::time::Duration;

use parallel_for::parallel_for;

#[parallel_for]
pub(crate) fn main() -> Result<(), String> {
    let mut numbers = Vec::new();
    for i in 0..60_u64 {
        std::thread::sleep(Duration::from_millis(1));
        if parallel_for::rank() == 1 {
            return Err(format!("no {i} here"));
        }
        numbers.push(i);
    }
    println!("the tail runs: {}", numbers.len());
    Ok(())
}
