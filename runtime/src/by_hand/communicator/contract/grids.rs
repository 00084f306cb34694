//! Ranks in grids, against cells that are counted one by one.

use crate::base::error::{Error, ErrorKind};
use crate::by_hand::communicator::{ANY, Cartesian, Communicator};
use crate::by_hand::topology::Shift;

/// All cells of a grid, in the order of their ranks.
fn cells(dims: &[usize]) -> Vec<Vec<usize>> {
    let Some((last, others)) = dims.split_last() else {
        return vec![vec![]];
    };
    let rows = cells(others).into_iter();
    rows.flat_map(|row| (0..*last).map(move |cell| [row.clone(), vec![cell]].concat()))
        .collect()
}

/// The ranks next to a rank: a step against and a step along each dimension.
fn next_to(grid: &Cartesian, rank: usize) -> Vec<Option<usize>> {
    let cells = cells(grid.dims());
    let sides = (0..grid.dims().len()).flat_map(|dimension| [(dimension, -1), (dimension, 1)]);
    let beside = sides.map(|(dimension, step): (usize, isize)| {
        let mut cell = cells[rank].clone();
        let extent = grid.dims()[dimension];
        let to = cell[dimension].checked_add_signed(step);
        cell[dimension] = match to.filter(|&to| to < extent) {
            Some(to) => to,
            None if grid.periods()[dimension] && step > 0 => 0,
            None if grid.periods()[dimension] => extent - 1,
            None => return None,
        };
        cells.iter().position(|other| *other == cell)
    });
    beside.collect()
}

/// Grids of all kinds, as far as there are ranks for them; some leave ranks over.
fn on_grids(
    world: &Communicator,
    check: impl Fn(&Cartesian) -> Result<(), Error>,
) -> Result<(), Error> {
    for (dims, periods) in [
        (&[][..], &[][..]),
        (&[0], &[false]),
        (&[0], &[true]),
        (&[0, 0], &[false, true]),
        (&[0, 1], &[true, true]),
        (&[1, 0], &[false, false]),
        (&[0, 0, 0], &[true, false, true]),
        (&[2], &[true]),
        (&[2, 1], &[true, false]),
        (&[2, 3], &[true, true]),
    ] {
        let fits = dims.iter().product::<usize>() <= world.size();
        let grid = fits.then(|| world.cartesian(dims, periods)).transpose()?;
        if let Some(grid) = grid.flatten() {
            assert_eq!(grid.periods(), periods);
            check(&grid)?;
        }
    }
    world.barrier()
}

pub(super) fn every_rank_has_its_cell(world: &Communicator) -> Result<(), Error> {
    on_grids(world, |grid| {
        let cells = cells(grid.dims());
        assert_eq!(grid.all_gather(grid.coords())?, cells);
        assert_eq!(grid.neighbours(), next_to(grid, grid.rank()));
        for (rank, cell) in cells.iter().enumerate() {
            assert_eq!(grid.coords_of(rank), *cell);
            let coords: Vec<isize> = cell.iter().map(|coord| coord.cast_signed()).collect();
            assert_eq!(grid.rank_of(&coords), Some(rank));
        }
        for dimension in 0..grid.dims().len() {
            let beside = &grid.neighbours()[2 * dimension..][..2];
            let expected = Shift {
                source: beside[0],
                destination: beside[1],
            };
            assert_eq!(grid.shift(dimension, 1), expected);
        }
        Ok(())
    })
}

pub(super) fn neighbours_get_what_is_sent_their_way(world: &Communicator) -> Result<(), Error> {
    on_grids(world, |grid| {
        // Long ones and short ones.
        let value = |rank: usize, side: usize| {
            let length = if rank % 3 == 2 { 10_000 } else { 0 };
            (rank, side, "long ".repeat(length))
        };
        let beside = next_to(grid, grid.rank());
        // Whoever is a call ahead confuses nobody.
        for _ in 0..3 {
            let sides = 0..beside.len();
            let mine: Vec<_> = sides.map(|side| value(grid.rank(), side)).collect();
            let theirs = beside.iter().enumerate();
            // Their way to here is the other side of the same dimension.
            let theirs: Vec<_> = theirs
                .map(|(side, rank)| rank.map(|rank| value(rank, side ^ 1)))
                .collect();
            assert_eq!(grid.neighbour_all_to_all(&mine)?, theirs);
            assert_eq!(grid.neighbour_all_gather(&grid.rank())?, beside);
        }
        Ok(())
    })
}

pub(super) fn a_grid_is_a_communicator_of_its_own(world: &Communicator) -> Result<(), Error> {
    on_grids(world, |grid| {
        let (rank, size) = (grid.rank(), grid.size());
        world.send(rank, &"of the world".to_owned())?;
        grid.send((rank + 1) % size, &rank)?;
        assert_eq!(grid.neighbour_all_gather(&rank)?, grid.neighbours());
        assert_eq!(grid.receive::<usize>(ANY)?, (rank + size - 1) % size);
        assert_eq!(world.receive::<String>(rank)?, "of the world");
        assert_eq!(grid.all_reduce(1, |a, b| a + b)?, size);
        Ok(())
    })
}

pub(super) fn a_shift_moves_values_along(world: &Communicator) -> Result<(), Error> {
    let grid = world.cartesian(&[0, 0], &[true, false])?;
    let grid = grid.expect("no rank is left over");
    for (dimension, by) in [(0, 1), (0, 3), (0, -2), (1, 1), (1, -2), (1, 3), (1, 4)] {
        let shift = grid.shift(dimension, by);
        if let Some(to) = shift.destination {
            grid.send(to, &grid.coords())?;
        }
        if let Some(from) = shift.source {
            let mut coords: Vec<usize> = grid.receive(from)?;
            let extent = grid.dims()[dimension].cast_signed();
            let moved = (coords[dimension].cast_signed() + by).rem_euclid(extent);
            coords[dimension] = moved.unsigned_abs();
            assert_eq!(coords, grid.coords());
        }
    }
    Ok(())
}

pub(super) fn ranks_that_are_left_over_have_no_cell(world: &Communicator) -> Result<(), Error> {
    let (rank, cells) = (world.rank(), world.size().div_ceil(2));
    let grid = world.cartesian(&[cells, 1], &[false, true])?;
    let cell = grid.map(|grid| (grid.rank(), grid.size()));
    assert_eq!(cell, (rank < cells).then_some((rank, cells)));
    Ok(())
}

pub(super) fn grids_that_can_not_be_had_are_errors_on_all(
    world: &Communicator,
) -> Result<(), Error> {
    let size = world.size();
    let refused = |dims: &[usize], periods: &[bool], kind: ErrorKind, words: &str| {
        let error = world.cartesian(dims, periods).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        let text = error.to_string();
        assert!(text.contains(words) && text.contains("\nhelp: "), "{error}");
    };
    let (wrong, misuse) = (ErrorKind::WrongLength, ErrorKind::Misuse);
    let too_large = format!("there are {size} ranks");
    refused(&[size, 2], &[true, true], misuse, &too_large);
    refused(&[usize::MAX, 2, 0], &[true; 3], misuse, &too_large);
    refused(&[0, 0], &[true], wrong, "2 dimensions, but 1 periods");
    refused(&[], &[true], wrong, "0 dimensions, but 1 periods");
    if size > 2 && !size.is_multiple_of(2) {
        refused(&[2, 0], &[true; 2], misuse, "can't be divided by 2");
    }
    world.barrier()
}

pub(super) fn who_passes_too_few_values_and_its_neighbours_return_the_error(
    world: &Communicator,
) -> Result<(), Error> {
    let row = world.cartesian(&[0], &[false])?;
    let row = row.expect("no rank is left over");
    let (rank, wrong) = (row.rank(), row.size() - 1);
    let count = if rank == wrong { 1 } else { 2 };
    let result = row.neighbour_all_to_all(&vec![rank; count]);
    if rank + 1 >= wrong {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WrongLength, "{error}");
        let words = format!("rank {wrong} passes 1 values");
        assert!(error.to_string().contains(&words), "{error}");
    } else {
        assert_eq!(result?, row.neighbours());
    }
    // And nothing of it is left over.
    assert_eq!(row.neighbour_all_gather(&rank)?, row.neighbours());
    Ok(())
}
