//! The part of a chunk while one block of iterations fills it: a value of its own, to which nothing refers, so that it
//! can live in registers.
//!
//! Invariant: when it is dropped, the part has all that was pushed.

use std::fmt;
use std::mem::MaybeUninit;

use super::room::Window;
use crate::loop_parts::gather::mark::Marked;

/// See the module.
pub struct OpenFilling<'part, T> {
    /// A place for each iteration of the block.
    places: &'part mut [MaybeUninit<T>],
    /// So many of them hold values.
    filled: usize,
    /// How many values there were before.
    before: usize,
    end: End<'part, T>,
}

/// What knows how many values there are.
enum End<'part, T> {
    Window(&'part mut usize),
    List(&'part mut Vec<T>),
}

impl<'part, T> OpenFilling<'part, T> {
    /// The next places of a window, of so many iterations. It has them.
    pub(super) fn of_window(window: &'part mut Window<'_, T>, iterations: usize) -> Self {
        // SAFETY: `drop` raises the number, by `filled`.
        let (rest, values) = unsafe { window.rest() };
        Self {
            places: &mut rest[..iterations],
            filled: 0,
            before: *values,
            end: End::Window(values),
        }
    }

    /// The next places of a list, of so many iterations.
    pub(super) fn of_list(list: &'part mut Vec<T>, iterations: usize) -> Self {
        list.reserve(iterations);
        let places: *mut [MaybeUninit<T>] = &raw mut list.spare_capacity_mut()[..iterations];
        Self {
            // SAFETY: the list is borrowed as long, has no values there, and is told of values by `drop` alone: so nobody
            // else uses these places meanwhile.
            places: unsafe { &mut *places },
            filled: 0,
            before: list.len(),
            end: End::List(list),
        }
    }

    /// As `Vec::push`, once in an iteration.
    ///
    /// # Panics
    /// Panics when it comes more often.
    #[inline]
    pub fn push(&mut self, value: T) {
        match self.places.get_mut(self.filled) {
            Some(place) => {
                place.write(value);
                self.filled += 1;
            }
            None => overfull(),
        }
    }

    /// How many values the part has.
    #[inline]
    fn length(&self) -> usize {
        self.before + self.filled
    }
}

#[cold]
#[inline(never)]
fn overfull() -> ! {
    unreachable!("the macro has seen that an iteration pushes once")
}

impl<T> Drop for OpenFilling<'_, T> {
    #[inline]
    fn drop(&mut self) {
        let length = self.length();
        match &mut self.end {
            End::Window(values) => **values = length,
            // SAFETY: as many values were written behind those that there were, into the capacity.
            End::List(list) => unsafe { list.set_len(length) },
        }
    }
}

impl<T> Marked for OpenFilling<'_, T> {
    type Mark = usize;

    #[inline]
    fn marked(&mut self) -> usize {
        self.length()
    }
}

impl<T> fmt::Debug for OpenFilling<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} values", self.length())
    }
}
