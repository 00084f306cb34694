//! Ranks 1 and 5 exchange a value each: `deadlock [right | wrong | send_receive]`.
//!
//! ```sh
//! cargo build --features mpi
//! mpiexec -n 9 target/debug/deadlock right
//! mpiexec -n 9 target/debug/deadlock send_receive
//! PARALLEL_FOR_DEADLOCK_AFTER=1 mpiexec -n 9 target/debug/deadlock wrong
//! ```
//!
//! ```text
//! process 1 sends a to process 5 and receives b
//! process 5 sends b to process 1 and receives a
//! ```
//!
//! In the wrong order both receive first, and neither ever sends. After a second the master proves it: the
//! job ends with exit code 101, and a list of all ranks, among them
//!
//! ```text
//!   rank 1 (host): `receive` from rank 5 at examples/deadlock.rs:..
//!   rank 5 (host): `receive` from rank 1 at examples/deadlock.rs:..
//! ```

use std::env;
use std::process::exit;

use parallel_for::{Communicator, Error};

fn main() -> Result<(), Error> {
    parallel_for::require_ranks(9);
    let order = env::args().nth(1).unwrap_or_else(|| "right".to_owned());
    let exchange = match order.as_str() {
        "right" => right,
        "wrong" => wrong,
        "send_receive" => send_receive,
        _ => {
            parallel_for::on_master(|| eprintln!("usage: deadlock [right | wrong | send_receive]"));
            exit(2);
        }
    };
    let world = parallel_for::world();
    let rank = world.rank();
    let (partner, data) = match rank {
        1 => (5, "a"),
        5 => (1, "b"),
        _ => (rank, ""),
    };
    let line = if partner == rank {
        None
    } else {
        let received = exchange(&world, partner, data)?;
        Some(format!(
            "process {rank} sends {data} to process {partner} and receives {received}"
        ))
    };
    if let Some(lines) = world.gather(0, line)? {
        for line in lines.iter().flatten() {
            println!("{line}");
        }
    }
    Ok(())
}

/// A send never waits for its receiver, so both may send first, however long the values are.
fn right(world: &Communicator, partner: usize, data: &str) -> Result<String, Error> {
    world.send(partner, &data.to_owned())?;
    world.receive(partner)
}

/// Each waits for what the other one would send afterwards.
fn wrong(world: &Communicator, partner: usize, data: &str) -> Result<String, Error> {
    let received = world.receive(partner)?;
    world.send(partner, &data.to_owned())?;
    Ok(received)
}

/// Both in one call, in which there is no order.
fn send_receive(world: &Communicator, partner: usize, data: &str) -> Result<String, Error> {
    world.send_receive(partner, &data.to_owned(), partner)
}
