//! One rank's values, one for each.

use super::exchange::{Incoming, Outgoing};
use super::{CollectiveMessage, Together, of};
use crate::base::error::{Error, ErrorKind};
use crate::base::plain::{self, Plain};
use crate::base::wire::Transport;
use crate::by_hand::communicator::Communicator;
use crate::by_hand::communicator::waiting::Calling;

impl Communicator {
    /// Gives each rank one of the root's values: the root passes as many as there are ranks, in
    /// rank order; what the others pass is ignored.
    ///
    /// # Errors
    /// On every rank, when the root passes `None` or doesn't pass one value for each rank, or when
    /// it does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let tasks = world.is_master().then(|| (0..world.size()).map(|i| i * i).collect());
    /// assert_eq!(world.scatter(0, tasks)?, world.rank() * world.rank());
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Scatter")]
    #[doc(alias = "MPI_Scatterv")]
    pub fn scatter<T: Transport>(&self, root: usize, values: Option<Vec<T>>) -> Result<T, Error> {
        let calling = Calling::new("scatter");
        let together = self.enter_rooted(calling, root, of::<T>)?;
        if self.rank() != root {
            return together.receive(root, 0)?.read(&together);
        }
        let mut values = together.checked(values, Vec::len)?;
        for (rank, value) in values.iter().enumerate() {
            if rank != root {
                together.send(rank, 0, CollectiveMessage::value(value));
            }
        }
        Ok(values.swap_remove(root))
    }

    /// Gives each rank its part of the root's plain numbers, which are cut into parts of equal
    /// length.
    ///
    /// # Errors
    /// On every rank, when the root passes `None`, or when the number of ranks does not divide the
    /// number of numbers; when the root does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let numbers: Vec<f64> = (0..2 * world.size()).map(|i| i as f64).collect();
    /// let mine = world.scatter_slice(0, world.is_master().then_some(&numbers[..]))?;
    /// assert_eq!(mine, numbers[2 * world.rank()..][..2]);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Scatter")]
    #[doc(alias = "Scatter")]
    pub fn scatter_slice<N: Plain>(
        &self,
        root: usize,
        numbers: Option<&[N]>,
    ) -> Result<Vec<N>, Error> {
        let calling = Calling::new("scatter_slice");
        let together = self.enter_rooted(calling, root, of::<N>)?;
        if self.rank() != root {
            return together.receive_slice(root, 0);
        }
        let size = self.size();
        let numbers = together.given(numbers)?;
        if !numbers.len().is_multiple_of(size) {
            let words = format!(
                "the root has {} numbers, which can't be divided equally among {size} ranks\n\
                 help: `scatter_slices` takes parts of any lengths",
                numbers.len()
            );
            return Err(together.fail(&together.error(ErrorKind::WrongLength, &words)));
        }
        // No numbers at all are an empty part for each.
        let length = numbers.len() / size;
        let parts: Vec<&[N]> = (0..size)
            .map(|rank| &numbers[rank * length..][..length])
            .collect();
        together.hand_out(&parts)
    }

    /// Gives each rank one of the root's slices of plain numbers, which may have any lengths.
    ///
    /// # Errors
    /// On every rank, when the root passes `None` or doesn't pass one slice for each rank; when the
    /// root does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let parts: Vec<Vec<i32>> = (0..world.size()).map(|rank| vec![7; rank]).collect();
    /// let mine = world.scatter_slices(0, world.is_master().then_some(&parts[..]))?;
    /// assert_eq!(mine, vec![7; world.rank()]);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Scatterv")]
    #[doc(alias = "Scatterv")]
    pub fn scatter_slices<N: Plain>(
        &self,
        root: usize,
        parts: Option<&[impl AsRef<[N]>]>,
    ) -> Result<Vec<N>, Error> {
        let calling = Calling::new("scatter_slices");
        let together = self.enter_rooted(calling, root, of::<N>)?;
        if self.rank() != root {
            return together.receive_slice(root, 0);
        }
        let parts = together.checked(parts, |parts| parts.len())?;
        let parts: Vec<&[N]> = parts.iter().map(AsRef::as_ref).collect();
        together.hand_out(&parts)
    }
}

impl Together<'_> {
    /// What the root must pass.
    fn given<V>(&self, values: Option<V>) -> Result<V, Error> {
        values.ok_or_else(|| {
            let words = format!(
                "the root, rank {}, has nothing to hand out: it must pass `Some`",
                self.rank()
            );
            self.fail(&self.error(ErrorKind::Misuse, &words))
        })
    }

    /// What the root must pass, one for each rank.
    fn checked<V>(&self, values: Option<V>, count: impl Fn(&V) -> usize) -> Result<V, Error> {
        let values = self.given(values)?;
        let given = count(&values);
        if given == self.size() {
            Ok(values)
        } else {
            Err(self.fail(&self.one_for_each(given)))
        }
    }

    /// Tells all other ranks why they get nothing.
    fn fail(&self, error: &Error) -> Error {
        for rank in (0..self.size()).filter(|&rank| rank != self.rank()) {
            self.send(rank, 0, CollectiveMessage::failed(error));
        }
        error.clone()
    }

    /// Sends each rank its numbers, and returns this rank's.
    fn hand_out<N: Plain>(&self, parts: &[&[N]]) -> Result<Vec<N>, Error> {
        let own = self.rank();
        let others = parts.iter().enumerate().filter(|(to, _)| *to != own);
        let outgoing: Vec<_> = others
            .map(|(to, &numbers)| Outgoing { to, numbers })
            .collect();
        self.exchange(0, &outgoing, &mut [])?;
        Ok(parts[own].to_vec())
    }

    /// Numbers of which only the sender knows how many.
    fn receive_slice<N: Plain>(&self, from: usize, step: usize) -> Result<Vec<N>, Error> {
        let bytes = self.announced(from, step)?;
        // A sender that failed tells so in as many bytes; the exchange returns its words.
        let mut numbers = plain::zeros(bytes / size_of::<N>());
        let incoming = Incoming::new(self, from, step, plain::bytes_of_mut(&mut numbers));
        self.exchange::<N>(step, &[], &mut [incoming])?;
        Ok(numbers)
    }
}
