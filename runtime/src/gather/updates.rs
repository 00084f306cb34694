//! Updates in place: the new elements of an array, with their places.
//!
//! Invariant: storing what the parts hold, in their order, leaves the array as the sequential loop
//! leaves it; an element that no iteration wrote is not touched.

use std::cell::Cell;
use std::marker::PhantomData;
use std::ops::IndexMut;

use serde::{Deserialize, Serialize};

use super::{Output, Rewind};
use crate::wire::Transport;

/// Arrays whose elements a loop can update; `K` is how they are reached.
#[diagnostic::on_unimplemented(
    message = "the elements of `{Self}` can't be updated by a parallel loop",
    label = "this is not indexed by numbers from 0",
    note = "update a `Vec`, an array, a slice or a `VecDeque`; or push the new elements into a `Vec` and store them after the loop"
)]
pub trait Indexed<K> {
    /// What it holds.
    type Element;

    /// `self[index] = value`
    ///
    /// # Panics
    /// Panics where that does.
    fn store(&mut self, index: usize, value: Self::Element);
}

/// By the array's own index.
#[derive(Debug)]
pub struct Directly;

/// Through a reference or box, as `out[i]` does it without a word.
#[derive(Debug)]
pub struct Behind<K>(PhantomData<K>);

impl<C: IndexMut<usize, Output: Sized> + ?Sized> Indexed<Directly> for C {
    type Element = C::Output;

    fn store(&mut self, index: usize, value: C::Output) {
        self[index] = value;
    }
}

impl<K, C: Indexed<K> + ?Sized> Indexed<Behind<K>> for &mut C {
    type Element = C::Element;

    fn store(&mut self, index: usize, value: C::Element) {
        (**self).store(index, value);
    }
}

impl<K, C: Indexed<K> + ?Sized> Indexed<Behind<K>> for Box<C> {
    type Element = C::Element;

    fn store(&mut self, index: usize, value: C::Element) {
        (**self).store(index, value);
    }
}

/// New elements of an array that wait to be stored. They take memory until then.
#[derive(Debug)]
pub struct Updates<T>(Vec<Updated<T>>);

/// Collects the updates of this array's elements.
#[must_use]
pub fn updates<C: Indexed<K> + ?Sized, K>(_: &C) -> Updates<C::Element> {
    Updates(Vec::new())
}

impl<T> Updates<T> {
    /// Stores the new elements; of several for one place the last one stays. Has nothing more to
    /// store afterwards.
    ///
    /// # Panics
    /// Panics when the array has become shorter than the iterations found it.
    pub fn store<C: Indexed<K, Element = T> + ?Sized, K>(&mut self, array: &mut C) {
        for Updated { runs, elements, .. } in self.0.drain(..) {
            let indices = runs.into_iter().flat_map(|run| run.start..run.end());
            for (index, element) in indices.zip(elements) {
                array.store(index, element);
            }
        }
    }
}

impl<T: Transport> Output for Updates<T> {
    type Part = Updated<T>;

    fn absorb(&mut self, part: Updated<T>) {
        if !part.elements.is_empty() {
            self.0.push(part);
        }
    }
}

/// The elements that one chunk updates.
#[derive(Debug, Serialize, Deserialize)]
pub struct Updated<T> {
    runs: Vec<Run>,
    elements: Vec<T>,
    /// The elements before this number were there at the last mark.
    #[serde(skip)]
    sealed: Cell<usize>,
}

/// Neighbouring places.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Run {
    start: usize,
    length: usize,
}

impl Run {
    fn end(self) -> usize {
        self.start + self.length
    }
}

impl<T> Default for Updated<T> {
    fn default() -> Self {
        Self {
            runs: Vec::new(),
            elements: Vec::new(),
            sealed: Cell::new(0),
        }
    }
}

impl<T> Updated<T> {
    /// `array[index] = element`
    #[inline]
    pub fn put(&mut self, index: usize, element: T) {
        let open = self.elements.len() > self.sealed.get();
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

impl<T> Rewind for Updated<T> {
    type Mark = ();

    fn mark(&self) {
        self.sealed.set(self.elements.len());
    }

    fn rewind(&mut self, (): ()) {
        let mut surplus = self.elements.len() - self.sealed.get();
        self.elements.truncate(self.sealed.get());
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
