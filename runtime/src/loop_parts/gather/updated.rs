//! The elements of an array that one chunk updates, with their places.
//!
//! Invariant: the places of all runs are as many as there are elements.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Rewind;
use super::raw::RawPart;
use crate::base::raw::{Packer, Unpacker};

/// See the module.
#[derive(Serialize, Deserialize)]
pub struct Updated<T> {
    pub(super) runs: Vec<Run>,
    pub(super) elements: Vec<T>,
    /// The elements before this number were there at the last mark.
    #[serde(skip)]
    sealed: usize,
}

/// Neighbouring places.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Run {
    pub(super) start: usize,
    pub(super) length: usize,
}

impl Run {
    fn end(self) -> usize {
        self.start + self.length
    }

    pub(super) fn places(self) -> Range<usize> {
        self.start..self.end()
    }
}

// The elements are what the user knows of it.
impl<T: PartialEq> PartialEq for Updated<T> {
    fn eq(&self, other: &Self) -> bool {
        self.elements == other.elements
    }
}

impl<T: fmt::Debug> fmt::Debug for Updated<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.elements.fmt(f)
    }
}

impl<T> Default for Updated<T> {
    fn default() -> Self {
        Self {
            runs: Vec::new(),
            elements: Vec::new(),
            sealed: 0,
        }
    }
}

impl<T> Updated<T> {
    /// Elements that have come from another rank, with their places.
    ///
    /// # Errors
    /// When these don't fit each other, in words.
    pub(super) fn arrived(runs: Vec<Run>, elements: Vec<T>) -> Result<Self, String> {
        let places = runs.iter().try_fold(0_usize, |places, run: &Run| {
            run.start.checked_add(run.length)?;
            places.checked_add(run.length)
        });
        if places != Some(elements.len()) {
            return Err(no_places());
        }
        Ok(Self {
            runs,
            elements,
            sealed: 0,
        })
    }

    /// `array[index] = element`
    #[inline]
    pub fn put(&mut self, index: usize, element: T) {
        let open = self.elements.len() > self.sealed;
        match self.runs.last_mut() {
            Some(run) if run.end() == index => run.length += 1,
            Some(run) if open && run.end() == index + 1 => _ = self.elements.pop(),
            _ => self.runs.push(Run {
                start: index,
                length: 1,
            }),
        }
        self.elements.push(element);
    }
}

/// The words for elements that don't fit the places that came with them.
pub(super) fn no_places() -> String {
    "a rank sent elements of an array without their places".to_owned()
}

impl<T> RawPart for Updated<T> {
    fn is_raw() -> bool {
        Vec::<T>::is_raw()
    }

    fn pack(&mut self, packer: &mut Packer) {
        packer.number(self.runs.len());
        for run in &self.runs {
            packer.number(run.start);
            packer.number(run.length);
        }
        self.elements.pack(packer);
    }

    fn unpack(unpacker: &mut Unpacker) -> Result<Self, String> {
        let mut runs = Vec::new();
        for _ in 0..unpacker.number()? {
            let (start, length) = (unpacker.number()?, unpacker.number()?);
            runs.push(Run { start, length });
        }
        Self::arrived(runs, Vec::unpack(unpacker)?)
    }
}

impl<T> Rewind for Updated<T> {
    type Mark = ();

    fn mark(&mut self) {
        self.sealed = self.elements.len();
    }

    fn rewind(&mut self, (): ()) {
        let mut surplus = self.elements.len() - self.sealed;
        self.elements.truncate(self.sealed);
        while let Some(run) = self.runs.last_mut()
            && surplus > 0
        {
            let cut = surplus.min(run.length);
            run.length -= cut;
            surplus -= cut;
            if run.length == 0 {
                self.runs.pop();
            }
        }
    }
}
