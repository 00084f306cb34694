//! The part of a reduction: the contributions of a chunk, merged where that changes nothing.
//!
//! Sums of integers are kept in a tally, and no entries are made of them. Where chunks run one after the other, floats are
//! added to the present value at once. Of entries, the last one stands apart from
//! the others, and rare cases take the whole part by value: so nobody has its address, and it is in a register while
//! the loop runs.
//!
//! Invariant: nothing that was there at the last mark is changed by what comes after it, until the
//! next mark or another contribution makes clear that it stays.

use std::iter::Chain;
use std::marker::PhantomData;
use std::vec::Drain;
use std::{fmt, mem, option};

use serde::{Deserialize, Serialize};

use super::Operator;
use super::tally::Tally;
use crate::base::raw::{Packer, Unpacker};
use crate::loop_parts::gather::Rewind;
use crate::loop_parts::gather::raw::RawPart;

/// So many contributions of one iteration are kept apart where merging them would round.
const KEPT_APART: u32 = 64;

/// What one chunk contributes by the operator `O`.
#[derive(Serialize, Deserialize)]
#[serde(bound(serialize = "E: Serialize", deserialize = "E: Deserialize<'de>"))]
pub struct Reduced<E, O> {
    /// What was there before the entries.
    #[serde(skip)]
    base: Base<E>,
    entries: Vec<E>,
    tally: Tally,
    /// The entry behind these, until it travels: it came after the last mark, and others may be merged with it.
    #[serde(skip)]
    open: Option<E>,
    /// The entries before this number were there at the last mark.
    #[serde(skip)]
    sealed: usize,
    /// How many entries the present iteration may still add where merging rounds.
    #[serde(skip)]
    room: Option<u32>,
    #[serde(skip)]
    operator: PhantomData<fn() -> O>,
}

/// What the contributions of a chunk are added to.
#[derive(Clone, Copy, Debug, Default)]
enum Base<E> {
    /// The variable, when it is the chunk's turn.
    #[default]
    Variable,
    /// This value, at once: the variable has it when the chunk is over.
    Value(E),
    /// The same, with entries behind it.
    Kept(E),
}

impl<E> Base<E> {
    /// From now on there are entries.
    fn keep(&mut self) {
        if let Self::Value(value) = mem::take(self) {
            *self = Self::Kept(value);
        }
    }

    fn take(&mut self) -> Option<E> {
        match mem::take(self) {
            Self::Variable => None,
            Self::Value(value) | Self::Kept(value) => Some(value),
        }
    }
}

// The contributions are what the user knows of it.
impl<E: PartialEq, O> PartialEq for Reduced<E, O> {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
            && self.open == other.open
            && self.tally.settled() == other.tally.settled()
    }
}

impl<E: fmt::Debug, O> fmt::Debug for Reduced<E, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        list.entries(self.entries.iter().chain(&self.open));
        if let Some(sum) = self.tally.sum() {
            list.entry(&sum);
        }
        list.finish()
    }
}

impl<E, O> Default for Reduced<E, O> {
    fn default() -> Self {
        Self {
            base: Base::default(),
            entries: Vec::new(),
            tally: Tally::default(),
            open: None,
            sealed: 0,
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
        self.add_from(entry, false);
    }

    /// The same from a place that an iteration comes to once at most: one of fewer than 2^10 such places, in a block of
    /// at most 2^20 iterations.
    #[inline]
    pub(super) fn add_once(&mut self, entry: E) {
        self.add_from(entry, true);
    }

    #[inline]
    fn add_from(&mut self, entry: E, once: bool) {
        if O::ROUNDS {
            return self.add_apart(entry);
        }
        let Some(entry) = O::tally(&mut self.tally, entry, once) else {
            return;
        };
        let entry = match &mut self.open {
            Some(open) => O::merge(open, entry),
            None => Some(entry),
        };
        if let Some(entry) = entry {
            let entries = mem::take(&mut self.entries);
            (self.entries, self.sealed, self.open) =
                Self::behind(entries, self.sealed, self.open.take(), entry);
        }
    }

    /// The last entry has room for one that can be merged with it, without making one of it first.
    #[inline]
    pub(super) fn open(&mut self) -> Option<&mut E> {
        self.open.as_mut()
    }

    #[inline]
    fn add_apart(&mut self, entry: E) {
        if let Base::Value(value) = &mut self.base {
            match &mut self.room {
                None => return O::change(value, entry),
                Some(room) if *room > 1 => {
                    *room -= 1;
                    return O::change(value, entry);
                }
                // The excess is put together first, as anywhere.
                Some(_) => self.base.keep(),
            }
        }
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
        push(&mut self.entries, entry);
    }

    /// All entries, where the last one can't be merged with the open one, if there is any.
    #[cold]
    #[inline(never)]
    fn behind(
        mut entries: Vec<E>,
        sealed: usize,
        open: Option<E>,
        entry: E,
    ) -> (Vec<E>, usize, Option<E>) {
        let Some(open) = open else {
            Self::merge_settled(&mut entries);
            let sealed = entries.len();
            return (entries, sealed, Some(entry));
        };
        entries.push(open);
        O::append(&mut entries, sealed, entry);
        let open = (entries.len() > sealed).then(|| entries.pop()).flatten();
        (entries, sealed, open)
    }

    /// The iteration before the mark has ended, so that what it left may be merged by now.
    fn merge_settled(entries: &mut Vec<E>) {
        if let Some(settled) = entries.pop() {
            let apart = match entries.last_mut() {
                Some(last) => O::merge(last, settled),
                None => Some(settled),
            };
            if let Some(settled) = apart {
                O::append(entries, 0, settled);
            }
        }
    }
}

/// Pushes without ever giving away the list's address.
#[inline]
fn push<E>(entries: &mut Vec<E>, entry: E) {
    if entries.len() == entries.capacity() {
        *entries = grown(mem::take(entries));
    }
    entries.push(entry);
}

#[cold]
#[inline(never)]
fn grown<E>(mut entries: Vec<E>) -> Vec<E> {
    entries.reserve(1);
    entries
}

/// Entries in their order.
pub(super) type Emptied<'part, E> = Chain<Drain<'part, E>, option::IntoIter<E>>;

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

    /// The contributions are made to the value of the target, where that can be had: no other chunk's come between.
    pub(super) fn go_on(&mut self, target: &O::Target)
    where
        O: Operator<E>,
    {
        self.base = O::present(target).map_or(Base::Variable, Base::Value);
    }

    /// Does to the target what the contributions do; what is left is blank.
    #[inline]
    pub(super) fn replay(&mut self, target: &mut O::Target)
    where
        O: Operator<E>,
    {
        let tally = mem::take(&mut self.tally);
        if let Some(value) = self.base.take() {
            O::take_on(target, value);
        }
        for entry in self.emptied() {
            O::apply(target, entry);
        }
        O::apply_tally(target, tally);
    }

    /// The entries; what is left has none.
    pub(super) fn emptied(&mut self) -> Emptied<'_, E> {
        (self.sealed, self.room) = (0, None);
        self.entries.drain(..).chain(self.open.take())
    }
}

impl<E, O> RawPart for Reduced<E, O> {
    fn is_raw() -> bool {
        Vec::<E>::is_raw()
    }

    fn pack(&mut self, packer: &mut Packer) {
        self.entries.pack(packer);
        self.tally.pack(packer);
    }

    fn unpack(unpacker: &mut Unpacker) -> Result<Self, String> {
        Ok(Self {
            entries: Vec::unpack(unpacker)?,
            tally: Tally::unpack(unpacker)?,
            ..Self::default()
        })
    }
}

impl<E, O> Rewind for Reduced<E, O> {
    type Mark = Tally;

    #[inline]
    fn mark(&mut self) -> Tally {
        self.base.keep();
        self.settle();
        self.sealed = self.entries.len();
        self.tally
    }

    fn rewind(&mut self, mark: Tally) {
        self.tally = mark;
        self.open = None;
        self.entries.truncate(self.sealed);
    }

    #[inline]
    fn begin(&mut self) {
        self.room = Some(KEPT_APART + 1);
    }

    #[inline]
    fn end_block(&mut self) {
        self.tally.end_block();
    }

    #[inline]
    fn settle(&mut self) {
        if let Some(open) = self.open.take() {
            push(&mut self.entries, open);
        }
    }
}
