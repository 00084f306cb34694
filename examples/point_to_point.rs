//! Two messages, each from one rank to another: 0 sends a number to 4, and 1 a text to 8.
//!
//! ```sh
//! cargo build --features mpi
//! mpiexec -n 9 target/debug/point_to_point
//! ```
//!
//! ```text
//! process 0 sends 10000000 to process 4
//! process 1 sends hello to process 8
//! process 4 receives 10000000
//! process 8 receives hello
//! ```

use parallel_for::Error;

fn main() -> Result<(), Error> {
    parallel_for::require_ranks(9);
    let world = parallel_for::world();
    let line = match world.rank() {
        0 => {
            let data = 10_000_000;
            world.send(4, &data)?;
            Some(format!("process 0 sends {data} to process 4"))
        }
        1 => {
            let data = String::from("hello");
            world.send(8, &data)?;
            Some(format!("process 1 sends {data} to process 8"))
        }
        4 => {
            let data: i32 = world.receive(0)?;
            Some(format!("process 4 receives {data}"))
        }
        8 => {
            let data: String = world.receive(1)?;
            Some(format!("process 8 receives {data}"))
        }
        _ => None,
    };
    // The ranks do not print themselves: a launcher mixes their lines in any order.
    if let Some(lines) = world.gather(0, line)? {
        for line in lines.iter().flatten() {
            println!("{line}");
        }
    }
    Ok(())
}
