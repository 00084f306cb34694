//! Digests that cost a bounded time: of much that is alike, samples are taken.
//!
//! Invariant: what is sampled depends on lengths alone, so that equal values are sampled alike.

use std::hash::{BuildHasher as _, Hash, Hasher};
use std::ops::Range;

use foldhash::fast::FixedState;
use serde::Serialize;

use crate::base::fingerprint::Fingerprint;
use crate::base::hashed::without_address;

/// So many bytes of a variable are read, at memory speed: a few tens of microseconds.
const BYTES: usize = 256 << 10;
/// Longer stretches are sampled in blocks of so many bytes.
const BLOCK: usize = 256;
/// So many elements that need code of their own are read of a variable.
pub(super) const ELEMENTS: usize = 1024;
/// Of hash tables, which can't be sampled in the same way everywhere, so many entries are read.
const ENTRIES: usize = 8192;
/// So many plain values inside of one variable are read by serde.
pub(super) const NODES: usize = 8 << 10;
/// So much of what is digested by `Hash` is read.
const HASHED: usize = 256 << 10;

const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

/// Of bytes, one of `shares` equal parts of a variable.
pub(super) fn of_bytes(bytes: &[u8], shares: usize) -> u64 {
    let budget = BYTES / shares.max(1);
    let mut hasher = FixedState::with_seed(SEED).build_hasher();
    if bytes.len() <= budget {
        hasher.write(bytes);
        return hasher.finish();
    }
    for sample in samples(bytes.len() - BLOCK, (budget / BLOCK).max(1)) {
        hasher.write(&bytes[sample..sample + BLOCK]);
    }
    hasher.finish()
}

/// Of some elements of a list: each of a few, samples of many.
pub(super) fn of_elements<T>(elements: &[T], shares: usize, mut one: impl FnMut(&T) -> u64) -> u64 {
    let budget = ELEMENTS / shares.max(1);
    let mut state = SEED;
    let mut add = |element: &T| state = FixedState::with_seed(state).hash_one(one(element));
    if elements.len() <= budget {
        elements.iter().for_each(&mut add);
    } else {
        samples(elements.len() - 1, budget).for_each(|sample| add(&elements[sample]));
    }
    state
}

/// So many places from 0 to `last`, both included: one in each of equal cells, not always at the
/// same place of the cell, so that what repeats itself in the data is not met at one place only.
fn samples(last: usize, count: usize) -> impl Iterator<Item = usize> {
    let cells = count.saturating_sub(1).max(1);
    let cell = last / cells;
    (0..cells)
        .map(move |number| {
            let jitter = (number as u64).wrapping_mul(SEED) >> 32;
            let jitter = usize::try_from(jitter).unwrap_or(0);
            number * cell + if number == 0 { 0 } else { jitter % cell.max(1) }
        })
        .chain([last])
}

/// By the type's own `Hash`.
pub(super) fn by_hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = Bounded {
        inner: FixedState::with_seed(SEED).build_hasher(),
        left: HASHED,
    };
    value.hash(&mut hasher);
    hasher.finish()
}

/// By the type's own `Serialize`.
pub(super) fn by_serde<T: Serialize + ?Sized>(value: &T, nodes: usize) -> u64 {
    Fingerprint::of_first(value, nodes)
}

/// Whether the entries of a hash table with so many are read; a larger one is known by its length alone.
pub(super) fn knows(entries: usize) -> bool {
    entries <= ENTRIES
}

/// The entries of a hash table, in any order.
pub(super) fn of_entries<E>(entries: impl Iterator<Item = E>, one: impl Fn(E) -> u64) -> u64 {
    entries.fold(0, |sum, entry| {
        let mixed = FixedState::with_seed(SEED).hash_one(one(entry));
        sum.wrapping_add(mixed)
    })
}

/// Of the first elements, in their order.
pub(super) fn of_first<'a, T: 'a>(
    elements: impl Iterator<Item = &'a T>,
    one: impl Fn(&T) -> u64,
) -> u64 {
    elements.take(ENTRIES).fold(SEED, |state, element| {
        FixedState::with_seed(state).hash_one(one(element))
    })
}

/// A key and its value.
pub(super) fn of_pair(key: u64, value: u64) -> u64 {
    FixedState::with_seed(key).hash_one(value)
}

/// The stretches of a list as bytes.
pub(super) fn bytes_of(bytes: &[u8], size: usize, range: &Range<usize>) -> (usize, usize) {
    let end = (range.end * size).min(bytes.len());
    (range.start * size, end)
}

/// A hasher that reads no more than so much.
struct Bounded<H> {
    inner: H,
    left: usize,
}

impl<H: Hasher> Hasher for Bounded<H> {
    fn write(&mut self, bytes: &[u8]) {
        let (length, left) = (bytes.len(), self.left);
        self.left = left.saturating_sub(length.max(1));
        if length <= left {
            self.inner.write(bytes);
        } else if left > 0 {
            self.inner.write_usize(length);
            self.inner.write(&bytes[..left / 2]);
            self.inner.write(&bytes[length - left / 2..]);
        }
    }

    fn write_usize(&mut self, value: usize) {
        self.write(&without_address(value).to_ne_bytes());
    }

    fn finish(&self) -> u64 {
        self.inner.finish()
    }
}
