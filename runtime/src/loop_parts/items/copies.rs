//! How to have an item twice: once for the iteration, and once for running that iteration again
//! where it leaves the loop.

use std::fmt;
use std::vec;

use super::CopyItems;

/// Copies the items of a loop that an iteration may leave.
pub struct Copies<T> {
    copy: fn(&T) -> Option<T>,
    /// All that are left of some.
    copy_all: CopyItems<vec::IntoIter<T>>,
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
            copy_all: |items| Some(items.clone()),
            partial: false,
        }
    }

    /// The copy of an item, where it has one.
    pub(super) fn copy(&self, item: &T) -> Option<T> {
        (self.copy)(item)
    }

    /// How to have the items of a chunk twice.
    pub(super) fn copy_all(&self) -> CopyItems<vec::IntoIter<T>> {
        self.copy_all
    }

    /// Whether there may be items without a copy.
    pub(super) fn are_partial(&self) -> bool {
        self.partial
    }
}

impl<T: Partly> Copies<T> {
    /// Some items can be cloned.
    pub fn partly() -> Self {
        Self {
            copy: T::copy,
            copy_all: |items| {
                let copies = items.as_slice().iter().map(T::copy);
                copies.collect::<Option<Vec<T>>>().map(Vec::into_iter)
            },
            partial: true,
        }
    }
}

/// Items of which the errors can't be cloned, as those of readers (`std::io::Error`), and the others
/// can.
pub trait Partly: Sized {
    /// The copy of an item, where it has one.
    fn copy(&self) -> Option<Self>;
}

impl<T: Clone, E> Partly for Result<T, E> {
    fn copy(&self) -> Option<Self> {
        self.as_ref().ok().cloned().map(Ok)
    }
}

/// From `enumerate`, or zipped to something.
impl<A: Clone, T: Clone, E> Partly for (A, Result<T, E>) {
    fn copy(&self) -> Option<Self> {
        Some((self.0.clone(), self.1.copy()?))
    }
}

impl<T> fmt::Debug for Copies<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Copies")
            .field("partial", &self.partial)
            .finish_non_exhaustive()
    }
}
