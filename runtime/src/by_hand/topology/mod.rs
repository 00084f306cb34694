//! Ranks as the cells of a grid: who stands where, and who is next to whom. Pure.
//!
//! Invariant: ranks are numbered row by row, the last dimension fastest, as in MPI; a grid of n
//! cells has the ranks `0..n`, each in one cell.

mod dims;

#[cfg(test)]
mod tests;

pub(crate) use dims::dims;

/// The source and the destination of a rank when all ranks of a grid pass a value along a
/// dimension; `None` beyond the edge of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shift {
    /// The rank that this rank receives from.
    pub source: Option<usize>,
    /// The rank that this rank sends to.
    pub destination: Option<usize>,
}

/// See the module. Without dimensions it is a single cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    dims: Vec<usize>,
    periods: Vec<bool>,
}

impl Grid {
    /// A grid of `dims[d]` cells along dimension `d`, whose ends meet where `periods[d]` says so.
    pub(crate) fn new(dims: Vec<usize>, periods: Vec<bool>) -> Self {
        assert_eq!(dims.len(), periods.len(), "one period per dimension");
        assert!(!dims.contains(&0), "every rank has a cell");
        Self { dims, periods }
    }

    pub(crate) fn dims(&self) -> &[usize] {
        &self.dims
    }

    pub(crate) fn periods(&self) -> &[bool] {
        &self.periods
    }

    /// How many cells there are.
    pub(crate) fn size(&self) -> usize {
        self.dims.iter().product()
    }

    /// Where a rank of the grid stands.
    pub(crate) fn coords(&self, rank: usize) -> Vec<usize> {
        let mut rest = rank;
        let mut coords = self.dims.clone();
        for coord in coords.iter_mut().rev() {
            (rest, *coord) = (rest / *coord, rest % *coord);
        }
        coords
    }

    /// Who stands there: beyond the end of a periodic dimension it goes on at the other end,
    /// beyond that of another there is nobody.
    pub(crate) fn rank(&self, coords: &[isize]) -> Option<usize> {
        assert_eq!(
            coords.len(),
            self.dims.len(),
            "one coordinate per dimension"
        );
        let mut rank = 0;
        for (dimension, &coord) in coords.iter().enumerate() {
            rank = rank * self.dims[dimension] + self.cell(dimension, coord as i128)?;
        }
        Some(rank)
    }

    /// The ranks that are `by` cells away along a dimension: against it and along it.
    pub(crate) fn shift(&self, rank: usize, dimension: usize, by: isize) -> Shift {
        let coord = self.coords(rank)[dimension];
        let stride: usize = self.dims[dimension + 1..].iter().product();
        let first = rank - coord * stride;
        // No sum or difference of two words is too large for this type.
        let (coord, by) = (coord as i128, by as i128);
        let at = |position| Some(first + self.cell(dimension, position)? * stride);
        Shift {
            source: at(coord - by),
            destination: at(coord + by),
        }
    }

    /// The cells next to a rank's: the lower and the upper one of each dimension.
    pub(crate) fn neighbours(&self, rank: usize) -> Vec<Option<usize>> {
        let shifts = (0..self.dims.len()).map(|dimension| self.shift(rank, dimension, 1));
        shifts
            .flat_map(|shift| [shift.source, shift.destination])
            .collect()
    }

    /// The cell at a position of a dimension that may lie beyond its ends.
    fn cell(&self, dimension: usize, position: i128) -> Option<usize> {
        let extent = self.dims[dimension];
        let position = if self.periods[dimension] {
            position.rem_euclid(extent as i128)
        } else {
            position
        };
        usize::try_from(position).ok().filter(|&cell| cell < extent)
    }
}
