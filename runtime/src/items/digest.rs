//! A short number for items, by which ranks notice that they iterate over different ones.

use std::any::type_name;
use std::fmt;
use std::hash::{BuildHasher as _, Hash};

use foldhash::fast::FixedState;
use serde::Serialize;

use super::fingerprint::Fingerprint;

/// How to digest one item; the same on every rank, since all run the same program.
pub struct Digest<T> {
    one: Option<fn(&T) -> u64>,
}

/// An odd number with well-mixed bits (2^64 / golden ratio), so that order counts.
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

impl<T> Digest<T> {
    /// Nothing is known of the items.
    pub fn none() -> Self {
        Self { one: None }
    }

    /// The items can be hashed. Addresses differ between processes and say nothing, so items with
    /// pointers in their type's name count as not hashable.
    pub fn by_hash() -> Self
    where
        T: Hash,
    {
        let name = type_name::<T>();
        let has_addresses = ["fn(", "*const ", "*mut "]
            .iter()
            .any(|sign| name.contains(sign));
        Self {
            one: (!has_addresses).then_some(|item| FixedState::with_seed(MIX).hash_one(item)),
        }
    }

    /// The items can be serialised.
    pub fn by_serde() -> Self
    where
        T: Serialize,
    {
        // A hash set looks like a list to serde, in an order that differs on every rank.
        let unordered = type_name::<T>().contains("HashSet<");
        Self {
            one: (!unordered).then_some(|item| Fingerprint::of(item)),
        }
    }

    /// The digest of some items followed by one more.
    pub(super) fn append(&self, digest: u64, item: &T) -> u64 {
        let one = self.one.map_or(0, |one| one(item));
        (digest.rotate_left(23) ^ one).wrapping_mul(MIX)
    }

    /// The digest of items in memory.
    pub(super) fn of_each(&self, items: &[T]) -> u64 {
        items
            .iter()
            .fold(0, |digest, item| self.append(digest, item))
    }

    /// The digest of all that an iterator yields.
    pub(super) fn of_all(&self, items: impl Iterator<Item = T>) -> u64 {
        items.fold(0, |digest, item| self.append(digest, &item))
    }
}

impl<T> fmt::Debug for Digest<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Digest")
            .field("known", &self.one.is_some())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_and_order_count_addresses_do_not() {
        let digest = Digest::<String>::by_hash();
        let [a, b] = ["a".to_owned(), "b".to_owned()];
        assert_eq!(
            digest.of_each(&[a.clone(), b.clone()]),
            digest.of_all([a.clone(), b.clone()].into_iter())
        );
        assert_ne!(
            digest.of_each(&[a.clone(), b.clone()]),
            digest.of_each(&[b, a])
        );
        assert!(Digest::<(&str, fn(u8) -> u8)>::by_hash().one.is_none());
    }
}
