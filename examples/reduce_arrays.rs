//! An array from each rank, added up element by element on rank 0.
//!
//! ```sh
//! cargo build --features mpi
//! mpiexec -n 10 target/debug/reduce_arrays
//! ```
//!
//! ```text
//! process 0 adds [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
//! process 1 adds [0, 2, 4, 6, 8, 10, 12, 14, 16, 18]
//! ```
//!
//! and so on, a line for each of the ranks, and then
//!
//! ```text
//! process 0 has the sum [0, 55, 110, 165, 220, 275, 330, 385, 440, 495]
//! ```

use parallel_for::{Error, operation};

fn main() -> Result<(), Error> {
    let world = parallel_for::world();
    let rank = world.rank() as u64;
    let array: Vec<u64> = (0..10).map(|i| (rank + 1) * i).collect();
    let sum = world.reduce_slice(0, &array, operation::sum)?;
    // The ranks do not print themselves: a launcher mixes their lines in any order.
    let lines = world.gather(0, format!("process {rank} adds {array:?}"))?;
    if let (Some(lines), Some(sum)) = (lines, sum) {
        println!("{}", lines.join("\n"));
        println!("process 0 has the sum {sum:?}");
    }
    Ok(())
}
