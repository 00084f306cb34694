//! A square from each rank, gathered on rank 0.
//!
//! ```sh
//! cargo build --features mpi
//! mpiexec -n 5 target/debug/gather_squares
//! ```
//!
//! ```text
//! process 0 receives 1 from process 0
//! process 0 receives 4 from process 1
//! process 0 receives 9 from process 2
//! process 0 receives 16 from process 3
//! process 0 receives 25 from process 4
//! ```

use parallel_for::Error;

fn main() -> Result<(), Error> {
    let world = parallel_for::world();
    let square = (world.rank() + 1).pow(2);
    if let Some(squares) = world.gather(0, square)? {
        for (rank, square) in squares.iter().enumerate() {
            println!("process 0 receives {square} from process {rank}");
        }
    }
    Ok(())
}
