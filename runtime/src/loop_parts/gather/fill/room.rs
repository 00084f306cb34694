//! The spare capacity of a list, of which chunks fill windows. The one place that says what of a list's memory holds
//! values, besides the list.
//!
//! Invariant: each place from the list's end to that of the room is either free or of one window; nobody else uses
//! places of windows, and where there are any, the list's memory stays where it is.

use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::ops::Range;
use std::ptr::{self, NonNull};
use std::slice;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::free::Free;
use crate::base::raw::Values;
use crate::loop_parts::gather::collections::append_or_become;

/// The free places, as the list, its room and the windows share them.
#[derive(Clone, Debug)]
struct Places(Arc<Mutex<Free>>);

impl Places {
    fn lock(&self) -> MutexGuard<'_, Free> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A list that takes in what windows of its room hold.
#[derive(Debug)]
pub(super) struct Growing<'a, T> {
    list: &'a mut Vec<T>,
    /// Those of the room, while there is one.
    places: Option<Places>,
}

impl<'a, T> Growing<'a, T> {
    pub(super) fn new(list: &'a mut Vec<T>) -> Self {
        Self { list, places: None }
    }

    /// Room for so many more values, if it can be had; once.
    pub(super) fn room(&mut self, more: usize) -> Option<Room<'a, T>> {
        if self.places.is_some() || self.list.try_reserve(more).is_err() {
            return None;
        }
        let first = self.list.len();
        let places = Places(Arc::new(Mutex::new(Free::new(first..first + more))));
        self.places = Some(places.clone());
        Some(Room {
            start: NonNull::new(self.list.as_mut_ptr())?.cast(),
            first,
            places,
            list: PhantomData,
        })
    }

    /// Adds the values of a window behind the last one. The window is empty afterwards.
    ///
    /// # Panics
    /// Panics when that is not a window of this list, or one before it was not added and not dropped.
    pub(super) fn add(&mut self, window: &mut Window<'a, T>) {
        let Window { start, filled, .. } = *window;
        if window.places.is_empty() {
            return;
        }
        let is_own = |places: &&Places| Arc::ptr_eq(&places.0, &window.shared.0);
        let shared = self.places.as_ref().filter(is_own);
        let mut free = shared.expect("the window is of this list").lock();
        let length = self.list.len();
        let end = start + window.places.len();
        if start != length {
            // Iterations before it have pushed nothing.
            let is_next = start > length && free.take(&(length..start));
            assert!(is_next, "{OUT_OF_TURN}");
            let places = window.places.as_ptr();
            // SAFETY: the places from `length` on lie before those of the window in the same memory, and are free, or
            // nobody could take them; so both together are used by nobody else, `filled` values fit into them, and the
            // pointer to the window's may be moved back to the first of them, as that of the room comes from the list.
            unsafe {
                let to = self.list.as_mut_ptr().add(length).cast::<MaybeUninit<T>>();
                ptr::copy(places, to, filled);
            }
        }
        window.filled = 0;
        window.places = &mut [];
        // SAFETY: the places up to `length + filled` are within the capacity, as those of the window are: nothing has
        // moved the list since its room was made. They hold values, the last `filled` of which were the window's, which
        // no longer has them.
        unsafe { self.list.set_len(length + filled) };
        free.give(length + filled..end);
    }

    /// Adds values that are elsewhere behind the last one. There are none left afterwards.
    ///
    /// # Panics
    /// Panics when they are more than there is place for before the next window.
    pub(super) fn append(&mut self, values: &mut Vec<T>) {
        self.make_room(values.len());
        append_or_become(self.list, values);
    }

    /// The same with values that have arrived.
    ///
    /// # Panics
    /// As [`append`](Self::append).
    pub(super) fn append_arrived(&mut self, values: Values<T>) {
        self.make_room(values.as_slice().len());
        values.append_to(self.list);
    }

    /// For so many values behind those of the list: after that, it may be told of them.
    fn make_room(&mut self, count: usize) {
        if let Some(places) = &self.places {
            let mut free = places.lock();
            let length = self.list.len();
            // Where these places are free, the list has the capacity, and stays where it is.
            if !free.take(&(length..length.saturating_add(count))) {
                // Where all are, there are no windows, and never will be: it may move.
                assert!(free.take_rest(length), "{OUT_OF_TURN}");
                drop(free);
                self.places = None;
            }
        }
    }
}

const OUT_OF_TURN: &str = "parts are added in the order of their iterations";

/// Room for values behind the end of a list, until the list takes in what comes behind that.
#[derive(Debug)]
pub(super) struct Room<'a, T> {
    /// That of the list.
    start: NonNull<MaybeUninit<T>>,
    /// The first place of the room.
    first: usize,
    places: Places,
    list: PhantomData<&'a mut Vec<T>>,
}

// SAFETY: it stands for `&mut` references to places of a list, and gives each of them away once at a time.
unsafe impl<T: Send> Send for Room<'_, T> {}

impl<'a, T> Room<'a, T> {
    /// The places with these numbers, from the first of the room on, if they are free.
    pub(super) fn window(&self, numbers: Range<usize>) -> Option<Window<'a, T>> {
        let start = self.first.checked_add(numbers.start)?;
        let places = start..self.first.checked_add(numbers.end)?;
        if places.is_empty() || !self.places.lock().take(&places) {
            return None;
        }
        // SAFETY: the places were free, so they are in the list's memory, which does not move as long as this window has
        // them, and is borrowed for `'a`. Nobody else uses them until the window gives them back. They may hold anything.
        let places = unsafe {
            let first = self.start.as_ptr().add(places.start);
            slice::from_raw_parts_mut(first, places.len())
        };
        Some(Window {
            start,
            places,
            filled: 0,
            shared: self.places.clone(),
        })
    }
}

/// Neighbouring places of a list. The first of them hold values.
pub(super) struct Window<'a, T> {
    /// The number of the first.
    start: usize,
    places: &'a mut [MaybeUninit<T>],
    filled: usize,
    shared: Places,
}

impl<T> Window<'_, T> {
    /// The values.
    pub(super) fn values(&self) -> &[T] {
        // SAFETY: so many places, of which there are at least as many, hold values.
        unsafe { slice::from_raw_parts(self.places.as_ptr().cast(), self.filled) }
    }

    /// The same, to be changed.
    pub(super) fn values_mut(&mut self) -> &mut [T] {
        // SAFETY: as in `values`.
        unsafe { slice::from_raw_parts_mut(self.places.as_mut_ptr().cast(), self.filled) }
    }

    /// The places behind the values, and the number of values.
    ///
    /// # Safety
    /// The number is raised by that of those places, from the first on, that hold values by then.
    pub(super) unsafe fn rest(&mut self) -> (&mut [MaybeUninit<T>], &mut usize) {
        (&mut self.places[self.filled..], &mut self.filled)
    }

    /// Takes out all values but the first so many.
    pub(super) fn split_off(&mut self, at: usize) -> Vec<T> {
        let taken = self.values().get(at..).unwrap_or_default();
        let mut list = Vec::with_capacity(taken.len());
        let (values, count) = (taken.as_ptr(), taken.len());
        self.filled -= count;
        // SAFETY: they are values, which nobody takes for such from now on; and as many fit into the new list, whose memory
        // is its own.
        unsafe {
            ptr::copy_nonoverlapping(values, list.as_mut_ptr(), count);
            list.set_len(count);
        }
        list
    }

    /// Adds the values of a list, of which there are none left afterwards, behind the last one.
    ///
    /// # Panics
    /// Panics when there are fewer places.
    pub(super) fn append(&mut self, list: &mut Vec<T>) {
        let count = list.len();
        let places = &mut self.places[self.filled..][..count];
        // SAFETY: there are as many places behind the values; the list's memory is its own. Its values are nobody else's
        // from now on.
        unsafe {
            list.set_len(0);
            ptr::copy_nonoverlapping(list.as_ptr(), places.as_mut_ptr().cast(), count);
        }
        self.filled += count;
    }

    /// Drops all values but the first so many.
    pub(super) fn truncate(&mut self, length: usize) {
        let surplus = self.values_mut().get_mut(length..);
        let surplus: Option<*mut [T]> = surplus.map(ptr::from_mut);
        self.filled = self.filled.min(length);
        if let Some(surplus) = surplus {
            // SAFETY: they are values, which nobody takes for such from now on, even if dropping one of them panics.
            unsafe { ptr::drop_in_place(surplus) }
        }
    }
}

impl<T> Drop for Window<'_, T> {
    fn drop(&mut self) {
        // Also if dropping a value panics.
        let _given = Given {
            places: self.start..self.start + self.places.len(),
            shared: self.shared.clone(),
        };
        self.truncate(0);
    }
}

/// Places that are free when this is dropped.
struct Given {
    places: Range<usize>,
    shared: Places,
}

impl Drop for Given {
    fn drop(&mut self) {
        self.shared.lock().give(self.places.clone());
    }
}
