//! A list on rank 0, scattered: each rank gets one element.
//!
//! ```sh
//! cargo build --features mpi
//! mpiexec -n 10 target/debug/scatter_list
//! ```
//!
//! ```text
//! process 0 gets a
//! process 1 gets b
//! ```
//!
//! and so on to `process 9 gets j`.

use parallel_for::Error;

fn main() -> Result<(), Error> {
    let world = parallel_for::world();
    let list: Option<Vec<char>> = world
        .is_master()
        .then(|| ('a'..='z').cycle().take(world.size()).collect());
    let letter = world.scatter(0, list)?;
    let line = format!("process {} gets {letter}", world.rank());
    // The ranks do not print themselves: a launcher mixes their lines in any order.
    if let Some(lines) = world.gather(0, line)? {
        println!("{}", lines.join("\n"));
    }
    Ok(())
}
