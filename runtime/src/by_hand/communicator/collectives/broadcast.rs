//! One rank's value for all.

use super::exchange::{Incoming, Outgoing};
use super::{CollectiveMessage, Together, counted, of};
use crate::base::error::{Error, ErrorKind};
use crate::base::plain::{self, Plain};
use crate::base::wire::Transport;
use crate::by_hand::communicator::Communicator;
use crate::by_hand::communicator::waiting::Calling;
use crate::transport::collectives::{children, parent};

impl Communicator {
    /// Gives every rank the root's value: the root passes `Some`, what the others pass is ignored.
    ///
    /// The value travels along a binomial tree, so that it reaches n ranks in log₂ n steps.
    ///
    /// # Errors
    /// On every rank, when the root passes `None` or does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let root = world.size() - 1;
    /// let seed = (world.rank() == root).then_some(42);
    /// assert_eq!(world.broadcast(root, seed)?, 42);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Bcast")]
    #[doc(alias = "bcast")]
    pub fn broadcast<T: Transport>(&self, root: usize, value: Option<T>) -> Result<T, Error> {
        let calling = Calling::new("broadcast");
        let together = self.enter_rooted(calling, root, of::<T>)?;
        let value = value.filter(|_| self.rank() == root);
        let message = match &value {
            _ if self.rank() != root => None,
            Some(_) if self.size() == 1 => None,
            Some(value) => Some(CollectiveMessage::value(value)),
            None => Some(CollectiveMessage::failed(&together.error(
                ErrorKind::Misuse,
                &format!("the root, rank {root}, has no value to give away: it must pass `Some`"),
            ))),
        };
        match (value, message) {
            (Some(value), None) => Ok(value),
            (value, message) => {
                let message = together.spread(root, 0, message)?;
                value.map_or_else(|| message.read(&together), Ok)
            }
        }
    }

    /// Overwrites every rank's numbers with those of the root, of which there are as many.
    ///
    /// # Errors
    /// When the root does not exist.
    ///
    /// # Panics
    /// When the ranks pass slices of different lengths, as for ranks in different calls.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let mut numbers = if world.is_master() { [1.0, 2.0] } else { [0.0; 2] };
    /// world.broadcast_slice(0, &mut numbers)?;
    /// assert_eq!(numbers, [1.0, 2.0]);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Bcast")]
    #[doc(alias = "Bcast")]
    pub fn broadcast_slice<N: Plain>(&self, root: usize, numbers: &mut [N]) -> Result<(), Error> {
        let calling = Calling::new("broadcast_slice");
        let length = numbers.len();
        let together = self.enter_rooted(calling, root, || counted::<N>(length))?;
        together.spread_slice(root, 0, numbers)
    }
}

impl Together<'_> {
    /// Gives every rank the root's message.
    pub(super) fn spread(
        &self,
        root: usize,
        step: usize,
        message: Option<CollectiveMessage>,
    ) -> Result<CollectiveMessage, Error> {
        let message = match message {
            Some(message) => message,
            None => self.receive(self.above(root), step)?,
        };
        for child in self.below(root) {
            self.send(child, step, message.clone());
        }
        Ok(message)
    }

    /// Gives every rank the root's numbers.
    pub(super) fn spread_slice<N: Plain>(
        &self,
        root: usize,
        step: usize,
        numbers: &mut [N],
    ) -> Result<(), Error> {
        if self.rank() != root {
            let from = self.above(root);
            let incoming = Incoming::new(self, from, step, plain::bytes_of_mut(numbers));
            self.exchange::<N>(step, &[], &mut [incoming])?;
        }
        let outgoing: Vec<_> = self
            .below(root)
            .map(|to| Outgoing {
                to,
                numbers: &*numbers,
            })
            .collect();
        self.exchange(step, &outgoing, &mut [])
    }

    /// From whom this rank gets the root's value.
    fn above(&self, root: usize) -> usize {
        (parent(self.distance(root)) + root) % self.size()
    }

    /// To whom this rank passes it on.
    fn below(&self, root: usize) -> impl Iterator<Item = usize> + use<> {
        let size = self.size();
        children(self.distance(root), size).map(move |child| (child + root) % size)
    }

    /// How far this rank's number is behind the root's, with 0 behind the last.
    fn distance(&self, root: usize) -> usize {
        (self.rank() + self.size() - root) % self.size()
    }
}
