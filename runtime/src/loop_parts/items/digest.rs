//! A short number for items, by which ranks notice that they iterate over different ones.

use std::any::type_name;
use std::borrow::Borrow;
use std::fmt::{self, Debug};
use std::hash::Hash;

use serde::Serialize;

use crate::base::fingerprint::Fingerprint;
use crate::base::hashed;
use crate::base::rank::TRAVELS;
use crate::base::text;

/// How to digest one item; the same on every rank, since all run the same program.
pub struct Digest<T> {
    one: Option<fn(&T) -> u64>,
    /// Each takes long, so that a few speak for the others.
    sampled: bool,
}

/// An odd number with well-mixed bits (2^64 / golden ratio).
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

impl<T> Digest<T> {
    /// Nothing is known of the items.
    pub fn none() -> Self {
        Self {
            one: None,
            sampled: false,
        }
    }

    /// The items can be hashed. Moments are for measuring time, and differ between processes.
    pub fn by_hash() -> Self
    where
        T: Hash,
    {
        if !TRAVELS {
            return Self::none();
        }
        let has_moments = type_name::<T>().contains("::Instant");
        Self {
            one: (!has_moments).then_some(|item| hashed::of(item, MIX)),
            sampled: false,
        }
    }

    /// The items can be serialised.
    pub fn by_serde() -> Self
    where
        T: Serialize,
    {
        if !TRAVELS {
            return Self::none();
        }
        // A hash set looks like a list to serde, in an order that differs on every rank.
        let unordered = type_name::<T>().contains("HashSet<");
        Self {
            one: (!unordered).then_some(|item| Fingerprint::of(item)),
            sampled: false,
        }
    }

    /// The items have a text, and no more.
    pub fn by_text() -> Self
    where
        T: Debug,
    {
        if !TRAVELS {
            return Self::none();
        }
        Self {
            one: Some(|item| text::digest(item, text::LONG).unwrap_or(0)),
            sampled: true,
        }
    }

    /// Whether items can be told apart at all.
    pub(super) fn is_known(&self) -> bool {
        self.one.is_some()
    }

    /// What one item adds to a digest. Digests are sums of these, so they can be taken in any parts
    /// and any order of the items, whose indices make their places count.
    pub(super) fn of(&self, index: u64, item: &T) -> u64 {
        let one = self.one.filter(|_| !self.sampled || is_sample(index));
        let one = one.map_or(0, |one| one(item));
        (one ^ index.wrapping_mul(MIX))
            .rotate_left(23)
            .wrapping_mul(MIX)
    }

    /// The digest of items that begin at an index.
    pub(super) fn of_all<I: Borrow<T>>(&self, start: u64, items: impl Iterator<Item = I>) -> u64 {
        (start..).zip(items).fold(0, |sum, (index, item)| {
            sum.wrapping_add(self.of(index, item.borrow()))
        })
    }
}

/// Some sixty of the first hundred items, of the next two hundred, of the next four hundred, ...
fn is_sample(index: u64) -> bool {
    const EACH: u64 = 64;
    let rarity = (index / EACH + 1).next_power_of_two();
    index
        .wrapping_mul(MIX)
        .rotate_left(32)
        .is_multiple_of(rarity)
}

impl<T> Debug for Digest<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Digest")
            .field("known", &self.one.is_some())
            .field("sampled", &self.sampled)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_and_order_count_addresses_do_not() {
        let digest = Digest::<String>::by_hash();
        let items = ["a", "b", "c"].map(str::to_owned);
        let whole = digest.of_all(5, items.iter());
        assert_eq!(
            whole,
            digest
                .of_all(6, items[1..].iter())
                .wrapping_add(digest.of(5, &items[0]))
        );
        assert_ne!(whole, digest.of_all(5, items.iter().rev()));
        assert_ne!(whole, digest.of_all(4, items.iter()));
        let calls = Digest::<(&str, fn(u8) -> u8)>::by_hash();
        let swap = calls.of(0, &("a", u8::swap_bytes));
        assert_eq!(swap, calls.of(0, &("a", |x| x + 1)));
        assert_ne!(swap, calls.of(0, &("b", u8::swap_bytes)));
    }

    #[test]
    fn samples_grow_rarer_and_never_end() {
        let within = |range: std::ops::Range<u64>| range.filter(|&index| is_sample(index)).count();
        assert_eq!(within(0..64), 64);
        for octave in 7..20 {
            let samples = within(1 << octave..2 << octave);
            assert!(
                (16..=160).contains(&samples),
                "{samples} from {}",
                1 << octave
            );
        }
    }
}
