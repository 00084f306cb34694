//! Collective calls of plain numbers.

use crate::base::error::{Error, ErrorKind};
use crate::by_hand::communicator::Communicator;

/// Rank r's numbers: r, r + 0.25, ..; none, few or many.
fn numbers(rank: usize, length: usize) -> Vec<f64> {
    let rank = u32::try_from(rank).expect("few ranks");
    let first = f64::from(rank);
    (0..length)
        .scan(first, |next, _| Some(std::mem::replace(next, *next + 0.25)))
        .collect()
}

/// Lengths that travel in different ways; some ranks have none.
fn lengths(world: &Communicator) -> [Vec<usize>; 4] {
    let of = |length: fn(usize) -> usize| (0..world.size()).map(length).collect();
    [
        of(|_| 0),
        of(|_| 3),
        of(|rank| rank % 3 * 7),
        of(|rank| (rank + 1) % 3 * 5_000),
    ]
}

pub(super) fn slices_of_any_lengths_are_gathered_and_scattered(
    world: &Communicator,
) -> Result<(), Error> {
    let (rank, size) = (world.rank(), world.size());
    for lengths in lengths(world) {
        let parts: Vec<Vec<f64>> = (0..size).map(|r| numbers(r, lengths[r])).collect();
        let mine = &parts[rank];
        for root in 0..size {
            let all = world.gather_slice(root, mine)?;
            assert_eq!(all.is_some(), rank == root);
            if let Some(all) = all {
                assert!(all.iter().eq(parts.iter().map(|part| &part[..])));
            }
            let scattered = world.scatter_slices(root, (rank == root).then_some(&parts[..]))?;
            assert_eq!(scattered, *mine);
            let mut all = vec![
                0.0;
                if rank == root {
                    parts.concat().len()
                } else {
                    1
                }
            ];
            world.gather_into(root, mine, &mut all)?;
            assert_eq!(
                all,
                if rank == root {
                    parts.concat()
                } else {
                    vec![0.0]
                }
            );
        }
        assert_eq!(world.all_gather_slice(mine)?.into_flat(), parts.concat());
        let mut all = vec![0.0; parts.concat().len()];
        world.all_gather_into(mine, &mut all)?;
        assert_eq!(all, parts.concat());
        let mine: Vec<Vec<f64>> = (0..size)
            .map(|to| numbers(rank + to, lengths[to]))
            .collect();
        let theirs = world.all_to_all_slices(&mine)?;
        assert_eq!(theirs.len(), size);
        for (from, slice) in theirs.iter().enumerate() {
            assert_eq!(slice, numbers(from + rank, lengths[rank]));
        }
    }
    Ok(())
}

pub(super) fn equal_parts_are_scattered_and_swapped(world: &Communicator) -> Result<(), Error> {
    let (rank, size) = (world.rank(), world.size());
    for length in [0, 1, 3_000] {
        let all = numbers(7, length * size);
        for root in 0..size {
            let mine = world.scatter_slice(root, (rank == root).then_some(&all[..]))?;
            assert_eq!(mine, all[rank * length..][..length]);
            let mut copy = if rank == root {
                all.clone()
            } else {
                vec![0.0; all.len()]
            };
            world.broadcast_slice(root, &mut copy)?;
            assert_eq!(copy, all);
        }
        let mine: Vec<f64> = (0..size)
            .flat_map(|to| numbers(10 * rank + to, length))
            .collect();
        let theirs: Vec<f64> = (0..size)
            .flat_map(|from| numbers(10 * from + rank, length))
            .collect();
        assert_eq!(world.all_to_all_slice(&mine)?, theirs);
    }
    Ok(())
}

pub(super) fn slices_are_folded_in_rank_order(world: &Communicator) -> Result<(), Error> {
    // Neither commutative nor associative.
    let operation = |a: f64, b: f64| 0.7 * a - b;
    let (rank, size) = (world.rank(), world.size());
    for length in [0, 1, 5, 1_025, 20_000] {
        let fold = |ranks: std::ops::RangeInclusive<usize>| -> Vec<f64> {
            let one = |i| {
                ranks
                    .clone()
                    .map(|r| numbers(r, length)[i])
                    .reduce(operation)
            };
            (0..length.min(50)).map(|i| one(i).unwrap()).collect()
        };
        let front = |numbers: &[f64]| numbers[..length.min(50)].to_vec();
        let mine = numbers(rank, length);
        for root in [0, size - 1] {
            let folded = world.reduce_slice(root, &mine, operation)?;
            assert_eq!(folded.is_some(), rank == root);
            if let Some(folded) = folded {
                assert_eq!((folded.len(), front(&folded)), (length, fold(0..=size - 1)));
            }
        }
        let folded = world.all_reduce_slice(&mine, operation)?;
        assert_eq!((folded.len(), front(&folded)), (length, fold(0..=size - 1)));
        assert_eq!(front(&world.scan_slice(&mine, operation)?), fold(0..=rank));
        let before = world.exclusive_scan_slice(&mine, operation)?;
        assert_eq!(before.is_some(), rank > 0);
        if let Some(before) = before {
            assert_eq!(front(&before), fold(0..=rank - 1));
        }
    }
    Ok(())
}

pub(super) fn wrong_lengths_are_errors_and_leave_nothing_behind(
    world: &Communicator,
) -> Result<(), Error> {
    fn wrong<T: std::fmt::Debug>(result: Result<T, Error>) {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WrongLength, "{error}");
    }
    let (rank, size) = (world.rank(), world.size());
    let root = size - 1;
    let mine = numbers(rank, 3_000);
    if size > 1 {
        wrong(world.scatter_slice(root, Some(&vec![1.0; size + 1][..])));
        wrong(world.all_to_all_slice(&vec![1.0; size + 1]));
    }
    wrong(world.scatter_slices(root, Some(&vec![vec![1.0]; size + 1][..])));
    wrong(world.all_to_all_slices(&vec![vec![1.0]; size + 1]));
    wrong(world.all_to_all_into(&vec![1.0; size], &mut []));
    let few = usize::from(rank == root);
    wrong(world.all_gather_into(&mine, &mut vec![0.0; 3_000 * size - few]));
    let result = world.gather_into(root, &mine, &mut vec![0.0; 3_000 * size + 1]);
    if rank == root {
        wrong(result);
    } else {
        result?;
    }
    assert_eq!(
        world.all_gather_slice(&[rank])?.flat(),
        (0..size).collect::<Vec<_>>()
    );
    Ok(())
}
