//! An iteration that panics the first times: `fault_retry PANICS`.

use std::cell::Cell;

use parallel_for::parallel_for;

thread_local! {
    /// How often iteration 17 ran on this thread, where all of its tries are made.
    static RUNS: Cell<u32> = const { Cell::new(0) };
}

fn count_run() -> u32 {
    RUNS.set(RUNS.get() + 1);
    RUNS.get()
}

#[parallel_for(on_error = retry(2))]
pub(crate) fn main() {
    let argument = std::env::args().nth(1).expect("a number");
    let panics: u32 = argument.parse().expect("a number");
    let mut results = Vec::new();
    let mut places = vec![0; 40];
    for (i, place) in places.iter_mut().enumerate() {
        results.push(i);
        *place += i;
        if i == 17 {
            let runs = count_run();
            assert!(runs > panics, "no seventeen, {runs}");
        }
    }
    println!(
        "the tail comes to {} {}",
        results.len(),
        places.iter().sum::<usize>()
    );
}
