//! One attribute on an ordinary loop: its iterations run on every core of this machine,
//! and under a launcher on every rank of the job.
//!
//! ```sh
//! cargo run --release --bin quickstart
//!
//! cargo build --release --features mpi
//! mpiexec -n 4 target/release/quickstart
//! ```

use parallel_for::parallel_for;

#[parallel_for]
fn main() {
    let examples: Vec<u64> = (0..100).collect();
    let mut results = Vec::new();
    for i in examples {
        let data = expensive(i); // Runs once per item, on some rank.
        results.push(data);
    }
    // From here on there is only the master, and it has all the results.
    println!("{}", results.iter().sum::<u64>());
    eprintln!(
        "computed by {} ranks × {} threads",
        parallel_for::size(),
        parallel_for::threads()
    );
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
