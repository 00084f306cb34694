//! Messages between two ranks.

use crate::base::error::{Error, ErrorKind};
use crate::by_hand::communicator::{ANY, Communicator, wait_all, wait_any};

pub(super) fn messages_arrive_in_order_and_by_their_tags(
    world: &Communicator,
) -> Result<(), Error> {
    let (rank, size) = (world.rank(), world.size());
    for to in 0..size {
        for number in 0..20 {
            world.send((to, number % 2), &(rank, number))?;
        }
    }
    for from in 0..size {
        let odd: Vec<(usize, u32)> = (0..10)
            .map(|_| world.receive((from, 1)))
            .collect::<Result<_, _>>()?;
        assert!(odd.into_iter().eq((0..10).map(|n| (from, 2 * n + 1))));
    }
    let mut next = vec![0; size];
    for _ in 0..10 * size {
        let ((from, number), status) = world.receive_with_status::<(usize, u32)>(ANY)?;
        assert_eq!(
            (status.source(), status.tag(), number),
            (from, 0, next[from])
        );
        next[from] += 2;
    }
    assert_eq!(world.immediate_probe(ANY)?, None);
    Ok(())
}

pub(super) fn long_and_short_messages_of_one_rank_can_be_taken_in_any_order(
    world: &Communicator,
) -> Result<(), Error> {
    let (size, rank) = (world.size(), world.rank());
    let (next, previous) = ((rank + 1) % size, (rank + size - 1) % size);
    world.send((next, 1), &"long ".repeat(30_000))?;
    let many = vec![1.5; 20_000];
    world.send_slice((next, 2), &many)?;
    world.send((next, 3), &())?;
    world.send_slice::<i64>((next, 4), &[])?;
    world.send_slice((next, 5), &[2_u8; 9_000])?;
    assert_eq!(world.receive_slice::<i64>((previous, 4))?, []);
    let mut numbers = vec![0_u8; 10_000];
    assert_eq!(
        world.receive_into((previous, 5), &mut numbers)?.bytes(),
        9_000
    );
    assert_eq!((numbers[8_999], numbers[9_000]), (2, 0));
    world.receive::<()>((previous, 3))?;
    let mut request = world.immediate_receive_slice::<f64>((previous, 2))?;
    while request.test()?.is_none_or(|numbers| numbers != many) {}
    assert_eq!(world.receive::<String>(previous)?.len(), 150_000);
    Ok(())
}

pub(super) fn everybody_may_send_first(world: &Communicator) -> Result<(), Error> {
    let rank = world.rank();
    let partner = (rank ^ 1).min(world.size() - 1);
    let long = vec![rank; 100_000];
    let theirs: Vec<usize> = world.send_receive(partner, &long, partner)?;
    assert_eq!(theirs, vec![partner; 100_000]);
    let theirs = world.send_receive_slice(partner, &long, partner)?;
    assert_eq!(theirs, vec![partner; 100_000]);
    Ok(())
}

pub(super) fn requests_are_served_in_the_order_they_were_made(
    world: &Communicator,
) -> Result<(), Error> {
    let (rank, size) = (world.rank(), world.size());
    let (next, previous) = ((rank + 1) % size, (rank + size - 1) % size);
    let first = world.immediate_receive::<u32>(ANY)?;
    let second = world.immediate_receive::<u32>(previous)?;
    drop(world.immediate_receive::<u32>(previous)?);
    for number in 0..4_u32 {
        world.immediate_send(next, &number)?.wait()?;
    }
    assert_eq!(wait_all([first, second])?, [0, 1]);
    let mut requests = vec![
        world.immediate_receive::<u32>((previous, 9))?,
        world.immediate_receive((previous, 0))?,
    ];
    assert_eq!(wait_any(&mut requests)?, (1, 2));
    assert_eq!(world.receive::<u32>(previous)?, 3);
    // Before this, the one with tag 9 must not have come.
    world.barrier()?;
    world.send((next, 9), &7_u32)?;
    assert_eq!(wait_any(&mut requests)?, (0, 7));
    assert!(wait_any(&mut requests).is_err());
    // A request that is dropped where no message can be received gives its message back as well.
    world.send(rank, &8_u32)?;
    let request = world.immediate_receive::<u32>(rank)?;
    let mut request = Some(request);
    crate::by_hand::ranks::on_master(|| drop(request.take()));
    drop(request);
    assert_eq!(world.receive::<u32>(rank)?, 8);
    Ok(())
}

pub(super) fn a_message_of_another_type_is_an_error_and_stays(
    world: &Communicator,
) -> Result<(), Error> {
    let own = world.rank();
    world.send(own, &5_i32)?;
    world.send_slice(own, &[1.0_f32, 2.0])?;
    let error = world.receive::<u64>(own).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongType);
    let words = error.to_string();
    assert!(
        words.contains("holds a `i32`, but a `u64` is received"),
        "{words}"
    );
    assert!(
        world.receive_slice::<f32>(own).is_err(),
        "the value comes first"
    );
    assert_eq!(world.receive::<i32>(own)?, 5);
    assert!(world.receive_slice::<f64>(own).is_err());
    let error = world.receive_into(own, &mut [0.0_f32]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongLength, "{error}");
    assert_eq!(world.probe(ANY)?.bytes(), 8);
    assert_eq!(world.receive_slice::<f32>(own)?, [1.0, 2.0]);
    Ok(())
}

pub(super) fn there_is_nobody_beyond_the_last_rank(world: &Communicator) -> Result<(), Error> {
    let size = world.size();
    let errors = [
        world.send(size, &1).unwrap_err(),
        world.send_slice((size, 1), &[1]).unwrap_err(),
        world.receive::<u8>(size).unwrap_err(),
        world.immediate_receive::<u8>(size).unwrap_err(),
        world.probe(size).unwrap_err(),
        world.immediate_probe(size).unwrap_err(),
    ];
    for error in errors {
        assert_eq!(error.kind(), ErrorKind::NoSuchRank);
        let numbers = format!("there is no rank {size}: this communicator has {size} rank");
        assert!(error.to_string().contains(&numbers), "{error}");
    }
    world.barrier()
}

pub(super) fn probing_takes_nothing(world: &Communicator) -> Result<(), Error> {
    let last = world.size() - 1;
    world.send((0, 7), &world.rank())?;
    if world.is_master() {
        let status = world.probe((last, 7))?;
        assert_eq!((world.probe(last)?, status.source()), (status, last));
        assert_eq!(world.receive_with_status::<usize>(last)?, (last, status));
        let mut others: Vec<usize> = (0..last)
            .map(|_| world.receive((ANY, 7)))
            .collect::<Result<_, _>>()?;
        others.sort_unstable();
        assert!(others.into_iter().eq(0..last));
    }
    Ok(())
}
