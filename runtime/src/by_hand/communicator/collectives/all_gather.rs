//! The values of all ranks on all.
//!
//! Method: a ring (Thakur, Rabenseifner, Gropp 2005, §4.1): n - 1 steps, in each of which every rank
//! passes on what it got in the step before; each value crosses each link once.

use super::exchange::{Incoming, Outgoing};
use super::{CollectiveMessage, Slices, Together, of};
use crate::base::error::{Error, ErrorKind};
use crate::base::plain::{self, Plain};
use crate::base::wire::Transport;
use crate::by_hand::communicator::Communicator;
use crate::by_hand::communicator::waiting::Calling;

impl Communicator {
    /// The values of all ranks, in rank order, on every rank.
    ///
    /// # Errors
    /// When the message-passing library fails.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// assert_eq!(world.all_gather(world.rank())?, (0..world.size()).collect::<Vec<_>>());
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Allgather")]
    #[doc(alias = "MPI_Allgatherv")]
    #[doc(alias = "allgather")]
    pub fn all_gather<T: Transport>(&self, value: T) -> Result<Vec<T>, Error> {
        let calling = Calling::new("all_gather");
        let together = self.enter(calling, of::<T>)?;
        together.circulate(0, value)
    }

    /// The plain numbers of all ranks, however many each has, on every rank.
    ///
    /// # Errors
    /// When the message-passing library fails.
    #[track_caller]
    #[doc(alias = "MPI_Allgatherv")]
    #[doc(alias = "Allgatherv")]
    pub fn all_gather_slice<N: Plain>(&self, numbers: &[N]) -> Result<Slices<N>, Error> {
        let calling = Calling::new("all_gather_slice");
        let together = self.enter(calling, of::<N>)?;
        let lengths = together.circulate(0, numbers.len())?;
        let mut all = plain::zeros(lengths.iter().sum());
        together.circulate_slice(self.size(), numbers, &lengths, &mut all)?;
        Ok(Slices::new(all, &lengths))
    }

    /// The plain numbers of all ranks, one rank after the other, in `all`, which is as long as all
    /// of them together.
    ///
    /// # Errors
    /// When the lengths don't add up to that of `all`.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let mut all = vec![0; world.size()];
    /// world.all_gather_into(&[world.rank()], &mut all)?;
    /// assert_eq!(all, (0..world.size()).collect::<Vec<_>>());
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Allgather")]
    #[doc(alias = "MPI_Allgatherv")]
    #[doc(alias = "Allgather")]
    pub fn all_gather_into<N: Plain>(&self, numbers: &[N], all: &mut [N]) -> Result<(), Error> {
        let calling = Calling::new("all_gather_into");
        let together = self.enter(calling, of::<N>)?;
        // The room counts as well: when one rank has too little, all return the error.
        let (lengths, rooms): (Vec<_>, Vec<_>) = together
            .circulate(0, (numbers.len(), all.len()))?
            .into_iter()
            .unzip();
        let total = lengths.iter().sum::<usize>();
        match rooms.iter().position(|&room| room != total) {
            None => together.circulate_slice(self.size(), numbers, &lengths, all),
            Some(rank) => {
                let room = rooms[rank];
                let words =
                    format!("all ranks send {total} numbers, but rank {rank} has room for {room}");
                Err(together.error(ErrorKind::WrongLength, &words))
            }
        }
    }
}

impl Together<'_> {
    /// The values of all ranks; takes `size` steps from `first` on.
    pub(in crate::by_hand::communicator) fn circulate<T: Transport>(
        &self,
        first: usize,
        value: T,
    ) -> Result<Vec<T>, Error> {
        let (rank, size) = (self.rank(), self.size());
        let mut message = (size > 1).then(|| CollectiveMessage::value(&value));
        let mut own = Some(value);
        let mut messages: Vec<Option<CollectiveMessage>> = vec![None; size];
        for step in 1..size {
            let passed_on = message.take().expect("each step leaves one");
            self.send((rank + 1) % size, first + step, passed_on);
            let received = self.receive((rank + size - 1) % size, first + step)?;
            messages[(rank + size - step) % size] = Some(received.clone());
            message = Some(received);
        }
        // What this rank can't read, the others may.
        let values = messages.into_iter().map(|message| match message {
            Some(message) => message.read(self),
            None => Ok(own.take().expect("its own value alone did not come")),
        });
        values.collect()
    }

    /// The numbers of all ranks, in `all`; takes `size` steps from `first` on.
    pub(super) fn circulate_slice<N: Plain>(
        &self,
        first: usize,
        numbers: &[N],
        lengths: &[usize],
        all: &mut [N],
    ) -> Result<(), Error> {
        let (rank, size) = (self.rank(), self.size());
        let mut pieces = super::slices::cut(all, lengths);
        pieces[rank].copy_from_slice(numbers);
        for step in 1..size {
            let (sent, wanted) = ((rank + size + 1 - step) % size, (rank + size - step) % size);
            let [source, target] = pieces
                .get_disjoint_mut([sent, wanted])
                .expect("they are two ranks");
            let outgoing = Outgoing {
                to: (rank + 1) % size,
                numbers: source,
            };
            let buffer = plain::bytes_of_mut(target);
            let incoming = Incoming::new(self, (rank + size - 1) % size, first + step, buffer);
            self.exchange(first + step, &[outgoing], &mut [incoming])?;
        }
        Ok(())
    }
}
