//! Values between neighbours in a grid.
//!
//! Invariant: what a rank sends to its upper neighbour is there the value of the lower one, and the
//! other way round, also where one rank is both.

use super::{CollectiveMessage, Together, of};
use crate::base::error::{Error, ErrorKind};
use crate::base::wire::Transport;
use crate::by_hand::communicator::Cartesian;
use crate::by_hand::communicator::waiting::Calling;

impl Cartesian {
    /// The values of this rank's neighbours, in the order of [`neighbours`](Self::neighbours); all
    /// ranks of the grid call it. One message to each neighbour.
    ///
    /// # Errors
    /// When the message-passing library fails.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let row = world.cartesian(&[0], &[false])?.expect("a cell for every rank");
    /// assert_eq!(row.neighbour_all_gather(&row.rank())?, row.neighbours());
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Neighbor_allgather")]
    #[doc(alias = "MPI_Neighbor_allgatherv")]
    #[doc(alias = "neighbor_allgather")]
    pub fn neighbour_all_gather<T: Transport>(&self, value: &T) -> Result<Vec<Option<T>>, Error> {
        let calling = Calling::new("neighbour_all_gather");
        let together = self.enter(calling, of::<T>)?;
        let message = CollectiveMessage::value(value);
        together.with_neighbours(&self.neighbours(), |_| message.clone())
    }

    /// Sends the n-th of this rank's values to its n-th neighbour, in the order of
    /// [`neighbours`](Self::neighbours), and returns what the neighbours have sent to this one.
    /// Values for missing neighbours are dropped. All ranks of the grid call it.
    ///
    /// # Errors
    /// On a rank that does not pass two values for each dimension, and on its neighbours.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let ring = world.cartesian(&[0], &[true])?.expect("a cell for every rank");
    /// let theirs = ring.neighbour_all_to_all(&["to the left".to_owned(), "to the right".to_owned()])?;
    /// assert_eq!(theirs, [Some("to the right".to_owned()), Some("to the left".to_owned())]);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Neighbor_alltoall")]
    #[doc(alias = "MPI_Neighbor_alltoallv")]
    #[doc(alias = "neighbor_alltoall")]
    pub fn neighbour_all_to_all<T: Transport>(
        &self,
        values: &[T],
    ) -> Result<Vec<Option<T>>, Error> {
        let calling = Calling::new("neighbour_all_to_all");
        let together = self.enter(calling, of::<T>)?;
        let neighbours = self.neighbours();
        if values.len() == neighbours.len() {
            return together.with_neighbours(&neighbours, |n| CollectiveMessage::value(&values[n]));
        }
        let (rank, given, wanted) = (self.rank(), values.len(), neighbours.len());
        let words = format!(
            "rank {rank} passes {given} values, but the grid has room for {wanted} neighbours\n\
             help: pass two values for each dimension, also where there is no neighbour"
        );
        let error = together.error(ErrorKind::WrongLength, &words);
        let failed = CollectiveMessage::failed(&error);
        // The neighbours' values are taken all the same.
        drop(together.with_neighbours::<T>(&neighbours, |_| failed.clone()));
        Err(error)
    }
}

impl Together<'_> {
    /// Sends a message to each neighbour, and reads the one of each.
    fn with_neighbours<T: Transport>(
        &self,
        neighbours: &[Option<usize>],
        message: impl Fn(usize) -> CollectiveMessage,
    ) -> Result<Vec<Option<T>>, Error> {
        for (index, neighbour) in neighbours.iter().enumerate() {
            if let Some(rank) = *neighbour {
                // The receiver has this rank on the other side of the same dimension.
                self.send(rank, index ^ 1, message(index));
            }
        }
        // All messages are taken, whatever is in them: the next call starts afresh.
        let received = neighbours.iter().enumerate().map(|(index, neighbour)| {
            let message = neighbour.map(|rank| self.receive(rank, index));
            message.transpose()
        });
        let received: Vec<Option<CollectiveMessage>> = received.collect::<Result<_, _>>()?;
        let values = received.into_iter();
        values
            .map(|message| message.map(|message| message.read(self)).transpose())
            .collect()
    }
}
