//! What the ranks up to each make of their values.
//!
//! Method: a chain, since values are folded in rank order: each rank waits for what those before it
//! have made, and passes on what it makes of it.

use super::exchange::{Incoming, Outgoing};
use super::{CollectiveMessage, Together, counted, of};
use crate::base::error::Error;
use crate::base::plain::{self, Plain};
use crate::base::wire::Transport;
use crate::by_hand::communicator::Communicator;
use crate::by_hand::communicator::waiting::Calling;

impl Communicator {
    /// Folds the values of the ranks up to this one, itself included, in rank order.
    ///
    /// # Errors
    /// When the message-passing library fails.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// assert_eq!(world.scan(2, |a, b| a + b)?, 2 * (world.rank() + 1));
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Scan")]
    pub fn scan<T: Transport>(&self, value: T, operation: impl Fn(T, T) -> T) -> Result<T, Error> {
        let calling = Calling::new("scan");
        let together = self.enter(calling, of::<T>)?;
        let before: Option<T> = match together.before()? {
            None => None,
            Some(message) => Some(together.read_or_pass_on(message)?),
        };
        let folded = match before {
            None => value,
            Some(before) => operation(before, value),
        };
        together.pass_on(|| CollectiveMessage::value(&folded));
        Ok(folded)
    }

    /// Folds the values of the ranks before this one, in rank order; `None` on rank 0, which has
    /// none before it.
    ///
    /// # Errors
    /// When the message-passing library fails.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// // Where this rank's numbers begin, if each has as many as it likes.
    /// let world = parallel_for::world();
    /// let mine = vec![1.5; world.rank()];
    /// let begin = world.exclusive_scan(mine.len(), |a, b| a + b)?.unwrap_or(0);
    /// assert_eq!(begin, (0..world.rank()).sum());
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Exscan")]
    #[doc(alias = "exscan")]
    pub fn exclusive_scan<T: Transport>(
        &self,
        value: T,
        operation: impl Fn(T, T) -> T,
    ) -> Result<Option<T>, Error> {
        let calling = Calling::new("exclusive_scan");
        let together = self.enter(calling, of::<T>)?;
        let Some(message) = together.before()? else {
            together.pass_on(|| CollectiveMessage::value(&value));
            return Ok(None);
        };
        let before: T = together.read_or_pass_on(message.clone())?;
        if self.rank() + 1 < self.size() {
            let folded = operation(before, value);
            together.pass_on(|| CollectiveMessage::value(&folded));
            return message.read(&together).map(Some);
        }
        Ok(Some(before))
    }

    /// Folds the slices of the ranks up to this one number by number. All ranks pass equally many.
    ///
    /// # Errors
    /// When the message-passing library fails.
    ///
    /// # Panics
    /// When the ranks pass slices of different lengths, as for ranks in different calls.
    #[track_caller]
    #[doc(alias = "MPI_Scan")]
    #[doc(alias = "Scan")]
    pub fn scan_slice<N: Plain>(
        &self,
        numbers: &[N],
        operation: impl Fn(N, N) -> N,
    ) -> Result<Vec<N>, Error> {
        let (_, folded) = self.fold_before(Calling::new("scan_slice"), numbers, operation)?;
        Ok(folded)
    }

    /// Folds the slices of the ranks before this one number by number; `None` on rank 0. All ranks
    /// pass equally many.
    ///
    /// # Errors
    /// When the message-passing library fails.
    ///
    /// # Panics
    /// As [`scan_slice`](Self::scan_slice).
    #[track_caller]
    #[doc(alias = "MPI_Exscan")]
    #[doc(alias = "Exscan")]
    pub fn exclusive_scan_slice<N: Plain>(
        &self,
        numbers: &[N],
        operation: impl Fn(N, N) -> N,
    ) -> Result<Option<Vec<N>>, Error> {
        let calling = Calling::new("exclusive_scan_slice");
        let (before, _) = self.fold_before(calling, numbers, operation)?;
        Ok(before)
    }

    /// What the ranks before this one have made, and what this one makes of it.
    fn fold_before<N: Plain>(
        &self,
        calling: Calling,
        numbers: &[N],
        operation: impl Fn(N, N) -> N,
    ) -> Result<(Option<Vec<N>>, Vec<N>), Error> {
        let length = numbers.len();
        let together = self.enter(calling, || counted::<N>(length))?;
        let mut folded = numbers.to_vec();
        let mut before = None;
        if let Some(rank) = self.rank().checked_sub(1) {
            let mut received = plain::zeros(length);
            let buffer = plain::bytes_of_mut(&mut received);
            let incoming = Incoming::new(&together, rank, 0, buffer);
            together.exchange::<N>(0, &[], &mut [incoming])?;
            for (own, &before) in folded.iter_mut().zip(&received) {
                *own = operation(before, *own);
            }
            before = Some(received);
        }
        let to = self.rank() + 1;
        if to < self.size() {
            let numbers = &folded;
            together.exchange(0, &[Outgoing { to, numbers }], &mut [])?;
        }
        Ok((before, folded))
    }
}

impl Together<'_> {
    /// What the rank before this one has made; `None` on rank 0.
    fn before(&self) -> Result<Option<CollectiveMessage>, Error> {
        let before = self.rank().checked_sub(1);
        before.map(|rank| self.receive(rank, 0)).transpose()
    }

    /// What the rank before this one has made; where it can't be read, the next one is told.
    fn read_or_pass_on<T: Transport>(&self, message: CollectiveMessage) -> Result<T, Error> {
        let read = message.read(self);
        if let Err(error) = &read {
            self.pass_on(|| CollectiveMessage::failed(error));
        }
        read
    }

    /// Tells the next rank, if there is one.
    fn pass_on(&self, message: impl FnOnce() -> CollectiveMessage) {
        let next = self.rank() + 1;
        if next < self.size() {
            self.send(next, 0, message());
        }
    }
}
