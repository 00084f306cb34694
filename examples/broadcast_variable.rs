//! A variable of rank 0, broadcast to all ranks.
//!
//! ```sh
//! cargo build --features mpi
//! mpiexec -n 10 target/debug/broadcast_variable
//! ```
//!
//! ```text
//! process 0 has 100
//! process 1 has 100
//! ```
//!
//! and so on, a line for each of the ranks.

use parallel_for::Error;

fn main() -> Result<(), Error> {
    let world = parallel_for::world();
    let variable = if world.is_master() { Some(100) } else { None };
    let variable = world.broadcast(0, variable)?;
    let line = format!("process {} has {variable}", world.rank());
    // The ranks do not print themselves: a launcher mixes their lines in any order.
    if let Some(lines) = world.gather(0, line)? {
        println!("{}", lines.join("\n"));
    }
    Ok(())
}
