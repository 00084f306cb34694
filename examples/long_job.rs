//! A job that goes on where it was: `long_job [SECONDS]` follows 200 populations for so long (a few milliseconds, unless it is
//! told), and prints how many of them survive, and their average.
//!
//! ```sh
//! cargo build --release --bin long_job
//! export PARALLEL_FOR_CHECKPOINT=kept
//! target/release/long_job 60      # press Ctrl-C
//! target/release/long_job 60      # resumed: 93 of 200 iterations of the loop at examples/long_job.rs:29
//! rm -r kept
//! ```
//!
//! Under a launcher it is the same, with any number of ranks.

use std::env;
use std::thread;
use std::time::Duration;

use parallel_for::parallel_for;

const POPULATIONS: u32 = 200;

#[parallel_for]
fn main() {
    let seconds: f64 = env::args()
        .nth(1)
        .map_or(0.02, |text| text.parse().expect("a number of seconds"));
    let pause = Duration::from_secs_f64(seconds / f64::from(POPULATIONS));
    let mut sizes = Vec::new();
    for seed in 0..POPULATIONS {
        // As if this took long.
        thread::sleep(pause);
        sizes.push(population(seed));
    }
    let alive = sizes.iter().filter(|&&size| size > 0).count();
    let total: u64 = sizes.iter().map(|&size| u64::from(size)).sum();
    println!(
        "{alive} of {} populations survive, with {} on average",
        sizes.len(),
        total / sizes.len() as u64
    );
}

/// How many are left of a population of 100 after a thousand seasons.
fn population(seed: u32) -> u32 {
    let mut random = parallel_for::random(7, seed);
    let mut size = 100_u32;
    for _ in 0..1000 {
        let births = random.below(u64::from(size) + 1);
        let deaths = random.below(u64::from(size) + 1);
        let births = u32::try_from(births).expect("no more than there are");
        let deaths = u32::try_from(deaths).expect("no more than there are");
        size = (size + births).saturating_sub(deaths).min(10_000);
    }
    size
}
