//! Messages of the program's own and parallel loops use the same ranks without disturbing each
//! other: messages wait while loops run, and the other way round.

use parallel_for::{ANY, Communicator, Error, parallel_for};
use parallel_for_tests::{churn, show};

#[parallel_for]
fn churned(seed: u64) -> Vec<u64> {
    let mut results = Vec::new();
    for i in 0..40 {
        results.push(churn(seed + i, 2_000));
    }
    results
}

/// What the ranks say around a ring while loops run on all of them.
fn around(world: &Communicator, round: u64) -> Result<u64, Error> {
    let (rank, size) = (world.rank(), world.size());
    let (next, previous) = ((rank + 1) % size, (rank + size - 1) % size);
    let request = world.immediate_receive::<Vec<u64>>((previous, 1))?;
    world.send((next, 1), &vec![round; 30_000])?;
    world.send_slice((next, 2), &[round; 3])?;
    world.send((next, 3), &"still here".to_owned())?;
    let results = churned(round);
    assert_eq!(world.receive::<String>((ANY, 3))?, "still here");
    let sum: u64 = results.iter().fold(0, |sum, result| sum ^ result);
    assert_eq!(world.all_gather(sum)?, vec![sum; size]);
    let again = churned(round);
    assert_eq!(request.wait()?, vec![round; 30_000]);
    assert_eq!(
        (again, world.receive_slice::<u64>((previous, 2))?),
        (results, vec![round; 3])
    );
    Ok(sum)
}

pub(crate) fn main() -> Result<(), Error> {
    let world = parallel_for::world();
    let other = world.duplicate()?;
    other.send(world.rank(), &"for the end".to_owned())?;
    let mut report = Vec::new();
    for round in 0..3 {
        let (all, few) = (around(&world, round)?, around(&other, round + 10)?);
        report.push(format!("{all:016x} {few:016x}"));
    }
    assert_eq!(world.immediate_probe(ANY)?, None);
    assert_eq!(other.receive::<String>(ANY)?, "for the end");
    show(&report);
    Ok(())
}
