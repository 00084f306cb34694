//! A list that every rank writes to.

use super::note_lost;
use crate::base::wire::Transport;
use crate::by_hand::communicator::root::gather;

/// A list whose order does not matter, to write to on every rank and to read on the master.
///
/// Values that are dropped without having been gathered are counted in a note on stderr.
///
/// ```
/// use parallel_for::collection::Unordered;
///
/// let mut squares = Unordered::new();
/// for i in parallel_for::split_managed(0..10_u64) {
///     squares.push(i * i);
/// }
/// if let Some(squares) = squares.gather() {
///     assert_eq!(squares.iter().sum::<u64>(), 285);
/// }
/// ```
#[derive(Debug)]
pub struct Unordered<T> {
    values: Vec<T>,
}

impl<T> Unordered<T> {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self { values: Vec::new() }
    }

    /// Adds a value.
    pub fn push(&mut self, value: T) {
        self.values.push(value);
    }

    /// The number of values that this rank has added.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether this rank has added nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Brings the values of all ranks to the master: `Some` there, in no particular order, `None`
    /// elsewhere. Every rank must call it.
    ///
    /// # Panics
    /// As [`gather`](crate::gather).
    #[track_caller]
    pub fn gather(mut self) -> Option<Vec<T>>
    where
        T: Transport,
    {
        gather(std::mem::take(&mut self.values)).map(crate::by_hand::ranks::flatten)
    }
}

impl<T> Default for Unordered<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Extend<T> for Unordered<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        self.values.extend(values);
    }
}

impl<T> Drop for Unordered<T> {
    fn drop(&mut self) {
        note_lost("Unordered", self.values.len());
    }
}
