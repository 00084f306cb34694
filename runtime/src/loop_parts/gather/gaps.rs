//! An array of which windows are taken, in any order.

use std::fmt;
use std::mem;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// What is left of it: runs of elements by the index of the first.
#[derive(Debug)]
pub(super) struct Gaps<'a, T> {
    /// Behind all windows: most of them are taken in order.
    rest: &'a mut [T],
    start: usize,
    /// Sorted by index, in a vector: a map would be compiled anew for each type of element.
    between: Windows<'a, T>,
    /// Windows that came back.
    returned: Returned<'a, T>,
}

/// Where a window goes that is to be taken once more: that of a chunk which panicked, and may run again.
pub(super) struct Returned<'a, T>(Arc<Mutex<Windows<'a, T>>>);

/// Runs of elements by the index of the first.
type Windows<'a, T> = Vec<(usize, &'a mut [T])>;

impl<T> Clone for Returned<'_, T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> fmt::Debug for Returned<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Returned").finish_non_exhaustive()
    }
}

impl<'a, T> Returned<'a, T> {
    /// The window that begins at this index is free again.
    pub(super) fn give(&self, start: usize, window: &'a mut [T]) {
        if !window.is_empty() {
            let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            windows.push((start, window));
        }
    }
}

impl<'a, T> Gaps<'a, T> {
    pub(super) fn new(array: &'a mut [T]) -> Self {
        Self {
            rest: array,
            start: 0,
            between: Vec::new(),
            returned: Returned(Arc::default()),
        }
    }

    /// For a window to come back.
    pub(super) fn returned(&self) -> Returned<'a, T> {
        self.returned.clone()
    }

    /// The elements in `range`: those that the array has, and that were not taken before.
    pub(super) fn take(&mut self, range: Range<usize>) -> &'a mut [T] {
        if range.start < self.start {
            self.take_back();
        }
        if range.start >= self.start {
            let skipped = (range.start - self.start).min(self.rest.len());
            let (before, rest) = mem::take(&mut self.rest).split_at_mut(skipped);
            let (window, rest) = rest.split_at_mut(range.len().min(rest.len()));
            self.keep(self.start, before);
            self.start += skipped + window.len();
            self.rest = rest;
            return window;
        }
        let Some(place) = self.place(range.start + 1).checked_sub(1) else {
            return &mut [];
        };
        let (start, gap) = self.between.remove(place);
        let (before, rest) = gap.split_at_mut((range.start - start).min(gap.len()));
        let (window, after) = rest.split_at_mut(range.len().min(rest.len()));
        self.keep(start, before);
        self.keep(range.start + window.len(), after);
        window
    }

    /// Makes gaps of the windows that came back.
    fn take_back(&mut self) {
        let mut returned = self
            .returned
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let windows = mem::take(&mut *returned);
        drop(returned);
        for (start, window) in windows {
            self.keep(start, window);
        }
    }

    /// How many of the gaps between windows begin before this index.
    fn place(&self, index: usize) -> usize {
        self.between.partition_point(|(start, _)| *start < index)
    }

    fn keep(&mut self, start: usize, gap: &'a mut [T]) {
        if !gap.is_empty() {
            self.between.insert(self.place(start), (start, gap));
        }
    }
}
