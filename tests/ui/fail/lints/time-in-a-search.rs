#![deny(deprecated)]

use std::time::{Duration, Instant};

use parallel_for::parallel_for;

#[parallel_for]
fn first(ports: &[u16]) -> Option<u16> {
    let start = Instant::now();
    for port in ports {
        if start.elapsed() > Duration::from_secs(5) {
            return None;
        }
        if *port > 1024 {
            return Some(*port);
        }
    }
    None
}

fn main() {}
