//! Grids of all shapes: against brute force, and by what must hold for each of their ranks.

use proptest::prelude::*;

use super::*;

fn grids() -> impl Strategy<Value = Grid> {
    prop::collection::vec((1..6_usize, any::<bool>()), 0..5).prop_map(|dimensions| {
        let (dims, periods) = dimensions.into_iter().unzip();
        Grid::new(dims, periods)
    })
}

fn signed(coords: &[usize]) -> Vec<isize> {
    coords.iter().map(|&coord| coord.cast_signed()).collect()
}

proptest! {
    #[test]
    fn every_rank_has_a_cell_of_its_own(grid in grids()) {
        let mut before: Option<Vec<usize>> = None;
        for rank in 0..grid.size() {
            let coords = grid.coords(rank);
            prop_assert_eq!(grid.rank(&signed(&coords)), Some(rank));
            prop_assert!(coords.iter().zip(grid.dims()).all(|(coord, extent)| coord < extent));
            // Row by row is the order of the lists.
            prop_assert!(before.is_none_or(|before| before < coords));
            before = Some(coords);
        }
    }

    #[test]
    fn a_shift_is_a_step_of_one_coordinate(
        grid in grids(), rank: prop::sample::Index, by in -12..12_isize,
    ) {
        let rank = rank.index(grid.size());
        for dimension in 0..grid.dims().len() {
            let there = |by: isize| {
                let mut coords = signed(&grid.coords(rank));
                coords[dimension] += by;
                grid.rank(&coords)
            };
            let shift = grid.shift(rank, dimension, by);
            prop_assert_eq!(shift, Shift { source: there(-by), destination: there(by) });
        }
    }

    #[test]
    fn who_sends_to_me_is_whom_i_receive_from(
        grid in grids(), rank: prop::sample::Index, by: isize, near in -9..9_isize,
    ) {
        let rank = rank.index(grid.size());
        for (dimension, by) in (0..grid.dims().len()).flat_map(|d| [(d, by), (d, near)]) {
            let shift = grid.shift(rank, dimension, by);
            let from = |other| grid.shift(other, dimension, by);
            prop_assert!(shift.source.is_none_or(|other| from(other).destination == Some(rank)));
            prop_assert!(shift.destination.is_none_or(|other| from(other).source == Some(rank)));
            let periodic = grid.periods()[dimension];
            prop_assert!(!periodic || shift.source.and(shift.destination).is_some());
        }
    }

    #[test]
    fn beyond_a_periodic_end_it_goes_on(
        extent in 1..9_usize, coord: isize,
    ) {
        let ring = Grid::new(vec![extent], vec![true]);
        let wrapped = coord.rem_euclid(extent.cast_signed()).unsigned_abs();
        prop_assert_eq!(ring.rank(&[coord]), Some(wrapped));
        let line = Grid::new(vec![extent], vec![false]);
        let cell = usize::try_from(coord).ok().filter(|&cell| cell < extent);
        prop_assert_eq!(line.rank(&[coord]), cell);
    }

    #[test]
    fn given_dims_stay_and_the_others_fill_up(
        wanted in prop::collection::vec(0..4_usize, 0..5), size in 1..500_usize,
    ) {
        let given: usize = wanted.iter().filter(|&&extent| extent > 0).product();
        let open = wanted.contains(&0);
        match dims(size, &wanted) {
            Ok(dims) => {
                let kept = |(&wanted, &extent): (&usize, &usize)| wanted == 0 || wanted == extent;
                prop_assert_eq!(dims.len(), wanted.len());
                prop_assert!(wanted.iter().zip(&dims).all(kept));
                let cells: usize = dims.iter().product();
                prop_assert!(cells == size || !open && cells < size);
            }
            Err(words) => {
                prop_assert!(given > size || open && !size.is_multiple_of(given));
                prop_assert!(words.contains("\nhelp: "), "{}", words);
            }
        }
    }
}

#[test]
fn extreme_shifts() {
    let grid = Grid::new(vec![3, 2], vec![true, false]);
    for by in [isize::MIN, isize::MIN + 1, isize::MAX] {
        assert!(grid.shift(3, 0, by).source.is_some());
        assert_eq!(
            (
                grid.shift(3, 1, by).source,
                grid.shift(3, 1, by).destination
            ),
            (None, None)
        );
    }
}

#[test]
fn neighbours_of_small_grids() {
    let point = Grid::new(vec![], vec![]);
    assert_eq!(
        (point.size(), point.coords(0), point.neighbours(0)),
        (1, vec![], vec![])
    );
    assert_eq!(point.rank(&[]), Some(0));

    let alone = Grid::new(vec![1, 1], vec![true, false]);
    assert_eq!(alone.neighbours(0), [Some(0), Some(0), None, None]);

    let two = Grid::new(vec![2], vec![true]);
    assert_eq!(two.neighbours(0), [Some(1), Some(1)]);

    let grid = Grid::new(vec![3, 4], vec![false, true]);
    assert_eq!(grid.coords(7), [1, 3]);
    assert_eq!(grid.neighbours(7), [Some(3), Some(11), Some(6), Some(4)]);
    assert_eq!(grid.neighbours(0), [None, Some(4), Some(3), Some(1)]);
}

#[test]
fn chosen_dims_are_the_nearest_to_each_other() {
    for size in 1..=200 {
        for count in 1..=4 {
            let chosen = dims(size, &vec![0; count]).unwrap();
            assert!(chosen.is_sorted_by(|a, b| a >= b), "{size}: {chosen:?}");
            let nearest = all(size, count).into_iter().map(|dims| spread(&dims)).min();
            assert_eq!(Some(spread(&chosen)), nearest, "{size}: {chosen:?}");
        }
    }
}

#[test]
fn known_dims() {
    for (size, wanted, expected) in [
        (1, vec![0, 0], vec![1, 1]),
        (6, vec![0, 0], vec![3, 2]),
        (7, vec![0, 0], vec![7, 1]),
        (7, vec![0, 0, 0], vec![7, 1, 1]),
        (12, vec![0, 0, 0], vec![3, 2, 2]),
        (16, vec![0, 0, 0], vec![4, 2, 2]),
        (72, vec![0, 0, 0], vec![6, 4, 3]),
        (6, vec![0, 3, 0], vec![2, 3, 1]),
        (6, vec![], vec![]),
        (5, vec![2, 2], vec![2, 2]),
        (65_536, vec![0; 40], [vec![2; 16], vec![1; 24]].concat()),
        (720_720, vec![0; 4], vec![33, 30, 28, 26]),
    ] {
        assert_eq!(dims(size, &wanted), Ok(expected), "{size} as {wanted:?}");
    }
}

#[test]
fn dims_that_do_not_fit_are_named() {
    let words = dims(8, &[3, 0]).unwrap_err();
    assert!(
        words.contains("[3, 0]") && words.contains("divided by 3"),
        "{words}"
    );
    let words = dims(8, &[3, 3]).unwrap_err();
    assert!(
        words.contains("9 cells") && words.contains("8 ranks"),
        "{words}"
    );
    assert!(dims(8, &[usize::MAX, usize::MAX, 0]).is_err());
}

fn spread(dims: &[usize]) -> usize {
    dims.iter().max().unwrap() - dims.iter().min().unwrap()
}

/// All lists of numbers with this product.
fn all(size: usize, count: usize) -> Vec<Vec<usize>> {
    if count == 1 {
        return vec![vec![size]];
    }
    let divisors = (1..=size).filter(|&first| size.is_multiple_of(first));
    let lists = divisors.flat_map(|first| {
        let rests = all(size / first, count - 1).into_iter();
        rests.map(move |rest| [vec![first], rest].concat())
    });
    lists.collect()
}
