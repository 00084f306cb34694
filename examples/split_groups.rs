//! The even and the odd ranks as two groups, each with numbers and sums of its own.
//!
//! ```sh
//! cargo build --features mpi
//! mpiexec -n 5 target/debug/split_groups
//! ```
//!
//! ```text
//! process 0 is 0 of 3 in the even group, whose sum is 6
//! process 1 is 0 of 2 in the odd group, whose sum is 4
//! process 2 is 1 of 3 in the even group, whose sum is 6
//! process 3 is 1 of 2 in the odd group, whose sum is 4
//! process 4 is 2 of 3 in the even group, whose sum is 6
//! ```

use parallel_for::{Error, operation};

fn main() -> Result<(), Error> {
    let world = parallel_for::world();
    let rank = world.rank();
    // Ranks of one color come together; with equal keys in the order that they have here.
    let group = world.split(rank % 2, 0)?;
    let sum = group.all_reduce(rank, operation::sum)?;
    let name = if rank.is_multiple_of(2) {
        "even"
    } else {
        "odd"
    };
    let line = format!(
        "process {rank} is {} of {} in the {name} group, whose sum is {sum}",
        group.rank(),
        group.size()
    );
    // The ranks do not print themselves: a launcher mixes their lines in any order.
    if let Some(lines) = world.gather(0, line)? {
        println!("{}", lines.join("\n"));
    }
    Ok(())
}
