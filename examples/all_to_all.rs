//! A number from each rank to each rank: the rows of a matrix become its columns.
//!
//! ```sh
//! cargo build --features mpi
//! mpiexec -n 5 target/debug/all_to_all
//! ```
//!
//! ```text
//! process 0 sends [0, 1, 2, 3, 4] and receives [0, 0, 0, 0, 0]
//! process 1 sends [0, 2, 4, 6, 8] and receives [1, 2, 3, 4, 5]
//! process 2 sends [0, 3, 6, 9, 12] and receives [2, 4, 6, 8, 10]
//! process 3 sends [0, 4, 8, 12, 16] and receives [3, 6, 9, 12, 15]
//! process 4 sends [0, 5, 10, 15, 20] and receives [4, 8, 12, 16, 20]
//! ```

use parallel_for::Error;

fn main() -> Result<(), Error> {
    let world = parallel_for::world();
    let rank = world.rank() as u64;
    let row: Vec<u64> = (0..world.size() as u64).map(|i| (rank + 1) * i).collect();
    let column = world.all_to_all_slice(&row)?;
    let line = format!("process {rank} sends {row:?} and receives {column:?}");
    // The ranks do not print themselves: a launcher mixes their lines in any order.
    if let Some(lines) = world.gather(0, line)? {
        println!("{}", lines.join("\n"));
    }
    Ok(())
}
