//! Each rank's values, one for each rank.

use super::exchange::{Incoming, Outgoing};
use super::slices::cut;
use super::{CollectiveMessage, Slices, Together, counted, of};
use crate::base::error::{Error, ErrorKind};
use crate::base::plain::{self, Plain};
use crate::base::wire::Transport;
use crate::by_hand::communicator::Communicator;
use crate::by_hand::communicator::waiting::Calling;
use crate::protocol::message::Details;

impl Communicator {
    /// Sends the n-th of this rank's values to rank n, and returns what the ranks have sent to this
    /// one, in rank order.
    ///
    /// # Errors
    /// On every rank, when some rank doesn't pass one value for each rank.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let mine = (0..world.size()).map(|to| format!("{} to {to}", world.rank())).collect();
    /// let theirs: Vec<String> = world.all_to_all(mine)?;
    /// assert_eq!(theirs[0], format!("0 to {}", world.rank()));
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Alltoall")]
    #[doc(alias = "MPI_Alltoallv")]
    #[doc(alias = "alltoall")]
    pub fn all_to_all<T: Transport>(&self, values: Vec<T>) -> Result<Vec<T>, Error> {
        let calling = Calling::new("all_to_all");
        let together = self.enter(calling, of::<T>)?;
        let (rank, size) = (self.rank(), self.size());
        let failure = (values.len() != size).then(|| together.one_for_each(values.len()));
        let mut own = None;
        let mut values = values.into_iter();
        for to in 0..size {
            let value = values.next().filter(|_| failure.is_none());
            match (value, &failure) {
                (Some(value), _) if to == rank => own = Some(value),
                (Some(value), _) => together.send(to, 0, CollectiveMessage::value(&value)),
                (None, Some(error)) if to != rank => {
                    together.send(to, 0, CollectiveMessage::failed(error));
                }
                _ => {}
            }
        }
        // All messages are taken, whatever is in them: the next call starts afresh.
        let others = (0..size).filter(|&from| from != rank);
        let received: Vec<CollectiveMessage> = others
            .map(|from| together.receive(from, 0))
            .collect::<Result<_, _>>()?;
        if let Some(error) = failure {
            return Err(error);
        }
        let mut theirs: Vec<T> = received
            .into_iter()
            .map(|message| message.read(&together))
            .collect::<Result<_, _>>()?;
        theirs.splice(rank..rank, own);
        Ok(theirs)
    }

    /// Cuts this rank's plain numbers into as many parts of equal length as there are ranks, sends
    /// the n-th to rank n, and returns what the ranks have sent to this one, in rank order.
    ///
    /// # Errors
    /// On every rank, when the number of ranks does not divide the number of numbers.
    ///
    /// # Panics
    /// When the ranks pass different numbers of numbers, as for ranks in different calls.
    #[track_caller]
    #[doc(alias = "MPI_Alltoall")]
    #[doc(alias = "Alltoall")]
    pub fn all_to_all_slice<N: Plain>(&self, numbers: &[N]) -> Result<Vec<N>, Error> {
        let mut theirs = plain::zeros(numbers.len());
        self.swap(Calling::new("all_to_all_slice"), numbers, &mut theirs)?;
        Ok(theirs)
    }

    /// The same as [`all_to_all_slice`](Self::all_to_all_slice) with the result in `theirs`, which
    /// is as long as `numbers`: nothing is allocated.
    ///
    /// # Errors
    /// As [`all_to_all_slice`](Self::all_to_all_slice), and when `theirs` has a different length.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let numbers = vec![world.rank(); world.size()];
    /// let mut theirs = vec![0; world.size()];
    /// world.all_to_all_into(&numbers, &mut theirs)?;
    /// assert_eq!(theirs, (0..world.size()).collect::<Vec<_>>());
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Alltoall")]
    #[doc(alias = "Alltoall")]
    pub fn all_to_all_into<N: Plain>(&self, numbers: &[N], theirs: &mut [N]) -> Result<(), Error> {
        self.swap(Calling::new("all_to_all_into"), numbers, theirs)
    }

    fn swap<N: Plain>(
        &self,
        calling: Calling,
        numbers: &[N],
        theirs: &mut [N],
    ) -> Result<(), Error> {
        let (sent, room, size) = (numbers.len(), theirs.len(), self.size());
        // With these all ranks return the same error, or none does.
        let together = self.enter(calling, || {
            let counted = counted::<N>(sent);
            if sent == room {
                return counted;
            }
            Details::Words(format!("{counted}, with room for {room},").into())
        })?;
        let wrong = |words: String| Err(together.error(ErrorKind::WrongLength, &words));
        if sent != room {
            return wrong(format!(
                "{sent} numbers are sent, but there is room for {room}"
            ));
        }
        if !sent.is_multiple_of(size) {
            return wrong(format!(
                "{sent} numbers can't be divided equally among {size} ranks\n\
                 help: `all_to_all_slices` takes parts of any lengths"
            ));
        }
        let length = sent / size;
        let parts: Vec<&[N]> = (0..size)
            .map(|to| &numbers[to * length..][..length])
            .collect();
        let lengths = vec![length; size];
        together.swap_parts(0, &parts, cut(theirs, &lengths))
    }

    /// Sends the n-th of this rank's slices of plain numbers to rank n, and returns what the ranks
    /// have sent to this one; the slices may have any lengths.
    ///
    /// # Errors
    /// On every rank, when some rank doesn't pass one slice for each rank.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let parts: Vec<Vec<f64>> = (0..world.size()).map(|to| vec![0.5; to]).collect();
    /// let theirs = world.all_to_all_slices(&parts)?;
    /// assert!(theirs.iter().all(|slice| slice.len() == world.rank()));
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Alltoallv")]
    #[doc(alias = "Alltoallv")]
    pub fn all_to_all_slices<N: Plain>(
        &self,
        parts: &[impl AsRef<[N]>],
    ) -> Result<Slices<N>, Error> {
        let calling = Calling::new("all_to_all_slices");
        let together = self.enter(calling, of::<N>)?;
        let parts: Vec<&[N]> = parts.iter().map(AsRef::as_ref).collect();
        let (rank, size) = (self.rank(), self.size());
        let counts: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        let counts = together.circulate(0, counts)?;
        if let Some(wrong) = counts.iter().position(|counts| counts.len() != size) {
            let words = format!(
                "rank {wrong} passes {} slices, but the communicator has {size} ranks\n\
                 help: pass one slice for each rank, in rank order; an empty one is fine",
                counts[wrong].len()
            );
            return Err(together.error(ErrorKind::WrongLength, &words));
        }
        let lengths: Vec<usize> = counts.iter().map(|counts| counts[rank]).collect();
        let mut theirs = plain::zeros(lengths.iter().sum());
        together.swap_parts(size, &parts, cut(&mut theirs, &lengths))?;
        Ok(Slices::new(theirs, &lengths))
    }
}

impl Together<'_> {
    /// Sends a part to each rank and receives one from each.
    pub(super) fn swap_parts<N: Plain>(
        &self,
        step: usize,
        parts: &[&[N]],
        mut theirs: Vec<&mut [N]>,
    ) -> Result<(), Error> {
        let (rank, size) = (self.rank(), self.size());
        theirs[rank].copy_from_slice(parts[rank]);
        // Each starts with its neighbour, so that not all send to the same rank first.
        let outgoing: Vec<_> = (1..size)
            .map(|step| (rank + step) % size)
            .map(|to| Outgoing {
                to,
                numbers: parts[to],
            })
            .collect();
        let mut incoming: Vec<_> = theirs
            .into_iter()
            .enumerate()
            .filter(|(from, _)| *from != rank)
            .map(|(from, part)| Incoming::new(self, from, step, plain::bytes_of_mut(part)))
            .collect();
        self.exchange(step, &outgoing, &mut incoming)
    }
}
