//! The part of a reduction: the contributions of a chunk, merged where that changes nothing.
//!
//! Invariant: nothing that was there at the last mark is changed by what comes after it, until the
//! next mark or another contribution makes clear that it stays.

use std::cell::Cell;

use serde::{Deserialize, Serialize};

use super::Operator;
use crate::gather::Part;

/// So many contributions of one iteration are kept apart where merging them would round.
const KEPT_APART: u32 = 64;

/// What one chunk contributes to a `T`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(serialize = "", deserialize = ""))]
pub struct Reduced<T, O: Operator<T>> {
    entries: Vec<O::Entry>,
    /// The entries before this number were there at the last mark.
    #[serde(skip)]
    sealed: Cell<usize>,
    /// How many entries the present iteration may still add where merging rounds.
    #[serde(skip)]
    room: Option<u32>,
}

impl<T, O: Operator<T>> Default for Reduced<T, O> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            sealed: Cell::new(0),
            room: None,
        }
    }
}

impl<T, O: Operator<T>> Reduced<T, O> {
    /// One contribution. Costs a few instructions, and the memory of an entry where it can't be
    /// merged with the one before.
    #[inline]
    pub(super) fn add(&mut self, entry: O::Entry) {
        if O::ROUNDS {
            return self.add_apart(entry);
        }
        if self.entries.len() <= self.sealed.get() {
            return self.add_behind_mark(entry);
        }
        if let Some(last) = self.entries.last_mut()
            && let Some(entry) = O::merge(last, entry)
        {
            self.entries.push(entry);
        }
    }

    /// The last entry has room for one that can be merged with it, without making one of it first.
    #[inline]
    pub(super) fn open(&mut self) -> Option<&mut O::Entry> {
        (self.entries.len() > self.sealed.get())
            .then(|| self.entries.last_mut())
            .flatten()
    }

    #[inline]
    fn add_apart(&mut self, entry: O::Entry) {
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
    fn add_behind_mark(&mut self, entry: O::Entry) {
        // The iteration before the mark has ended, so that what it left may be merged by now.
        if let Some(settled) = self.entries.pop() {
            let apart = match self.entries.last_mut() {
                Some(last) => O::merge(last, settled),
                None => Some(settled),
            };
            self.entries.extend(apart);
        }
        self.sealed.set(self.entries.len());
        self.entries.push(entry);
    }

    pub(super) fn into_entries(self) -> Vec<O::Entry> {
        self.entries
    }
}

impl<T, O: Operator<T, Entry = T>> Reduced<T, O> {
    /// What an iteration would give the variable.
    #[inline]
    pub fn put(&mut self, value: T) {
        self.add(value);
    }
}

impl<T, O: Operator<T>> Part for Reduced<T, O> {
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
