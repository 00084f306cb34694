//! The part of a reduction: the contributions of a chunk, merged where that changes nothing.
//!
//! Invariant: nothing that was there at the last mark is changed by what comes after it, until the
//! next mark or another contribution makes clear that it stays.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::vec::Drain;

use serde::{Deserialize, Serialize};

use super::Operator;
use crate::loop_parts::gather::Rewind;

/// So many contributions of one iteration are kept apart where merging them would round.
const KEPT_APART: u32 = 64;

/// What one chunk contributes by the operator `O`.
#[derive(Serialize, Deserialize)]
#[serde(bound(serialize = "E: Serialize", deserialize = "E: Deserialize<'de>"))]
pub struct Reduced<E, O> {
    entries: Vec<E>,
    /// The entries before this number were there at the last mark.
    #[serde(skip)]
    sealed: Cell<usize>,
    /// How many entries the present iteration may still add where merging rounds.
    #[serde(skip)]
    room: Option<u32>,
    #[serde(skip)]
    operator: PhantomData<fn() -> O>,
}

// The contributions are what the user knows of it.
impl<E: PartialEq, O> PartialEq for Reduced<E, O> {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl<E: fmt::Debug, O> fmt::Debug for Reduced<E, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.fmt(f)
    }
}

impl<E, O> Default for Reduced<E, O> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            sealed: Cell::new(0),
            room: None,
            operator: PhantomData,
        }
    }
}

impl<E, O: Operator<E>> Reduced<E, O> {
    /// One contribution. Costs a few instructions, and the memory of an entry where it can't be
    /// merged with the one before.
    #[inline]
    pub(super) fn add(&mut self, entry: E) {
        if O::ROUNDS {
            return self.add_apart(entry);
        }
        if self.entries.len() <= self.sealed.get() {
            return self.add_behind_mark(entry);
        }
        if let Some(last) = self.entries.last_mut()
            && let Some(entry) = O::merge(last, entry)
        {
            O::append(&mut self.entries, self.sealed.get(), entry);
        }
    }

    /// The last entry has room for one that can be merged with it, without making one of it first.
    #[inline]
    pub(super) fn open(&mut self) -> Option<&mut E> {
        (self.entries.len() > self.sealed.get())
            .then(|| self.entries.last_mut())
            .flatten()
    }

    #[inline]
    fn add_apart(&mut self, entry: E) {
        match &mut self.room {
            // From the first one of the excess on, so that the result follows from the iteration
            // alone, wherever its chunk begins.
            Some(0) => {
                if let Some(last) = self.entries.last_mut()
                    && let Some(entry) = O::merge(last, entry)
                {
                    self.entries.push(entry);
                }
                return;
            }
            Some(room) => *room -= 1,
            None => {}
        }
        self.entries.push(entry);
    }

    #[cold]
    fn add_behind_mark(&mut self, entry: E) {
        // The iteration before the mark has ended, so that what it left may be merged by now.
        if let Some(settled) = self.entries.pop() {
            let apart = match self.entries.last_mut() {
                Some(last) => O::merge(last, settled),
                None => Some(settled),
            };
            if let Some(settled) = apart {
                O::append(&mut self.entries, 0, settled);
            }
        }
        self.sealed.set(self.entries.len());
        self.entries.push(entry);
    }
}

impl<E, O> Reduced<E, O> {
    /// What an iteration would give the variable.
    // By a bound of the method, so that a type that is refused where it is lent is not refused anew.
    #[inline]
    pub fn put(&mut self, value: E)
    where
        O: Operator<E>,
    {
        self.add(value);
    }

    /// The contributions; what is left is blank.
    pub(super) fn emptied(&mut self) -> Drain<'_, E> {
        (self.sealed, self.room) = (Cell::new(0), None);
        self.entries.drain(..)
    }
}

impl<E, O> Rewind for Reduced<E, O> {
    type Mark = ();

    fn mark(&self) {
        self.sealed.set(self.entries.len());
    }

    fn rewind(&mut self, (): ()) {
        self.entries.truncate(self.sealed.get());
    }

    #[inline]
    fn begin(&mut self) {
        self.room = Some(KEPT_APART + 1);
    }
}
