//! Ranks that wait for what never comes, in the way that the argument says; `slow` is none of them.

use std::time::Duration;

use parallel_for::{ANY, Communicator, Error, parallel_for};

pub(crate) fn main() -> Result<(), Error> {
    let world = parallel_for::world();
    let rank = world.rank();
    match std::env::args().nth(1).as_deref() {
        Some("both_receive") if rank < 2 => {
            let theirs: u32 = world.receive((1 - rank, 7))?; // Before the send.
            world.send((1 - rank, 7), &theirs)
        }
        Some("one_stays_away") if rank == 1 => world.receive::<()>(ANY),
        Some("sender_has_left") if rank == 1 => Ok(()),
        Some("late_error") if rank == 1 => {
            std::thread::sleep(Duration::from_millis(1500));
            world.send(99, &())
        }
        Some("sender_has_left" | "late_error") => world.receive(1),
        Some("itself") if rank == 1 => world.receive::<()>(rank),
        Some("loop") if rank == 1 => world.receive::<()>(0),
        Some("loop") => {
            squares();
            Ok(())
        }
        Some("lent") if rank == 0 => world.broadcast_slice(0, &mut vec![0.5; 1 << 20]),
        Some("lent") => world.receive((0, 3)),
        Some("part") => part(&world),
        Some("other_call") if rank == 1 => world.gather(0, 1).map(drop),
        Some("other_root") => world.broadcast(rank % 2, Some(rank)).map(drop),
        Some("other_type") if rank == 1 => world.all_gather(1.5).map(drop),
        Some("other_type") => world.all_gather(1).map(drop),
        Some("other_length") => world.broadcast_slice(0, &mut vec![0; 8 + rank]),
        Some("slow") if rank == 1 => {
            std::thread::sleep(Duration::from_millis(1500));
            world.send((0, 1), &"late but there".to_owned())?;
            world.barrier()
        }
        Some("slow") if rank == 0 => {
            println!("{}", world.receive::<String>((1, 1))?);
            world.barrier()
        }
        Some("unreceived") if rank == 1 => world.send((0, 1), &1),
        Some("unreceived") => Ok(()),
        Some("unreceived_ring") => {
            world.send_slice((rank + 1) % world.size(), &vec![7_u8; 1_000_000])
        }
        Some("part_of_calls") => part_of_calls(&world),
        Some("exit_in_a_map") => {
            for square in parallel_for::map_unordered(0..100, |i| i * i) {
                if square > 50 {
                    std::process::exit(0);
                }
            }
            Ok(())
        }
        Some("loop_in_a_split") => {
            for _ in parallel_for::split_managed(0..3) {
                squares();
            }
            Ok(())
        }
        _ => world.barrier(),
    }
}

/// In a group without the master one rank makes a call more, which waits for nobody.
fn part_of_calls(world: &Communicator) -> Result<(), Error> {
    let others = world.split(world.rank().min(1), 0)?;
    if world.rank() == 2 {
        others.gather(0, 5)?;
    }
    Ok(())
}

#[parallel_for]
fn squares() -> Vec<u64> {
    let mut squares = Vec::new();
    for i in 0..10 {
        squares.push(i * i);
    }
    squares
}

/// Half of the ranks wait in a communicator of their own.
fn part(world: &Communicator) -> Result<(), Error> {
    let even = world.split(world.rank() % 2, 0)?;
    if world.rank() == 2 {
        even.receive::<()>(0)?;
    }
    even.barrier()?;
    world.barrier()
}
