//! An array of which windows are taken, in any order.

use std::mem;
use std::ops::Range;

/// What is left of it: runs of elements by the index of the first.
#[derive(Debug)]
pub(super) struct Gaps<'a, T> {
    /// Behind all windows: most of them are taken in order.
    rest: &'a mut [T],
    start: usize,
    /// Sorted by index, in a vector: a map would be compiled anew for each type of element.
    between: Vec<(usize, &'a mut [T])>,
}

impl<'a, T> Gaps<'a, T> {
    pub(super) fn new(array: &'a mut [T]) -> Self {
        Self {
            rest: array,
            start: 0,
            between: Vec::new(),
        }
    }

    /// The elements in `range`: those that the array has, and that were not taken before.
    pub(super) fn take(&mut self, range: Range<usize>) -> &'a mut [T] {
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
