//! The quickstart without the attribute: every rank takes its share of the items, and the
//! master gathers the results.
//!
//! ```sh
//! cargo run --release --bin quickstart_by_hand
//!
//! cargo build --release --features mpi
//! mpiexec -n 4 target/release/quickstart_by_hand
//! ```

use parallel_for::{flatten, gather, is_master, split_managed};

fn main() {
    let examples: Vec<u64> = (0..100).collect();
    let mut results = Vec::new();
    // Rank 0 only hands out the items here, unless it is alone.
    for i in split_managed(examples) {
        let data = expensive(i);
        results.push(data);
    }
    if is_master() {
        eprintln!("computed by {} ranks", parallel_for::size());
    }
    // One `Vec` per rank, and on the master alone. The sum does not depend on their order.
    if let Some(results) = gather(results) {
        let results = flatten(results);
        println!("{}", results.iter().sum::<u64>());
    }
}

/// The most steps that a start value of the i-th block needs to reach 1 by the Collatz rule.
fn expensive(i: u64) -> u64 {
    let block = 20_000;
    let starts = i * block + 1..=(i + 1) * block;
    starts.map(collatz_steps).max().unwrap_or(0)
}

fn collatz_steps(start: u64) -> u64 {
    let (mut n, mut steps) = (start, 0);
    while n != 1 {
        n = if n.is_multiple_of(2) {
            n / 2
        } else {
            3 * n + 1
        };
        steps += 1;
    }
    steps
}
