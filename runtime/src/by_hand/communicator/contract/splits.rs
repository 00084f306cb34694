//! Communicators made of others.

use crate::base::error::Error;
use crate::by_hand::communicator::{ANY, Communicator};

pub(super) fn a_split_groups_by_color_and_orders_by_key(world: &Communicator) -> Result<(), Error> {
    let (rank, size) = (world.rank(), world.size());
    // Backwards, so that ranks in the part differ from those in the world.
    let part = world.split(rank % 3, -rank.cast_signed())?;
    let members: Vec<usize> = (0..size).filter(|r| r % 3 == rank % 3).rev().collect();
    assert_eq!(part.size(), members.len());
    assert_eq!(members[part.rank()], rank);
    assert_eq!(part.all_gather(rank)?, members);
    let (next, previous) = (
        (part.rank() + 1) % part.size(),
        (part.rank() + part.size() - 1) % part.size(),
    );
    part.send(next, &rank)?;
    let (theirs, status) = part.receive_with_status::<usize>(ANY)?;
    assert_eq!((theirs, status.source()), (members[previous], previous));
    Ok(())
}

pub(super) fn ranks_without_a_color_stay_outside(world: &Communicator) -> Result<(), Error> {
    let few = world.split_some((world.rank() < 2).then_some(9), 0)?;
    assert_eq!(few.is_some(), world.rank() < 2);
    if let Some(few) = few {
        assert_eq!(few.all_reduce(1, |a, b| a + b)?, world.size().min(2));
    }
    world.barrier()
}

pub(super) fn messages_of_one_communicator_are_not_taken_by_another(
    world: &Communicator,
) -> Result<(), Error> {
    let own = world.rank();
    let copy = world.duplicate()?;
    let copy_of_copy = copy.duplicate()?;
    world.send(own, &"world".to_owned())?;
    copy_of_copy.send(own, &"copy of copy".to_owned())?;
    copy.send(own, &"copy".to_owned())?;
    assert_eq!(copy.receive::<String>(ANY)?, "copy");
    assert_eq!(copy_of_copy.receive::<String>(ANY)?, "copy of copy");
    assert_eq!(world.receive::<String>(ANY)?, "world");
    // Calls of both, one after the other on some ranks and the other way round on none.
    for communicator in [world, &copy, &copy_of_copy] {
        assert_eq!(communicator.all_gather(own)?.len(), world.size());
    }
    Ok(())
}

pub(super) fn splits_can_be_split(world: &Communicator) -> Result<(), Error> {
    let rank = world.rank();
    let half = world.split(rank / 4, 0)?;
    let quarter = half.split(half.rank() / 2, 0)?;
    let expected: Vec<usize> = (0..world.size()).filter(|r| r / 2 == rank / 2).collect();
    assert_eq!(quarter.all_gather(rank)?, expected);
    Ok(())
}
