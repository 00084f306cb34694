//! Updates in place where every iteration surely writes its own element, which has the iteration's number:
//! a chunk works on its own window of the array.
//!
//! Invariant: no two chunks have an element in common. A window is left as it was before the chunk, unless the
//! chunk's part is added to the output; where chunks run one after the other, a panic leaves it as the loop as it is
//! written does.

mod bytes;
mod snapshot;
#[cfg(test)]
mod tests;
mod unaliased;

use std::fmt;
use std::mem::{self, needs_drop};
use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::blanks::Spare;
use super::fresh::Fresh;
use super::front::{Former, Front};
use super::gaps::{Gaps, Returned};
use super::raw::{RawPart, way};
use super::updates::{Copying, Sent, Updates};
use super::{Absorb, Blanks, Output, Rewind};
use crate::base::raw::{Packer, Unpacker, Values};
use crate::base::wire::Transport;
use crate::loop_parts::captures::Captures;
use crate::loop_parts::schedule::Length;
use snapshot::Snapshot;
pub use unaliased::{iterated, unaliased};

/// An array that a loop updates in windows. What other ranks write waits to be stored.
#[derive(Debug)]
pub struct Windows<'a, T> {
    array: &'a mut [T],
    /// The index of the first iteration.
    first: usize,
    collected: Updates<T>,
    /// What was told of the array before.
    told: Captures,
}

impl<'a, T> Windows<'a, T> {
    pub(super) fn new(array: &'a mut [T], first: usize) -> Self {
        Self {
            array,
            first,
            collected: Updates::new(),
            told: Captures::default(),
        }
    }

    /// Of elements that iterations read: what ranks compare.
    #[must_use]
    pub fn with(self, told: Captures) -> Self {
        Self { told, ..self }
    }

    /// What remains to be stored.
    #[must_use]
    pub fn collected(self) -> Updates<T> {
        self.collected
    }
}

impl<T: Transport> Output for Windows<'_, T> {}

impl<'a, T: Send> Absorb for Windows<'a, T> {
    type Part = Window<'a, T>;
    type Blanks = WindowBlanks<'a, T>;

    fn blanks(&mut self, _: Length) -> WindowBlanks<'a, T> {
        let array = mem::take(&mut self.array);
        WindowBlanks {
            length: array.len(),
            gaps: Gaps::new(array),
            first: self.first,
            spare: Spare::default(),
            former: Former::All,
        }
    }

    fn absorb(&mut self, part: &mut Window<'a, T>) {
        match &mut part.place {
            Place::Here(here) => here.keep(),
            Place::Elsewhere(sent) => self.collected.add(mem::take(sent)),
        }
    }

    fn tell(&mut self, captures: &mut Captures) {
        captures.include(mem::take(&mut self.told));
    }
}

/// See [`Blanks`].
#[derive(Debug)]
pub struct WindowBlanks<'a, T> {
    gaps: Gaps<'a, T>,
    /// Elements of the whole array.
    length: usize,
    first: usize,
    /// The memory of snapshots.
    spare: Spare<Snapshot<T>>,
    former: Former,
}

impl<'a, T: Send> Blanks for WindowBlanks<'a, T> {
    type Part = Window<'a, T>;

    const DIVISIBLE: bool = false;

    fn blank(&mut self, chunk: &Range<u64>) -> Window<'a, T> {
        let index = |iteration| {
            let iteration = usize::try_from(iteration).unwrap_or(usize::MAX);
            self.first.saturating_add(iteration)
        };
        let range = index(chunk.start)..index(chunk.end);
        Window {
            place: Place::Here(Here {
                start: range.start,
                length: self.length,
                window: self.gaps.take(range),
                fresh: (!matches!(self.former, Former::None)).then(Fresh::default),
                before: self.before(chunk),
                until: self.former.front(),
                first: chunk.start,
                returned: match self.former {
                    Former::All => Some(self.gaps.returned()),
                    Former::Behind(_) | Former::None => None,
                },
            }),
        }
    }

    fn at_hand() -> Option<u64> {
        if needs_drop::<T>() {
            // Of those that are raw, it is known that dropping them does not panic, but not how large they are.
            return Vec::<T>::is_raw().then_some(u64::MAX);
        }
        Some((bytes::AT_HAND / size_of::<T>().max(1)).max(1) as u64)
    }

    fn keep_former(&mut self, former: &Former) {
        self.former = former.clone();
    }

    fn reuse(&mut self, mut part: Window<'a, T>) {
        if let Place::Here(here) = &mut part.place
            && !matches!(self.former, Former::None)
        {
            self.spare.reuse(mem::take(&mut here.before));
        }
    }
}

impl<T: Send> WindowBlanks<'_, T> {
    fn before(&mut self, chunk: &Range<u64>) -> Snapshot<T> {
        match self.former {
            Former::None => Snapshot::none(),
            Former::All | Former::Behind(_) => {
                let mut before = self.spare.blank(chunk);
                before.begin();
                before
            }
        }
    }
}

/// The elements that one chunk updates.
pub struct Window<'a, T> {
    place: Place<'a, T>,
}

enum Place<'a, T> {
    /// In the array of this rank.
    Here(Here<'a, T>),
    /// In that of another one, which has sent them.
    Elsewhere(Sent<T>),
}

/// A window of this rank's array.
struct Here<'a, T> {
    /// The index of its first element.
    start: usize,
    /// Elements of the whole array.
    length: usize,
    window: &'a mut [T],
    /// Where other threads are at work.
    fresh: Option<Fresh>,
    before: Snapshot<T>,
    /// Where it is not needed any more when a front has come to the first iteration.
    until: Option<Front>,
    first: u64,
    /// Where the window goes if it is as it was before.
    returned: Option<Returned<'a, T>>,
}

impl<T> Here<'_, T> {
    /// What was written stays.
    fn keep(&mut self) {
        self.window = &mut [];
        self.before.forget();
    }
}

impl<T> Drop for Here<'_, T> {
    fn drop(&mut self) {
        self.before.restore(self.window);
        if let Some(returned) = &self.returned {
            returned.give(self.start, mem::take(&mut self.window));
        }
    }
}

impl<T> Window<'_, T> {
    /// The next elements, of so many iterations.
    ///
    /// # Panics
    /// Panics when the part is another rank's.
    pub fn open(&mut self, iterations: usize) -> OpenWindow<'_, T> {
        let Place::Here(here) = &mut self.place else {
            unreachable!("bodies have windows of this rank's array");
        };
        if let Some(front) = &here.until
            && front.is_at(here.first)
        {
            here.before.end();
        }
        if let Some(fresh) = &mut here.fresh {
            fresh.write_first(here.window, iterations);
        }
        here.before.add(here.window, iterations);
        OpenWindow {
            start: here.start,
            length: here.length,
            window: here.window,
            before: &mut here.before,
        }
    }

    /// What was written, with the index of its first element.
    fn written(&self) -> (usize, &[T]) {
        match &self.place {
            Place::Here(here) => (here.start, here.window),
            Place::Elsewhere(sent) => (sent.start, sent.elements.as_slice()),
        }
    }
}

/// The elements for one block of iterations. A value of its own, to which nothing refers: so it can live in
/// registers.
#[derive(Debug)]
pub struct OpenWindow<'part, T> {
    start: usize,
    length: usize,
    window: &'part mut [T],
    before: &'part mut Snapshot<T>,
}

impl<T> OpenWindow<'_, T> {
    /// `array[index] = element`
    ///
    /// # Panics
    /// Panics where that does.
    #[inline]
    #[track_caller]
    pub fn put(&mut self, index: usize, element: T) {
        let at = index.wrapping_sub(self.start);
        match self.window.get_mut(at) {
            Some(place) => self.before.replaced(at, mem::replace(place, element)),
            None => outside(index, self.length),
        }
    }

    /// `&mut array[index]`, once in an iteration.
    ///
    /// # Panics
    /// Panics where that does.
    #[inline]
    #[track_caller]
    pub fn element(&mut self, index: usize, copying: Copying<T>) -> &mut T {
        let at = index.wrapping_sub(self.start);
        match self.window.get_mut(at) {
            Some(element) => {
                self.before.changes(at, element, copying);
                element
            }
            None => outside(index, self.length),
        }
    }
}

/// In the words of the standard library, at the user's own place.
#[cold]
#[inline(never)]
#[track_caller]
fn outside(index: usize, length: usize) -> ! {
    assert!(
        index >= length,
        "the iteration with the number {index} has another place in the loop"
    );
    panic!("index out of bounds: the len is {length} but the index is {index}");
}

// The elements are what the user knows of it.
impl<T: PartialEq> PartialEq for Window<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.written().1 == other.written().1
    }
}

impl<T: fmt::Debug> fmt::Debug for Window<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.written().1.fmt(f)
    }
}

/// One run, without a codec.
impl<T> RawPart for Window<'_, T> {
    fn is_raw() -> bool {
        Vec::<T>::is_raw()
    }

    fn pack(&mut self, packer: &mut Packer) {
        match &mut self.place {
            Place::Here(here) => {
                packer.number(here.start);
                packer.slice(way(), here.window);
            }
            Place::Elsewhere(_) => unreachable!("what has come from another rank stays here"),
        }
    }

    fn unpack(unpacker: &mut Unpacker) -> Result<Self, String> {
        let (start, elements) = (unpacker.number()?, unpacker.values(way())?);
        Sent::arrived(start, elements).map(|sent| Self {
            place: Place::Elsewhere(sent),
        })
    }
}

/// One run, as it travels by a codec.
#[derive(Serialize)]
struct Written<'part, T> {
    start: usize,
    elements: &'part [T],
}

/// The same, as it arrives.
#[derive(Deserialize)]
struct Arrived<T> {
    start: usize,
    elements: Vec<T>,
}

impl<T: Serialize> Serialize for Window<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (start, elements) = self.written();
        Written { start, elements }.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Window<'_, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Arrived { start, elements } = Arrived::deserialize(deserializer)?;
        let elements = Values::from(elements);
        Ok(Self {
            place: Place::Elsewhere(Sent { start, elements }),
        })
    }
}

/// Loops that can be left don't work on windows.
impl<T> Rewind for Window<'_, T> {
    type Mark = ();

    fn mark(&mut self) {}

    fn rewind(&mut self, (): ()) {}
}
