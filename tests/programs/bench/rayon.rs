//! The same workloads with rayon, as `bench_rayon WORKLOAD N PARAM`: what one process can do on
//! `RAYON_NUM_THREADS` threads.

mod workloads;

use std::process::ExitCode;
use std::time::Instant;

use rayon::prelude::*;
use workloads::{Contestant, Item};

struct Rayon;

impl Contestant for Rayon {
    fn run<T: Item>(n: u64, work: impl Fn(u64) -> T + Sync) {
        // Only ranges of `usize` have a length that rayon collects straight into place.
        let n = usize::try_from(n).expect("the results fit into memory");
        rayon::broadcast(|_| ()); // The pool exists before the clock starts.
        let start = Instant::now();
        let results: Vec<T> = (0..n).into_par_iter().map(|i| work(i as u64)).collect();
        let seconds = start.elapsed().as_secs_f64();
        workloads::report(seconds, rayon::current_num_threads(), &results);
    }
}

fn main() -> ExitCode {
    workloads::main::<Rayon>()
}
