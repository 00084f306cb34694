//! A message goes round all ranks, and each of them adds its name.
//!
//! ```sh
//! cargo build --features mpi
//! mpiexec -n 4 target/debug/message_ring
//! ```
//!
//! ```text
//! process 0 sends P0 to process 1
//! process 1 sends P0P1 to process 2
//! process 2 sends P0P1P2 to process 3
//! process 3 sends P0P1P2P3 to process 0
//! process 0 receives P0P1P2P3 from process 3
//! ```

use parallel_for::Error;

fn main() -> Result<(), Error> {
    let world = parallel_for::world();
    let (rank, size) = (world.rank(), world.size());
    let (next, previous) = ((rank + 1) % size, (rank + size - 1) % size);
    let before = if rank == 0 {
        String::new()
    } else {
        world.receive(previous)?
    };
    let message = format!("{before}P{rank}");
    world.send(next, &message)?;
    let line = format!("process {rank} sends {message} to process {next}");
    // The ranks do not print themselves: a launcher mixes their lines in any order.
    if let Some(lines) = world.gather(0, line)? {
        println!("{}", lines.join("\n"));
        let message: String = world.receive(previous)?;
        println!("process 0 receives {message} from process {previous}");
    }
    Ok(())
}
