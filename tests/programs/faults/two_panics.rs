//! Two iterations panic, the later one first: what the sequential loop would show is the other.
//! The loop can also be left, and names the line of its `for` all the same.
#![allow(deprecated, reason = "the time is what makes the later one first")]

use std::thread::sleep;
use std::time::Duration;

use parallel_for::parallel_for;

#[parallel_for(schedule = managed(chunk = 1))]
pub(crate) fn main() {
    let mut results = Vec::new();
    for i in 0..4_u64 {
        if i == 1 {
            sleep(Duration::from_millis(500));
        }
        assert!(i == 0 || i == 3, "no {i}");
        if i > 3 {
            break;
        }
        results.push(i);
    }
    println!("the tail runs: {}", results.len());
}
