//! A rank is stopped for some seconds in one of its iterations, or takes as long for it.

use std::env::args;
use std::process::{Command, Stdio, id};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::Duration;

use parallel_for::{parallel_for, rank};

#[parallel_for]
pub(crate) fn main() {
    let way = args().nth(1).unwrap_or_default();
    let mut results = Vec::new();
    for i in 0..40_u64 {
        sleep(Duration::from_millis(20));
        if rank() == 1 {
            once(&way);
        }
        results.push(i);
    }
    println!("the tail runs: {}", results.len());
}

/// What rank 1 does in its first iteration.
fn once(way: &str) {
    static DONE: AtomicBool = AtomicBool::new(false);
    if DONE.swap(true, Ordering::Relaxed) {
        return;
    }
    match way {
        "slow" => sleep(Duration::from_secs(12)),
        seconds => {
            let pid = id();
            // Another process lets it go on.
            let script = format!("kill -STOP {pid}; sleep {seconds}; kill -CONT {pid}");
            let mut stopping = Command::new("sh");
            // A launcher would wait for who has its pipes.
            let stopping = stopping.stdout(Stdio::null()).stderr(Stdio::null());
            stopping.args(["-c", &script]).status().unwrap();
        }
    }
}
