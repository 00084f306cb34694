//! One value made of those of all ranks.
//!
//! Invariant: values are folded in rank order, from the left, on every path: the result is that of
//! the sequential fold, float bits included, whatever the operation.

use super::slices::cut;
use super::{CollectiveMessage, Together, counted, of};
use crate::base::error::Error;
use crate::base::plain::{self, Plain};
use crate::base::wire::Transport;
use crate::by_hand::communicator::Communicator;
use crate::by_hand::communicator::waiting::Calling;

/// Up to so many numbers per rank, fewer messages are worth more than shared work.
const FEW: usize = 1024;

impl Communicator {
    /// Folds the values of all ranks, in rank order, by `operation`: `Some` on the root, `None`
    /// elsewhere.
    ///
    /// The result is that of `values.into_iter().reduce(operation)` over the ranks' values, with
    /// the same bits for floats; the operation need be neither commutative nor associative.
    /// [`operation`](crate::operation) has the usual ones.
    ///
    /// # Errors
    /// When the root does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// if let Some(sum) = world.reduce(0, 1.5, |a, b| a + b)? {
    ///     assert_eq!(sum, 1.5 * world.size() as f64);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Reduce")]
    pub fn reduce<T: Transport>(
        &self,
        root: usize,
        value: T,
        operation: impl Fn(T, T) -> T,
    ) -> Result<Option<T>, Error> {
        let calling = Calling::new("reduce");
        let together = self.enter_rooted(calling, root, of::<T>)?;
        let values = together.collect(root, 0, value)?;
        Ok(values.and_then(|values| values.into_iter().reduce(operation)))
    }

    /// As [`reduce`](Self::reduce), on every rank.
    ///
    /// # Errors
    /// When the message-passing library fails.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// use parallel_for::operation;
    ///
    /// let world = parallel_for::world();
    /// let (greatest, where_it_is) = world.all_reduce((0.5, world.rank()), operation::max)?;
    /// assert_eq!((greatest, where_it_is), (0.5, world.size() - 1));
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Allreduce")]
    #[doc(alias = "allreduce")]
    pub fn all_reduce<T: Transport>(
        &self,
        value: T,
        operation: impl Fn(T, T) -> T,
    ) -> Result<T, Error> {
        let calling = Calling::new("all_reduce");
        let together = self.enter(calling, of::<T>)?;
        let values = together.collect(0, 0, value);
        let folded = match values.map(|values| values?.into_iter().reduce(operation)) {
            Ok(None) => return together.spread(0, 1, None)?.read(&together),
            Ok(Some(folded)) => Ok(folded),
            Err(error) => Err(error),
        };
        if self.size() > 1 {
            let message = folded
                .as_ref()
                .map_or_else(CollectiveMessage::failed, CollectiveMessage::value);
            together.spread(0, 1, Some(message))?;
        }
        folded
    }

    /// Folds the slices of all ranks number by number, in rank order: `Some` on the root, `None`
    /// elsewhere. All ranks pass equally many numbers.
    ///
    /// Long slices are cut into one part for each rank, which folds it; so all ranks work, and each
    /// number crosses the network about twice (Rabenseifner's method, in rank order).
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
    /// if let Some(sums) = world.reduce_slice(0, &[1, 10], |a, b| a + b)? {
    ///     assert_eq!(sums, [world.size(), 10 * world.size()]);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Reduce")]
    #[doc(alias = "Reduce")]
    pub fn reduce_slice<N: Plain>(
        &self,
        root: usize,
        numbers: &[N],
        operation: impl Fn(N, N) -> N,
    ) -> Result<Option<Vec<N>>, Error> {
        let calling = Calling::new("reduce_slice");
        let length = numbers.len();
        let together = self.enter_rooted(calling, root, || counted::<N>(length))?;
        if length <= FEW {
            let slices = together.collect_slice(root, 0, numbers)?;
            return Ok(slices.map(|slices| fold(slices.iter(), operation)));
        }
        let part = together.fold_part(numbers, operation)?;
        let mut folded = plain::zeros(if self.rank() == root { length } else { 0 });
        together.collect_into(root, 1, &part, &mut folded)?;
        Ok((self.rank() == root).then_some(folded))
    }

    /// As [`reduce_slice`](Self::reduce_slice), on every rank.
    ///
    /// # Errors
    /// When the message-passing library fails.
    ///
    /// # Panics
    /// As [`reduce_slice`](Self::reduce_slice).
    #[track_caller]
    #[doc(alias = "MPI_Allreduce")]
    #[doc(alias = "Allreduce")]
    pub fn all_reduce_slice<N: Plain>(
        &self,
        numbers: &[N],
        operation: impl Fn(N, N) -> N,
    ) -> Result<Vec<N>, Error> {
        let calling = Calling::new("all_reduce_slice");
        let length = numbers.len();
        let together = self.enter(calling, || counted::<N>(length))?;
        if length <= FEW {
            let slices = together.collect_slice(0, 0, numbers)?;
            let mut folded = slices.map_or_else(
                || plain::zeros(length),
                |slices| fold(slices.iter(), operation),
            );
            together.spread_slice(0, 1, &mut folded)?;
            return Ok(folded);
        }
        let part = together.fold_part(numbers, operation)?;
        let mut folded = plain::zeros(length);
        together.circulate_slice(1, &part, &parts(length, self.size()), &mut folded)?;
        Ok(folded)
    }
}

impl Together<'_> {
    /// This rank's part of the folded numbers.
    fn fold_part<N: Plain>(
        &self,
        numbers: &[N],
        operation: impl Fn(N, N) -> N,
    ) -> Result<Vec<N>, Error> {
        let size = self.size();
        let lengths = parts(numbers.len(), size);
        let mut rest = numbers;
        let outgoing: Vec<&[N]> = lengths
            .iter()
            .map(|&length| {
                let (part, behind) = rest.split_at(length);
                rest = behind;
                part
            })
            .collect();
        let own = lengths[self.rank()];
        let mut received = plain::zeros(own * size);
        self.swap_parts(0, &outgoing, cut(&mut received, &vec![own; size]))?;
        if own == 0 {
            return Ok(Vec::new());
        }
        Ok(fold(received.chunks_exact(own), operation))
    }
}

/// How many of so many numbers each rank folds.
fn parts(length: usize, size: usize) -> Vec<usize> {
    let ends = (0..=size).map(|rank| length / size * rank + (length % size).min(rank));
    let ends: Vec<usize> = ends.collect();
    ends.windows(2).map(|ends| ends[1] - ends[0]).collect()
}

/// The slices of equal length, put together number by number, from the left.
fn fold<'a, N: Plain>(
    mut slices: impl Iterator<Item = &'a [N]>,
    operation: impl Fn(N, N) -> N,
) -> Vec<N> {
    let mut folded = slices.next().unwrap_or_default().to_vec();
    for slice in slices {
        for (left, &right) in folded.iter_mut().zip(slice) {
            *left = operation(*left, right);
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn parts_cover_everything_and_differ_by_one_at_most() {
        for length in 0..40 {
            for size in 1..9 {
                let parts = parts(length, size);
                assert_eq!((parts.len(), parts.iter().sum()), (size, length));
                assert!(parts.iter().max().unwrap() - parts.iter().min().unwrap() <= 1);
            }
        }
    }
}
