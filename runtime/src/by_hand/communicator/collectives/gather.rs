//! The values of all ranks on one.

use super::exchange::{Incoming, Outgoing};
use super::slices::cut;
use super::{CollectiveMessage, Slices, Together, of};
use crate::base::error::{Error, ErrorKind};
use crate::base::plain::{self, Plain};
use crate::base::wire::Transport;
use crate::by_hand::communicator::Communicator;
use crate::by_hand::communicator::waiting::Calling;

impl Communicator {
    /// Brings one value of each rank to the root: `Some` there, in rank order, `None` elsewhere.
    ///
    /// The values may differ in length.
    ///
    /// # Errors
    /// When the root does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let names = world.gather(0, format!("rank {}", world.rank()))?;
    /// assert_eq!(names.is_some(), world.is_master());
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Gather")]
    #[doc(alias = "MPI_Gatherv")]
    pub fn gather<T: Transport>(&self, root: usize, value: T) -> Result<Option<Vec<T>>, Error> {
        let calling = Calling::new("gather");
        let together = self.enter_rooted(calling, root, of::<T>)?;
        together.collect(root, 0, value)
    }

    /// Brings the plain numbers of each rank to the root, however many each has: `Some` there,
    /// `None` elsewhere.
    ///
    /// # Errors
    /// When the root does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let mine = vec![1.0; world.rank()];
    /// if let Some(all) = world.gather_slice(0, &mine)? {
    ///     assert_eq!(all.len(), world.size());
    ///     assert_eq!(all[0], []);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Gatherv")]
    #[doc(alias = "Gatherv")]
    pub fn gather_slice<N: Plain>(
        &self,
        root: usize,
        numbers: &[N],
    ) -> Result<Option<Slices<N>>, Error> {
        let calling = Calling::new("gather_slice");
        let together = self.enter_rooted(calling, root, of::<N>)?;
        together.collect_slice(root, 0, numbers)
    }

    /// Brings the plain numbers of each rank to the root, one rank after the other, into `all`,
    /// which is as long as all of them together; on the other ranks `all` is left alone.
    ///
    /// This is the fastest way to gather repeatedly: nothing is allocated.
    ///
    /// # Errors
    /// On the root when the lengths don't add up to that of `all`; when the root does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let mut all = vec![0.0; 2 * world.size()];
    /// world.gather_into(0, &[1.0, 2.0], &mut all)?;
    /// assert_eq!(all[..2], [1.0, 2.0]);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Gather")]
    #[doc(alias = "MPI_Gatherv")]
    #[doc(alias = "Gather")]
    #[doc(alias = "Gatherv")]
    pub fn gather_into<N: Plain>(
        &self,
        root: usize,
        numbers: &[N],
        all: &mut [N],
    ) -> Result<(), Error> {
        let calling = Calling::new("gather_into");
        let together = self.enter_rooted(calling, root, of::<N>)?;
        together.collect_into(root, 0, numbers, all)
    }
}

impl Together<'_> {
    /// The values of all ranks, on the root.
    pub(super) fn collect<T: Transport>(
        &self,
        root: usize,
        step: usize,
        value: T,
    ) -> Result<Option<Vec<T>>, Error> {
        if self.rank() != root {
            self.send(root, step, CollectiveMessage::value(&value));
            return Ok(None);
        }
        let others = (0..self.size()).filter(|&rank| rank != root);
        // All are taken before one is read: the next call starts afresh.
        let messages: Vec<CollectiveMessage> = others
            .map(|rank| self.receive(rank, step))
            .collect::<Result<_, _>>()?;
        let mut values: Vec<T> = messages
            .into_iter()
            .map(|message| message.read(self))
            .collect::<Result<_, _>>()?;
        values.insert(root, value);
        Ok(Some(values))
    }

    /// The numbers of all ranks, on the root.
    pub(super) fn collect_slice<N: Plain>(
        &self,
        root: usize,
        step: usize,
        numbers: &[N],
    ) -> Result<Option<Slices<N>>, Error> {
        if self.rank() != root {
            self.exchange(step, &[Outgoing { to: root, numbers }], &mut [])?;
            return Ok(None);
        }
        let lengths = self.lengths(root, step, numbers)?;
        let mut all = plain::zeros(lengths.iter().sum());
        self.fill(root, step, numbers, cut(&mut all, &lengths))?;
        Ok(Some(Slices::new(all, &lengths)))
    }

    /// The numbers of all ranks, on the root, in `all`.
    pub(super) fn collect_into<N: Plain>(
        &self,
        root: usize,
        step: usize,
        numbers: &[N],
        all: &mut [N],
    ) -> Result<(), Error> {
        if self.rank() != root {
            return self.exchange(step, &[Outgoing { to: root, numbers }], &mut []);
        }
        let lengths = self.lengths(root, step, numbers)?;
        let (total, space) = (lengths.iter().sum::<usize>(), all.len());
        if total == space {
            return self.fill(root, step, numbers, cut(all, &lengths));
        }
        // They are taken all the same: their senders wait for it.
        let mut unwanted = plain::zeros(total);
        self.fill(root, step, numbers, cut(&mut unwanted, &lengths))?;
        let words = format!("all ranks send {total} numbers, but there is room for {space}");
        Err(self.error(ErrorKind::WrongLength, &words))
    }

    /// How many numbers each rank sends; they have not been taken yet.
    fn lengths<N: Plain>(&self, root: usize, step: usize, own: &[N]) -> Result<Vec<usize>, Error> {
        let lengths = (0..self.size()).map(|rank| {
            if rank == root {
                return Ok(own.len());
            }
            let bytes = self.announced(rank, step)?;
            plain::count::<N>(bytes).map_err(|words| self.error(ErrorKind::WrongType, &words))
        });
        lengths.collect()
    }

    /// Receives the numbers of each rank.
    fn fill<N: Plain>(
        &self,
        root: usize,
        step: usize,
        own: &[N],
        pieces: Vec<&mut [N]>,
    ) -> Result<(), Error> {
        let mut incoming = Vec::with_capacity(pieces.len());
        for (rank, piece) in pieces.into_iter().enumerate() {
            if rank == root {
                piece.copy_from_slice(own);
            } else {
                let buffer = plain::bytes_of_mut(piece);
                incoming.push(Incoming::new(self, rank, step, buffer));
            }
        }
        self.exchange::<N>(step, &[], &mut incoming)
    }
}
