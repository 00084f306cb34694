//! Collective calls of values.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, ErrorKind};
use crate::by_hand::communicator::Communicator;
use crate::by_hand::operation;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Shape {
    Circle { radius: f64 },
    Text(String),
    Nothing,
}

/// Some value of each rank, with all kinds of lengths.
fn shape(rank: usize) -> Shape {
    match rank % 4 {
        0 => Shape::Circle {
            radius: f64::from(u32::try_from(rank).expect("few ranks")),
        },
        1 => Shape::Text("Grüße, 世界 🌍".repeat(rank)),
        2 => Shape::Nothing,
        // Longer than what travels with the header.
        _ => Shape::Text("long ".repeat(10_000)),
    }
}

pub(super) fn values_reach_the_ranks_that_they_are_for(world: &Communicator) -> Result<(), Error> {
    let (rank, size) = (world.rank(), world.size());
    let all: Vec<Shape> = (0..size).map(shape).collect();
    for root in 0..size {
        let value = (rank == root).then(|| shape(root));
        assert_eq!(world.broadcast(root, value)?, shape(root));
        let values = (rank == root).then(|| all.clone());
        assert_eq!(world.scatter(root, values)?, shape(rank));
        let gathered = world.gather(root, shape(rank))?;
        assert_eq!(gathered, (rank == root).then(|| all.clone()));
    }
    assert_eq!(world.all_gather(shape(rank))?, all);
    let mine = (0..size).map(|to| shape(rank + 3 * to)).collect();
    let theirs: Vec<Shape> = (0..size).map(|from| shape(from + 3 * rank)).collect();
    assert_eq!(world.all_to_all(mine)?, theirs);
    world.barrier()
}

pub(super) fn values_are_folded_in_rank_order(world: &Communicator) -> Result<(), Error> {
    let (rank, size) = (world.rank(), world.size());
    let join = |a: String, b: String| a + "," + &b;
    let text = |ranks: std::ops::Range<usize>| {
        let names: Vec<String> = ranks.map(|rank| rank.to_string()).collect();
        names.join(",")
    };
    let mine = text(rank..rank + 1);
    for root in 0..size {
        let all = (rank == root).then(|| text(0..size));
        assert_eq!(world.reduce(root, mine.clone(), join)?, all);
    }
    assert_eq!(world.all_reduce(mine.clone(), join)?, text(0..size));
    assert_eq!(world.scan(mine.clone(), join)?, text(0..rank + 1));
    let before = world.exclusive_scan(mine, join)?;
    assert_eq!(before, (rank > 0).then(|| text(0..rank)));
    assert_eq!(world.all_reduce(rank, operation::max)?, size - 1);
    assert_eq!(world.all_reduce(rank, operation::min)?, 0);
    assert!(!world.all_reduce(rank > 0, operation::bit_and)?);
    assert_eq!(world.all_reduce(rank > 0, operation::bit_or)?, size > 1);
    Ok(())
}

pub(super) fn what_one_rank_can_not_do_is_an_error_on_all(
    world: &Communicator,
) -> Result<(), Error> {
    let (rank, size) = (world.rank(), world.size());
    let root = size - 1;
    let error = world.broadcast::<u8>(root, None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Misuse, "{error}");
    let error = world.scatter(root, Some(vec![1; size + 1])).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongLength, "{error}");
    let words = format!("rank {root} passes {} values", size + 1);
    assert!(error.to_string().contains(&words), "{error}");
    assert!(world.scatter::<u8>(root, None).is_err());
    let count = if rank == root { size + 2 } else { size };
    let error = world.all_to_all(vec![rank; count]).unwrap_err();
    assert!(
        error.to_string().contains(&format!("rank {root} passes")),
        "{error}"
    );
    let error = world.gather(size, 0).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NoSuchRank, "{error}");
    // And nothing of it is left over.
    assert_eq!(world.all_gather(rank)?, (0..size).collect::<Vec<_>>());
    Ok(())
}

pub(super) fn whoever_is_a_call_ahead_confuses_nobody(world: &Communicator) -> Result<(), Error> {
    let size = world.size();
    for round in 0..100 {
        let root = round % size;
        let value = (world.rank() == root).then_some(round);
        assert_eq!(world.broadcast(root, value)?, round);
        if let Some(all) = world.gather(root, round)? {
            assert_eq!(all, vec![round; size]);
        }
    }
    Ok(())
}
