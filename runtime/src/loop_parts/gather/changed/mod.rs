//! Items that a loop changes, of any iterator: each rank has all of them, and they are known by their numbers. A chunk
//! works on its own items; what travels are the values behind them, which every rank stores through its own.
//!
//! Invariant: no two chunks have an item in common. What is behind the items of a chunk is as it was before, unless the
//! chunk's part is added to the output; where chunks run one after the other, a panic leaves it as the loop as it is
//! written does.

mod behind;
mod known;
#[cfg(test)]
mod tests;

use std::fmt;
use std::marker::PhantomData;
use std::mem;
use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::blanks::Spare;
use super::front::Former;
use super::gaps::{Gaps, Returned};
use super::raw::RawPart;
use super::{Absorb, Blanks, Output, Rewind};
use crate::base::raw::{Packer, Unpacker};
use crate::base::wire::Transport;
use crate::loop_parts::captures::Captures;
use crate::loop_parts::schedule::Length;
use behind::Changing;
pub use known::{known, known_here};

/// The items of a loop that it changes. What other ranks make of them waits to be stored.
pub struct Changed<'a, I: Changing<K>, K> {
    items: &'a mut [I],
    stored: Stored<I, K>,
    /// What was told of the items before.
    told: Captures,
}

/// New values, with the number of the first item.
pub struct Stored<I: Changing<K>, K>(Vec<(usize, Vec<I::Value>)>);

/// The items of a loop that it changes.
pub fn changed<I: Changing<K>, K>(items: &mut [I]) -> Changed<'_, I, K> {
    Changed {
        items,
        stored: Stored(Vec::new()),
        told: Captures::default(),
    }
}

/// One by one, for an iteration that runs in the function itself.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "before Rust 1.92, `I` does not live long enough for the method itself"
)]
pub fn lent<I: Changing<K>, K>(items: &mut [I]) -> impl Iterator<Item = I::Lent<'_>> {
    items.iter_mut().map(|item| item.lend())
}

impl<I: Changing<K>, K> Changed<'_, I, K> {
    /// What ranks compare of the items.
    #[must_use]
    pub fn with(self, told: Captures) -> Self {
        Self { told, ..self }
    }

    /// What remains to be stored.
    #[must_use]
    pub fn collected(self) -> Stored<I, K> {
        self.stored
    }
}

impl<I: Changing<K>, K> Stored<I, K> {
    /// Stores the new values.
    pub fn store(self, items: &mut [I]) {
        for (start, values) in self.0 {
            for (item, value) in items.iter_mut().skip(start).zip(values) {
                item.store(value);
            }
        }
    }
}

impl<I: Changing<K, Value: Transport> + Send, K> Output for Changed<'_, I, K> {}

impl<'a, I: Changing<K, Value: Send> + Send, K> Absorb for Changed<'a, I, K> {
    type Part = ChangedPart<'a, I, K>;
    type Blanks = ChangedBlanks<'a, I, K>;

    fn blanks(&mut self, _: Length) -> ChangedBlanks<'a, I, K> {
        ChangedBlanks {
            gaps: Gaps::new(mem::take(&mut self.items)),
            spare: Spare::default(),
            former: true,
            kind: PhantomData,
        }
    }

    fn absorb(&mut self, part: &mut ChangedPart<'a, I, K>) {
        match &mut part.place {
            Place::Here(here) => here.keep(),
            Place::Elsewhere { start, values } => {
                self.stored.0.push((*start, mem::take(values)));
            }
        }
    }

    fn tell(&mut self, captures: &mut Captures) {
        captures.include(mem::take(&mut self.told));
    }
}

/// See [`Blanks`].
pub struct ChangedBlanks<'a, I: Changing<K>, K> {
    gaps: Gaps<'a, I>,
    /// Memory for former values.
    spare: Spare<Vec<I::Value>>,
    /// Whether these are kept.
    former: bool,
    kind: PhantomData<fn() -> K>,
}

impl<'a, I: Changing<K, Value: Send> + Send, K> Blanks for ChangedBlanks<'a, I, K> {
    type Part = ChangedPart<'a, I, K>;

    const DIVISIBLE: bool = false;

    fn blank(&mut self, chunk: &Range<u64>) -> ChangedPart<'a, I, K> {
        let number = |iteration| usize::try_from(iteration).unwrap_or(usize::MAX);
        let range = number(chunk.start)..number(chunk.end);
        ChangedPart {
            place: Place::Here(Here {
                start: range.start,
                items: self.gaps.take(range),
                ran: 0,
                former: self.spare.blank(chunk),
                first: 0,
                kept: 0,
                keeps: if self.former { Keeps::All } else { Keeps::None },
                returned: self.former.then(|| self.gaps.returned()),
            }),
        }
    }

    fn keep_former(&mut self, former: &Former) {
        self.former = !matches!(former, Former::None);
    }

    fn reuse(&mut self, mut part: ChangedPart<'a, I, K>) {
        if let Place::Here(here) = &mut part.place {
            self.spare.reuse(mem::take(&mut here.former));
        }
    }
}

/// The items that one chunk changes.
pub struct ChangedPart<'a, I: Changing<K>, K> {
    place: Place<'a, I, K>,
}

enum Place<'a, I: Changing<K>, K> {
    /// Behind the items of this rank.
    Here(Here<'a, I, K>),
    /// Those of another one, which has sent them.
    Elsewhere { start: usize, values: Vec<I::Value> },
}

/// Items of this rank.
struct Here<'a, I: Changing<K>, K> {
    /// The number of the first.
    start: usize,
    items: &'a mut [I],
    /// So many iterations have begun.
    ran: usize,
    /// What was behind the items from `first` on: the first `kept` of these. Others are memory to be used again.
    former: Vec<I::Value>,
    first: usize,
    kept: usize,
    keeps: Keeps,
    /// Where the items go if they are as they were before.
    returned: Option<Returned<'a, I>>,
}

/// What can come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keeps {
    All,
    /// What the last iteration has changed, which may leave the loop.
    Last,
    None,
}

impl<I: Changing<K>, K> Here<'_, I, K> {
    fn item(&mut self, number: usize) -> I::Lent<'_> {
        let at = number - self.start;
        debug_assert_eq!(at, self.ran, "items come in their order");
        let item = &mut self.items[at];
        if self.keeps != Keeps::None {
            match self.former.get_mut(self.kept) {
                Some(spare) => item.value_into(spare),
                None => self.former.push(item.value()),
            }
            self.kept += 1;
        }
        self.ran = at + 1;
        item.lend()
    }

    /// What was written stays.
    fn keep(&mut self) {
        self.items = &mut [];
        self.kept = 0;
    }

    /// Undoes what the iterations from this one of the chunk on have changed, as far as it can come back.
    fn undo(&mut self, from: usize) {
        let kept = from.saturating_sub(self.first).min(self.kept);
        let former = &mut self.former[kept..self.kept];
        let items = self.items.iter_mut().skip(self.first + kept);
        for (item, value) in items.zip(former) {
            item.take(value);
        }
        self.kept = kept;
        self.ran = self.ran.min(from);
    }
}

impl<I: Changing<K>, K> Drop for Here<'_, I, K> {
    fn drop(&mut self) {
        if self.keeps == Keeps::All {
            self.undo(0);
        }
        if let Some(returned) = &self.returned {
            returned.give(self.start, mem::take(&mut self.items));
        }
    }
}

impl<I: Changing<K>, K> ChangedPart<'_, I, K> {
    /// The item with this number, once, after those before it.
    ///
    /// # Panics
    /// Panics when the part is another rank's.
    #[inline]
    pub fn item(&mut self, number: usize) -> I::Lent<'_> {
        match &mut self.place {
            Place::Here(here) => here.item(number),
            Place::Elsewhere { .. } => unreachable!("bodies have items of this rank"),
        }
    }

    fn start(&self) -> usize {
        match &self.place {
            Place::Here(here) => here.start,
            Place::Elsewhere { start, .. } => *start,
        }
    }
}

/// What was made of the items: values of this rank's are copied.
fn written<R, I: Changing<K>, K>(
    part: &ChangedPart<'_, I, K>,
    with: impl FnOnce(&Vec<I::Value>) -> R,
) -> R {
    match &part.place {
        Place::Here(here) => with(&here.items[..here.ran].iter().map(Changing::value).collect()),
        Place::Elsewhere { values, .. } => with(values),
    }
}

// The values are what the user knows of it.
impl<I: Changing<K, Value: PartialEq>, K> PartialEq for ChangedPart<'_, I, K> {
    fn eq(&self, other: &Self) -> bool {
        written(self, |these| written(other, |others| these == others))
    }
}

impl<I: Changing<K, Value: fmt::Debug>, K> fmt::Debug for ChangedPart<'_, I, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        written(self, |values| values.fmt(f))
    }
}

impl<I: Changing<K>, K> RawPart for ChangedPart<'_, I, K> {
    fn is_raw() -> bool {
        Vec::<I::Value>::is_raw()
    }

    fn pack(&mut self, packer: &mut Packer) {
        packer.number(self.start());
        match &self.place {
            Place::Here(here) => {
                let ran = &here.items[..here.ran];
                let mut values: Vec<I::Value> = ran.iter().map(Changing::value).collect();
                values.pack(packer);
            }
            Place::Elsewhere { .. } => unreachable!("what has come from another rank stays here"),
        }
    }

    fn unpack(unpacker: &mut Unpacker) -> Result<Self, String> {
        let (start, values) = (unpacker.number()?, Vec::unpack(unpacker)?);
        let place = Place::Elsewhere { start, values };
        Ok(Self { place })
    }
}

impl<I: Changing<K, Value: Serialize>, K> Serialize for ChangedPart<'_, I, K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        written(self, |values| (self.start(), values).serialize(serializer))
    }
}

impl<'de, I: Changing<K, Value: Deserialize<'de>>, K> Deserialize<'de> for ChangedPart<'_, I, K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, values) = Deserialize::deserialize(deserializer)?;
        let place = Place::Elsewhere { start, values };
        Ok(Self { place })
    }
}

/// Where an iteration leaves the loop, what it has changed is as it was before.
impl<I: Changing<K>, K> Rewind for ChangedPart<'_, I, K> {
    type Mark = usize;

    fn mark(&mut self) -> usize {
        let Place::Here(here) = &mut self.place else {
            return 0;
        };
        if here.keeps != Keeps::All {
            here.keeps = Keeps::Last;
            (here.first, here.kept) = (here.ran, 0);
        }
        here.ran
    }

    fn rewind(&mut self, mark: usize) {
        if let Place::Here(here) = &mut self.place {
            here.undo(mark);
        }
    }
}
