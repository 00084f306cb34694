//! One task in three ways: as a plain loop, with the items divided by hand, and as a map; the three columns
//! of the table in dlp_mpi's README.
//!
//! ```sh
//! cargo run --release --bin three_columns
//!
//! cargo build --release --features mpi
//! mpiexec -n 8 target/release/three_columns
//! ```
//!
//! It prints, on any number of ranks:
//!
//! ```text
//! serial:        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], in all 45
//! split_managed: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], in all 45
//! map_unordered: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], in all 45
//! ```
//!
//! The quickstart is the fourth column: the first one, with an attribute on its function.

use std::thread::sleep;
use std::time::Duration;

use parallel_for::collection::Unordered;
use parallel_for::{is_master, map_unordered, split_managed};

fn main() {
    let examples: Vec<u64> = (0..10).collect();

    // Every rank runs all of it, and one prints.
    let mut results = Vec::new();
    for &example in &examples {
        let result = heavy_work(example);
        results.push(result);
    }
    if is_master() {
        summarise("serial:       ", results);
    }

    // Each rank runs its share, which the master hands out; then it gathers the results.
    let mut results = Unordered::new();
    for &example in split_managed(&examples) {
        let result = heavy_work(example);
        results.push(result);
    }
    if let Some(results) = results.gather() {
        summarise("split_managed:", results);
    }

    // The other ranks run the function, and the master the body of the loop.
    let mut results = Vec::new();
    for result in map_unordered(examples, heavy_work) {
        results.push(result);
    }
    if is_master() {
        summarise("map_unordered:", results);
    }
}

/// Stands for a computation, or for waiting on a disk.
fn heavy_work(example: u64) -> u64 {
    sleep(Duration::from_millis(20));
    example
}

/// The summary of the experiment. Results of several ranks come in any order.
fn summarise(column: &str, mut results: Vec<u64>) {
    results.sort_unstable();
    println!(
        "{column} {results:?}, in all {}",
        results.iter().sum::<u64>()
    );
}
