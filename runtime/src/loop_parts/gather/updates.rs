//! Updates in place: the new elements of an array, with their places.
//!
//! Invariant: storing what the parts hold, in their order, leaves the array as the sequential loop
//! leaves it; an element that no iteration wrote is not touched. Where iterations work on copies of
//! what the array holds, no two indices lead to one element.

use std::collections::VecDeque;
use std::marker::PhantomData;
use std::mem;

use super::blanks::Spare;
use super::updated::{Run, Updated, no_places};
use super::windows::Windows;
use super::{Absorb, Output};
use crate::base::raw::Values;
use crate::base::wire::Transport;
use crate::loop_parts::schedule::Length;

/// Arrays whose elements a loop can update; `K` is how they are reached.
#[diagnostic::on_unimplemented(
    message = "the elements of `{Self}` can't be updated by a parallel loop",
    label = "distinct indices are not known to reach distinct elements",
    note = "update a `Vec`, an array, a slice or a `VecDeque`; of another type, the slice that it holds: `let elements = grid.as_mut_slice();`",
    note = "or push the new elements into a `Vec` and store them after the loop"
)]
pub trait Indexed<K> {
    /// What it holds.
    type Element;

    /// `self[index] = value`
    ///
    /// # Panics
    /// Panics where that does.
    fn store(&mut self, index: usize, value: Self::Element);

    /// All of them, in the order of their indices.
    fn elements(&mut self) -> &mut [Self::Element];
}

/// By the array's own index.
#[derive(Debug)]
pub struct Directly;

/// Through a reference or box, as `out[i]` does it without a word.
#[derive(Debug)]
pub struct Behind<K>(PhantomData<K>);

// Not by `IndexMut`: two indices may be one element of a ring, and some types count their changes.
macro_rules! directly {
    ($([$($generics:tt)*] $array:ty, $elements:ident;)+) => {$(
        impl<T $($generics)*> Indexed<Directly> for $array {
            type Element = T;

            fn store(&mut self, index: usize, value: T) {
                self[index] = value;
            }

            fn elements(&mut self) -> &mut [T] {
                self.$elements()
            }
        }
    )+};
}

directly! {
    [] Vec<T>, as_mut_slice;
    [] VecDeque<T>, make_contiguous;
    [] [T], as_mut;
    [, const N: usize] [T; N], as_mut_slice;
}

impl<K, C: Indexed<K> + ?Sized> Indexed<Behind<K>> for &mut C {
    type Element = C::Element;

    fn store(&mut self, index: usize, value: C::Element) {
        (**self).store(index, value);
    }

    fn elements(&mut self) -> &mut [C::Element] {
        (**self).elements()
    }
}

impl<K, C: Indexed<K> + ?Sized> Indexed<Behind<K>> for Box<C> {
    type Element = C::Element;

    fn store(&mut self, index: usize, value: C::Element) {
        (**self).store(index, value);
    }

    fn elements(&mut self) -> &mut [C::Element] {
        (**self).elements()
    }
}

/// The length of an array, which stays what it is when elements are changed by an index. Other types may grow by that.
pub fn length<C: Indexed<K> + ?Sized, K>(array: &mut C) -> usize {
    array.elements().len()
}

/// Copies of an array's elements, one for each iteration.
#[derive(Debug)]
pub struct Copies;

/// Elements of type `T` can be copied.
//
// Not a trait of `T`: references can be cloned, and the compiler would advise to make one.
#[diagnostic::on_unimplemented(
    message = "`{T}` can't be cloned, and each iteration works on a copy of its element",
    label = "this loop changes elements of type `{T}` in place",
    note = "let the type `#[derive(Clone)]`; or push the new elements into a `Vec` and store them after the loop",
    note = "in a generic function, add what its loop needs to the type parameter, all at once: `T: parallel_for::Transport + Sync`, and `Clone` where elements are changed in place or an iteration may run twice"
)]
pub trait Of<T> {
    /// One more of them.
    fn copy(element: &T) -> T;

    /// The same in the place of one that is not needed any more.
    fn copy_into(copy: &mut T, element: &T);
}

// Without this the compiler would name the bound that is missing instead of what it means.
#[diagnostic::do_not_recommend]
impl<T: Clone> Of<T> for Copies {
    #[inline]
    fn copy(element: &T) -> T {
        element.clone()
    }

    #[inline]
    fn copy_into(copy: &mut T, element: &T) {
        copy.clone_from(element);
    }
}

/// The element that an iteration works on.
#[inline]
pub fn copy<T>(element: &T) -> T
where
    Copies: Of<T>,
{
    Copies::copy(element)
}

/// New elements of an array that wait to be stored. They take memory until then.
#[derive(Debug)]
pub struct Updates<T>(Vec<Update<T>>);

#[derive(Debug)]
enum Update<T> {
    /// What a chunk stores here and there.
    Scattered(Updated<T>),
    Neighbours(Sent<T>),
}

/// Neighbouring elements that have come from another rank.
#[derive(Debug)]
pub(super) struct Sent<T> {
    /// The index of the first.
    pub(super) start: usize,
    pub(super) elements: Values<T>,
}

impl<T> Sent<T> {
    /// With the index of the first.
    ///
    /// # Errors
    /// When no array has such places, in words.
    pub(super) fn arrived(start: usize, elements: Values<T>) -> Result<Self, String> {
        start
            .checked_add(elements.as_slice().len())
            .ok_or_else(no_places)?;
        Ok(Self { start, elements })
    }
}

impl<T> Default for Sent<T> {
    fn default() -> Self {
        Self {
            start: 0,
            elements: Values::default(),
        }
    }
}

/// Collects what the loop makes of this array's elements.
#[must_use]
pub fn updates<C: Indexed<K> + ?Sized, K>(_: &C) -> Updates<C::Element> {
    Updates(Vec::new())
}

impl<T> Updates<T> {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    /// Stores the new elements; of several for one place the last one stays. Has nothing more to
    /// store afterwards.
    ///
    /// # Panics
    /// Panics when the array has become shorter than the iterations found it.
    pub fn store<C: Indexed<K, Element = T> + ?Sized, K>(&mut self, array: &mut C) {
        for update in self.0.drain(..) {
            let (runs, elements) = match update {
                Update::Scattered(Updated { runs, elements, .. }) => (runs, elements.into()),
                Update::Neighbours(Sent { start, elements }) => {
                    let length = elements.as_slice().len();
                    (vec![Run { start, length }], elements)
                }
            };
            if let [run] = *runs
                && let Some(places) = array.elements().get_mut(run.places())
            {
                elements.store(places);
                continue;
            }
            let indices = runs.into_iter().flat_map(Run::places);
            for (index, element) in indices.zip(elements.into_vec()) {
                array.store(index, element);
            }
        }
    }

    /// Elements that have come from another rank.
    pub(super) fn add(&mut self, sent: Sent<T>) {
        if !sent.elements.as_slice().is_empty() {
            self.0.push(Update::Neighbours(sent));
        }
    }
}

/// Collects them in windows of the array, where iteration `k` surely writes element `first + k`.
pub fn windows<C: Indexed<K> + ?Sized, K>(array: &mut C, first: usize) -> Windows<'_, C::Element> {
    Windows::new(array.elements(), first)
}

/// How elements are copied.
#[derive(Debug)]
pub struct Copying<T> {
    pub(super) copy: fn(&T) -> T,
    pub(super) copy_into: fn(&mut T, &T),
}

impl<T> Clone for Copying<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Copying<T> {}

/// How the element that an iteration changes is copied.
#[must_use]
pub fn copying<T>() -> Copying<T>
where
    Copies: Of<T>,
{
    Copying {
        copy: Copies::copy,
        copy_into: Copies::copy_into,
    }
}

impl<T: Transport> Output for Updates<T> {}

impl<T: Send> Absorb for Updates<T> {
    type Part = Updated<T>;
    type Blanks = Spare<Updated<T>>;

    fn blanks(&mut self, _: Length) -> Spare<Updated<T>> {
        Spare::default()
    }

    fn absorb(&mut self, part: &mut Updated<T>) {
        if !part.elements.is_empty() {
            self.0.push(Update::Scattered(mem::take(part)));
        }
    }
}
