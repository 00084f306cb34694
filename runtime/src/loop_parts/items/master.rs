//! Items that only the master has, such as lines of standard input: they travel with the order.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;
use std::vec;

use super::{Digest, ItemSource, Next, Passed, Prefetch, Recall, Sequential, Taken};
use crate::base::faithful::{Check, Compare};
use crate::base::hashed;
use crate::base::type_level::{Never, No};
use crate::base::wire::{self, Encoded, Encoder, Reading, Transport};
use crate::loop_parts::schedule::Length;

/// An iterator that is moved on the master alone.
pub struct MasterItems<I: Iterator> {
    items: Sequential<I>,
    encoder: Encoder,
    /// How an item is compared to what serde makes of it.
    check: Check<I::Item>,
    /// Whether items may be needed again.
    wanted: bool,
    /// Whether one that panics may run again where it did: by a copy that serde makes, so what it loses is refused.
    tried: bool,
    /// Chunks that may be needed again, by their start: where they end, and their items.
    kept: BTreeMap<u64, (u64, Encoded)>,
}

impl<I: Iterator<Item: Transport>> MasterItems<I> {
    /// The items that `iter` yields on the master.
    pub(crate) fn new(items: impl IntoIterator<IntoIter = I>, check: Check<I::Item>) -> Self {
        Self {
            items: Sequential::new(items.into_iter(), Digest::none()),
            encoder: Encoder::default(),
            check,
            wanted: false,
            tried: false,
            kept: BTreeMap::new(),
        }
    }
}

/// Items that can travel; `Same` is the type itself, and unknown where they can't (see `type_level`).
#[diagnostic::on_unimplemented(
    message = "the items of `{Self}` can't travel from the master to the other ranks",
    label = "each item must be an owned, serialisable value",
    note = "turn them into such values here: `.map(|line| line.unwrap())` for lines of a reader, `.map(ToOwned::to_owned)` for references"
)]
pub trait Shippable<Same> {
    /// The value itself.
    fn ship(self) -> Same;
}

#[diagnostic::do_not_recommend]
impl<I: IntoIterator<Item: Transport>> Shippable<I> for I {
    fn ship(self) -> I {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<I: Never> Shippable<No> for I {
    fn ship(self) -> No {
        No
    }
}

/// The items of an expansion, and the means of their type.
pub fn shipped<I: IntoIterator<Item: Transport>, C: Compare<I::Item>>(
    items: impl Shippable<I>,
    _means: C,
) -> MasterItems<I::IntoIter> {
    MasterItems::new(items.ship(), Check::by::<C>())
}

impl<I: Iterator<Item: Transport>> MasterItems<I> {
    /// # Panics
    /// Panics, with the reason, when serde loses something of an item.
    fn encode(&self, items: &Vec<I::Item>) -> Encoded {
        let is_due = self.encoder.is_due::<I::Item>(0);
        let reading = Reading::of_due(is_due);
        let encoded = self.encoder.encode_parts(items, &self.check, reading);
        encoded.unwrap_or_else(|refused| panic!("{}", refused.words))
    }
}

impl<I: Iterator<Item: Transport>> ItemSource for MasterItems<I> {
    type Item = I::Item;
    type Iter = vec::IntoIter<I::Item>;

    /// Unknown to all: on other ranks the iterator means nothing.
    fn length(&self) -> Length {
        Length::Unknown
    }

    fn end(&self) -> Option<u64> {
        None
    }

    /// As serde writes them.
    fn is_seen(&self) -> bool {
        true
    }

    fn take(
        &mut self,
        range: Range<u64>,
        checked: bool,
        prefetch: &Prefetch<'_>,
    ) -> Taken<Self::Iter> {
        let start = range.start;
        if let Some((_, items)) = self.kept.get(&start) {
            return unpack(items).unwrap_or_else(|reason| panic!("{reason}"));
        }
        let (items, next) = self.items.collect(range, prefetch);
        // Also where only the refusal of what serde loses counts: another try has what serde makes of the item.
        let is_encoded = self.wanted || self.tried || checked;
        let copy = is_encoded.then(|| self.encode(&items));
        let digest = copy.as_ref().filter(|_| checked).map_or(0, digest);
        if let Some(copy) = copy.filter(|_| self.wanted) {
            self.kept.insert(start, (start + items.len() as u64, copy));
        }
        Taken::of(items, digest, next).copied(Some(by_serde))
    }

    fn pass(&mut self, range: Range<u64>, _checked: bool, prefetch: &Prefetch<'_>) -> Passed {
        let start = range.start;
        if let Some((end, items)) = self.kept.get(&start) {
            return Passed {
                length: end - start,
                digest: digest(items),
                shipped: Some(items.clone()),
                next: Next::More,
            };
        }
        let (items, next) = self.items.collect(range, prefetch);
        let length = items.len() as u64;
        let shipped = self.encode(&items);
        if self.wanted {
            self.kept.insert(start, (start + length, shipped.clone()));
        }
        Passed {
            length,
            digest: digest(&shipped),
            shipped: Some(shipped),
            next,
        }
    }

    fn runs_again(&mut self) -> bool {
        self.tried = true;
        true
    }

    fn goes_back(&mut self) -> bool {
        self.wanted = true;
        true
    }

    fn ships(&self) -> bool {
        true
    }

    fn keeps(&self) -> bool {
        self.wanted
    }

    fn release(&mut self, before: u64) {
        while let Some(first) = self.kept.first_entry()
            && first.get().0 <= before
        {
            first.remove();
        }
    }

    fn unpack(&mut self, shipped: &Encoded) -> Result<Taken<Self::Iter>, String> {
        unpack(shipped)
    }
}

impl<I: Iterator<Item: Transport>> Recall for MasterItems<I> {
    fn keep(&mut self, wanted: bool) {
        self.wanted = wanted;
    }

    /// On the master only.
    fn recall(&mut self, iteration: u64) -> Option<I::Item> {
        let (start, (_, items)) = self.kept.range(..=iteration).next_back()?;
        let Taken { mut iter, .. } = unpack(items).unwrap_or_else(|reason| panic!("{reason}"));
        iter.nth(usize::try_from(iteration - start).ok()?)
    }

    fn dam(&mut self) -> Option<u64> {
        None
    }
}

/// What the other ranks have instead: only what the orders bring.
#[derive(Debug)]
pub(crate) struct ShippedItems<T>(PhantomData<fn() -> T>);

impl<T> ShippedItems<T> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: Transport> ItemSource for ShippedItems<T> {
    type Item = T;
    type Iter = vec::IntoIter<T>;

    fn length(&self) -> Length {
        Length::Unknown
    }

    fn end(&self) -> Option<u64> {
        None
    }

    fn take(
        &mut self,
        _range: Range<u64>,
        _checked: bool,
        _prefetch: &Prefetch<'_>,
    ) -> Taken<Self::Iter> {
        unreachable!("these items come with the order")
    }

    fn pass(&mut self, _range: Range<u64>, _checked: bool, _prefetch: &Prefetch<'_>) -> Passed {
        unreachable!("these items come with the order")
    }

    fn goes_back(&mut self) -> bool {
        true
    }

    fn unpack(&mut self, shipped: &Encoded) -> Result<Taken<Self::Iter>, String> {
        unpack(shipped)
    }
}

fn unpack<T: Transport>(shipped: &Encoded) -> Result<Taken<vec::IntoIter<T>>, String> {
    let items: Vec<T> = wire::decode_parts(shipped.format, &shipped.bytes)?;
    Ok(Taken::of(items, digest(shipped), Next::More).copied(Some(by_serde)))
}

/// A digest of the items of a chunk: the same here and there, and at the next start of the program.
fn digest(shipped: &Encoded) -> u64 {
    hashed::of(&shipped.bytes[..], u64::from(shipped.format.number()))
}

/// The same items once more, as they are on other ranks.
fn by_serde<T: Transport>(items: &vec::IntoIter<T>) -> Option<vec::IntoIter<T>> {
    let copies = items.as_slice().iter().map(|item| {
        let Encoded { format, bytes } = wire::encode(item);
        wire::decode(format, &bytes).ok()
    });
    copies.collect::<Option<Vec<T>>>().map(Vec::into_iter)
}

impl<I: Iterator> fmt::Debug for MasterItems<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MasterItems").finish_non_exhaustive()
    }
}
