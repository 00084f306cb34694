//! One workload of the benchmark, as `bench_work WORKLOAD N PARAM`, as an annotated loop. Prints
//! the seconds that the loop took on the master, a checksum of the ordered results, and on how
//! many workers it ran.
//!
//! The clock starts when all ranks are up and stops when the master holds the results.

mod workloads;

use std::process::ExitCode;
use std::time::Instant;

use parallel_for::parallel_for;
use workloads::{Contestant, Item};

struct Annotated;

impl Contestant for Annotated {
    fn run<T: Item>(n: u64, work: impl Fn(u64) -> T + Sync) {
        run(n, work);
    }
}

fn main() -> ExitCode {
    workloads::main::<Annotated>()
}

#[parallel_for(gather = master)]
fn run<T: Item>(n: u64, work: impl Fn(u64) -> T + Sync) {
    parallel_for::map(0..64, |i| i); // The pool and the connections exist before the clock starts.
    parallel_for::barrier();
    let start = Instant::now();
    let mut results = Vec::new();
    for i in 0..n {
        results.push(work(i));
    }
    let seconds = start.elapsed().as_secs_f64();
    workloads::report(seconds, workers(), &results);
}

fn workers() -> usize {
    if cfg!(feature = "sequential") {
        1
    } else {
        parallel_for::size() * parallel_for::threads()
    }
}
