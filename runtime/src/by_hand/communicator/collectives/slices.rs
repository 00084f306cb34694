//! The plain numbers of several ranks, in one allocation.

use std::fmt;
use std::ops::Index;

/// Each rank's numbers, one after the other in rank order: `slices[rank]` is a slice.
///
/// ```
/// # fn main() -> Result<(), parallel_for::Error> {
/// let world = parallel_for::world();
/// let slices = world.all_gather_slice(&vec![1.5; world.rank() + 1])?;
/// assert_eq!(slices.len(), world.size());
/// assert_eq!(slices[0], [1.5]);
/// assert_eq!(slices.iter().map(<[f64]>::len).max(), Some(world.size()));
/// let flat: Vec<f64> = slices.into_flat();
/// # assert!(flat.len() >= world.size());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Slices<N> {
    numbers: Vec<N>,
    /// Where each rank's numbers end.
    ends: Vec<usize>,
}

impl<N> Slices<N> {
    pub(super) fn new(numbers: Vec<N>, lengths: &[usize]) -> Self {
        let ends = lengths
            .iter()
            .scan(0, |end, length| {
                *end += length;
                Some(*end)
            })
            .collect();
        Self { numbers, ends }
    }

    /// How many ranks there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no ranks, which no communicator has.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The numbers of a rank; `None` if there is no such rank.
    #[must_use]
    pub fn get(&self, rank: usize) -> Option<&[N]> {
        let end = *self.ends.get(rank)?;
        let start = rank.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.numbers[start..end])
    }

    /// The numbers of each rank, in rank order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[N]> {
        (0..self.len()).map(|rank| &self[rank])
    }

    /// The numbers of all ranks as one slice.
    #[must_use]
    pub fn flat(&self) -> &[N] {
        &self.numbers
    }

    /// The numbers of all ranks as one `Vec`, which costs nothing.
    #[must_use]
    pub fn into_flat(self) -> Vec<N> {
        self.numbers
    }
}

impl<N> Index<usize> for Slices<N> {
    type Output = [N];

    fn index(&self, rank: usize) -> &[N] {
        self.get(rank)
            .unwrap_or_else(|| panic!("there is no rank {rank}: these are {} slices", self.len()))
    }
}

impl<N: fmt::Debug> fmt::Debug for Slices<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// One slice for each length, in the order of the lengths.
pub(super) fn cut<'a, N>(mut numbers: &'a mut [N], lengths: &[usize]) -> Vec<&'a mut [N]> {
    let mut pieces = Vec::with_capacity(lengths.len());
    for &length in lengths {
        let (piece, rest) = numbers.split_at_mut(length);
        pieces.push(piece);
        numbers = rest;
    }
    pieces
}
