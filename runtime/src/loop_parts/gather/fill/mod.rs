//! Lists to which every iteration pushes once, if it gets to its end: chunks fill the list's own spare capacity.
//!
//! Invariant: what is added to the list lies in its place already, where that was known when the chunk began.

mod free;
mod open;
mod room;
#[cfg(test)]
mod tests;

use std::fmt;
use std::mem;
use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::blanks::Spare;
use super::pieces::{self, Pieces, Wanted};
use super::raw::{RawPart, way};
use super::{Absorb, Blanks, Output, Rewind};
use crate::base::faithful::Check;
use crate::base::raw::{Packer, Unpacker, Values};
use crate::base::wire::{Encoder, Refused, Transport};
use crate::loop_parts::schedule::Length;
use open::OpenFilling;
use room::{Growing, Room, Window};

/// So many bytes are reserved where it is not sure that all of them will be needed.
const DOUBTFUL: usize = 64 << 20;

/// So few values are pushed elsewhere sooner than places are divided among chunks.
const FEW: usize = 32;

/// A list that is filled in place.
#[derive(Debug)]
pub struct FilledList<'a, T> {
    list: Growing<'a, T>,
    /// Whether every iteration runs.
    all_run: bool,
}

impl<'a, T> FilledList<'a, T> {
    pub(super) fn new(list: &'a mut Vec<T>) -> Self {
        Self {
            list: Growing::new(list),
            all_run: true,
        }
    }

    /// By a loop that an iteration may leave.
    pub(super) fn unless_left(self) -> Self {
        Self {
            all_run: false,
            ..self
        }
    }

    /// How many values a loop of this length is to have places for.
    fn expected(&self, length: Length) -> Option<usize> {
        let all = length.hint().and_then(|all| usize::try_from(all).ok())?;
        let is_sure = self.all_run && matches!(length, Length::Exact(_));
        let most = DOUBTFUL / size_of::<T>().max(1);
        (is_sure || all <= most).then_some(all)
    }
}

impl<T: Transport> Output for FilledList<'_, T> {}

impl<'a, T: Send> Absorb for FilledList<'a, T> {
    type Part = Filling<'a, T>;
    type Blanks = FillingBlanks<'a, T>;

    fn blanks(&mut self, length: Length) -> FillingBlanks<'a, T> {
        let expected = self.expected(length).filter(|&all| all > FEW);
        FillingBlanks {
            room: expected.and_then(|all| self.list.room(all)),
            spare: Spare::default(),
        }
    }

    fn absorb(&mut self, part: &mut Filling<'a, T>) {
        match &mut part.0 {
            Place::Window(window) => self.list.add(window),
            Place::List(list) => self.list.append(list),
            Place::Arrived(values) => self.list.append_arrived(mem::take(values)),
        }
    }
}

/// See [`Blanks`].
#[derive(Debug)]
pub struct FillingBlanks<'a, T> {
    room: Option<Room<'a, T>>,
    /// Where there is no room.
    spare: Spare<Vec<T>>,
}

impl<'a, T: Send> Blanks for FillingBlanks<'a, T> {
    type Part = Filling<'a, T>;

    const DIVISIBLE: bool = true;

    fn blank(&mut self, chunk: &Range<u64>) -> Filling<'a, T> {
        let number = |iteration| usize::try_from(iteration).unwrap_or(usize::MAX);
        let numbers = number(chunk.start)..number(chunk.end);
        let most = DOUBTFUL / size_of::<T>().max(1);
        let length = numbers.len().min(most);
        if let Some(window) = self.room.as_ref().and_then(|room| room.window(numbers)) {
            return Filling(Place::Window(window));
        }
        let mut list = self.spare.blank(chunk);
        // Without that, its blocks find memory for themselves.
        let _ = list.try_reserve(length);
        Filling(Place::List(list))
    }

    fn reuse(&mut self, part: Filling<'a, T>) {
        if let Place::List(list) = part.0 {
            self.spare.reuse(list);
        }
    }
}

/// What one chunk pushes to a list.
pub struct Filling<'a, T>(Place<'a, T>);

enum Place<'a, T> {
    /// In the list itself.
    Window(Window<'a, T>),
    /// Elsewhere: there is no room.
    List(Vec<T>),
    /// Where another rank's have arrived.
    Arrived(Values<T>),
}

/// What has arrived is added to the output, and nothing else.
const OWN: &str = "only this rank's own parts are filled, read back and sent";

impl<T> Filling<'_, T> {
    fn values(&self) -> &[T] {
        match &self.0 {
            Place::Window(window) => window.values(),
            Place::List(list) => list,
            Place::Arrived(values) => values.as_slice(),
        }
    }
}

/// Parts of outputs to which an iteration pushes once.
pub trait Opens {
    /// What the iterations of one block push to.
    type Opened<'part>
    where
        Self: 'part;

    /// See [`open`].
    fn open(&mut self, iterations: usize) -> Self::Opened<'_>;
}

/// What the next so many iterations push to.
#[inline]
pub fn open<P: Opens>(part: &mut P, iterations: usize) -> P::Opened<'_> {
    part.open(iterations)
}

impl<T> Opens for Filling<'_, T> {
    type Opened<'part>
        = OpenFilling<'part, T>
    where
        Self: 'part;

    fn open(&mut self, iterations: usize) -> OpenFilling<'_, T> {
        match &mut self.0 {
            Place::Window(window) => OpenFilling::of_window(window, iterations),
            Place::List(list) => OpenFilling::of_list(list, iterations),
            Place::Arrived(_) => unreachable!("{OWN}"),
        }
    }
}

// The values are what the user knows of it.
impl<T: PartialEq> PartialEq for Filling<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.values() == other.values()
    }
}

impl<T: fmt::Debug> fmt::Debug for Filling<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.values().fmt(f)
    }
}

impl<T> RawPart for Filling<'_, T> {
    fn is_raw() -> bool {
        Vec::<T>::is_raw()
    }

    fn pack(&mut self, packer: &mut Packer) {
        match &mut self.0 {
            Place::Window(window) => packer.slice(way(), window.values_mut()),
            Place::List(list) => list.pack(packer),
            Place::Arrived(_) => unreachable!("{OWN}"),
        }
    }

    fn unpack(unpacker: &mut Unpacker) -> Result<Self, String> {
        unpacker
            .values(way())
            .map(|values| Self(Place::Arrived(values)))
    }

    fn read_back(
        parts: &mut [Self],
        encoder: &Encoder,
        check: &Check<Self>,
        wanted: Wanted,
    ) -> Result<Wanted, Refused>
    where
        Self: Transport,
    {
        pieces::read_back(parts, encoder, check, wanted)
    }
}

impl<T> Pieces for Filling<'_, T> {
    type Value = T;

    fn length(&self) -> usize {
        self.values().len()
    }

    fn swap_with_last(&mut self, start: usize, count: usize) {
        let values = match &mut self.0 {
            Place::Window(window) => window.values_mut(),
            Place::List(list) => list,
            Place::Arrived(_) => unreachable!("{OWN}"),
        };
        pieces::swap_with_last(values, start, count);
    }

    fn split_off(&mut self, at: usize) -> Self {
        Self(Place::List(match &mut self.0 {
            Place::Window(window) => window.split_off(at),
            Place::List(list) => list.split_off(at),
            Place::Arrived(_) => unreachable!("{OWN}"),
        }))
    }

    fn put_back(&mut self, piece: Self) {
        let Place::List(mut values) = piece.0 else {
            unreachable!("what was taken out is a list")
        };
        match &mut self.0 {
            Place::Window(window) => window.append(&mut values),
            Place::List(list) => list.append(&mut values),
            Place::Arrived(_) => unreachable!("{OWN}"),
        }
    }
}

impl<T: Serialize> Serialize for Filling<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.values().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Filling<'_, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(|list| Self(Place::List(list)))
    }
}

impl<T> Rewind for Filling<'_, T> {
    type Mark = usize;

    fn mark(&mut self) -> usize {
        self.values().len()
    }

    fn rewind(&mut self, mark: usize) {
        match &mut self.0 {
            Place::Window(window) => window.truncate(mark),
            Place::List(list) => list.truncate(mark),
            Place::Arrived(_) => unreachable!("{OWN}"),
        }
    }
}
