//! Ranks that stand in a grid, each next to some others.
//!
//! Invariant: a cell's rank in the grid's communicator is its number in the grid, row by row.

use std::ops::Deref;

use super::Communicator;
use super::collectives::Together;
use super::waiting::Calling;
use crate::base::error::{Error, ErrorKind};
use crate::by_hand::topology::{Grid, Shift, dims};
use crate::protocol::message::Details;

/// The ranks of a [`Communicator`] as the cells of a grid: made by [`Communicator::cartesian`].
///
/// It is a communicator of its own, with all the calls of one. Its ranks are numbered row by row, the
/// last dimension fastest.
///
/// ```
/// # fn main() -> Result<(), parallel_for::Error> {
/// let world = parallel_for::world();
/// // Rings, as many and as long as makes them most alike: a torus.
/// let torus = world.cartesian(&[0, 0], &[true, true])?.expect("a cell for every rank");
/// let right = torus.shift(1, 1);
/// let (to, from) = (right.destination.unwrap(), right.source.unwrap());
/// let theirs: Vec<usize> = torus.send_receive(to, &torus.coords(), from)?;
/// assert_eq!(theirs[0], torus.coords()[0]); // In the same row.
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[doc(alias = "Cartcomm")]
#[doc(alias = "MPI_Topo_test")]
pub struct Cartesian {
    communicator: Communicator,
    grid: Grid,
}

impl Communicator {
    /// Makes a grid of `dims[d]` cells along each dimension `d`, one for each of the first ranks:
    /// `None` on the ranks that are left over.
    ///
    /// Numbers that are 0 are chosen, as near to each other as the number of ranks allows, the larger
    /// ones first; then no rank is left over. Where `periods[d]` is true, the two ends of a dimension
    /// meet, so that every cell has neighbours on both sides. All ranks pass the same.
    ///
    /// # Errors
    /// On every rank, when `dims` and `periods` differ in length, when there are fewer ranks than cells,
    /// and when the ranks can't be divided by the numbers that are not 0.
    ///
    /// # Panics
    /// When the ranks pass different grids, as for ranks in different calls.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let row = world.cartesian(&[0], &[false])?.expect("a cell for every rank");
    /// assert_eq!(row.dims(), [world.size()]);
    /// assert_eq!(row.neighbours()[0], world.rank().checked_sub(1));
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Cart_create")]
    #[doc(alias = "MPI_Dims_create")]
    #[doc(alias = "Create_cart")]
    #[doc(alias = "Compute_dims")]
    pub fn cartesian(&self, dims: &[usize], periods: &[bool]) -> Result<Option<Cartesian>, Error> {
        let calling = Calling::new("cartesian");
        let together = self.enter(calling, || {
            Details::Words(format!("{dims:?} cells with periods {periods:?}").into())
        })?;
        let grid = self.grid(&together, dims, periods)?;
        let mine = (self.rank() < grid.size()).then_some(0);
        let made = self.regroup(&together, mine, 0)?;
        Ok(made.map(|communicator| Cartesian { communicator, grid }))
    }

    /// The grid that all ranks ask for.
    fn grid(
        &self,
        together: &Together<'_>,
        wanted: &[usize],
        periods: &[bool],
    ) -> Result<Grid, Error> {
        if wanted.len() != periods.len() {
            let words = format!(
                "{} dimensions, but {} periods\n\
                 help: pass for each dimension whether its ends meet",
                wanted.len(),
                periods.len()
            );
            return Err(together.error(ErrorKind::WrongLength, &words));
        }
        let dims =
            dims(self.size(), wanted).map_err(|words| together.error(ErrorKind::Misuse, &words))?;
        Ok(Grid::new(dims, periods.to_vec()))
    }
}

impl Cartesian {
    /// How many cells there are along each dimension.
    #[must_use]
    #[doc(alias = "MPI_Cart_get")]
    pub fn dims(&self) -> &[usize] {
        self.grid.dims()
    }

    /// Whether the ends of each dimension meet.
    #[must_use]
    #[doc(alias = "MPI_Cart_get")]
    pub fn periods(&self) -> &[bool] {
        self.grid.periods()
    }

    /// The coordinates of this rank: for each dimension, the index of its cell.
    #[must_use]
    #[doc(alias = "MPI_Cart_get")]
    pub fn coords(&self) -> Vec<usize> {
        self.grid.coords(self.rank())
    }

    /// The coordinates of a rank of the grid.
    ///
    /// # Panics
    /// When there is no such rank.
    #[must_use]
    #[doc(alias = "MPI_Cart_coords")]
    #[doc(alias = "Get_coords")]
    pub fn coords_of(&self, rank: usize) -> Vec<usize> {
        let size = self.size();
        assert!(
            rank < size,
            "there is no rank {rank}: the grid has {size}, numbered from 0"
        );
        self.grid.coords(rank)
    }

    /// The rank at these coordinates. Beyond the end of a periodic dimension they continue at its
    /// other end; beyond the end of any other dimension it is `None`.
    ///
    /// # Panics
    /// When there is not one coordinate for each dimension.
    #[must_use]
    #[doc(alias = "MPI_Cart_rank")]
    #[doc(alias = "Get_cart_rank")]
    pub fn rank_of(&self, coords: &[isize]) -> Option<usize> {
        let (given, count) = (coords.len(), self.dims().len());
        assert!(
            given == count,
            "{given} coordinates, but the grid has {count} dimensions"
        );
        self.grid.rank(coords)
    }

    /// The source and the destination of this rank when every rank passes its value to the rank
    /// `by` cells further along a dimension.
    ///
    /// # Panics
    /// When there is no such dimension.
    #[must_use]
    #[doc(alias = "MPI_Cart_shift")]
    pub fn shift(&self, dimension: usize, by: isize) -> Shift {
        let count = self.dims().len();
        assert!(
            dimension < count,
            "there is no dimension {dimension}: the grid has {count}, numbered from 0"
        );
        self.grid.shift(self.rank(), dimension, by)
    }

    /// The ranks next to this one: the lower and then the upper one of each dimension, `None`
    /// beyond the edge of the grid.
    ///
    /// In a periodic dimension of one or two cells both are the same rank.
    #[must_use]
    #[doc(alias = "MPI_Topo_neighbors")]
    pub fn neighbours(&self) -> Vec<Option<usize>> {
        self.grid.neighbours(self.rank())
    }
}

impl Deref for Cartesian {
    type Target = Communicator;

    fn deref(&self) -> &Communicator {
        &self.communicator
    }
}

#[cfg(test)]
mod tests {
    use super::Cartesian;
    use crate::by_hand::communicator::world;

    /// On one rank: no other would hear of a panic here.
    fn row() -> Cartesian {
        let row = world().cartesian(&[0], &[false]);
        row.expect("no error").expect("a cell for every rank")
    }

    #[test]
    #[should_panic(expected = "there is no dimension 1: the grid has 1")]
    fn there_is_no_shift_along_a_dimension_that_is_not_there() {
        let _ = row().shift(1, 1);
    }

    #[test]
    #[should_panic(expected = "there is no rank 1: the grid has 1")]
    fn ranks_beyond_the_grid_have_no_coordinates() {
        let _ = row().coords_of(1);
    }

    #[test]
    #[should_panic(expected = "2 coordinates, but the grid has 1 dimensions")]
    fn there_is_one_coordinate_for_each_dimension() {
        let _ = row().rank_of(&[0, 0]);
    }
}
