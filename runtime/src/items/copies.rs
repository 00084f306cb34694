//! How to have an item twice: once for the iteration, and once for running that iteration again
//! where it leaves the loop.

use std::fmt;

/// Copies the items of a loop that an iteration may leave.
pub struct Copies<T> {
    copy: fn(&T) -> Option<T>,
    partial: bool,
}

impl<T> Copies<T> {
    /// Every item can be cloned.
    pub fn by_clone() -> Self
    where
        T: Clone,
    {
        Self {
            copy: |item| Some(item.clone()),
            partial: false,
        }
    }

    /// The copy of an item, where it has one.
    pub(super) fn copy(&self, item: &T) -> Option<T> {
        (self.copy)(item)
    }

    /// Whether there may be items without a copy.
    pub(super) fn are_partial(&self) -> bool {
        self.partial
    }
}

impl<T: Clone, E> Copies<Result<T, E>> {
    /// Errors can't be cloned, as those of readers (`std::io::Error`), the other items can.
    pub fn of_values() -> Self {
        Self {
            copy: |item| item.as_ref().ok().cloned().map(Ok),
            partial: true,
        }
    }
}

impl<T> fmt::Debug for Copies<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Copies")
            .field("partial", &self.partial)
            .finish_non_exhaustive()
    }
}
