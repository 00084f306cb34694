//! Values as numbers, by their own `Hash`.
//!
//! Invariant: equal values have equal numbers on every rank. Addresses, of functions and behind raw
//! pointers, differ from process to process and count for nothing; they are known by where programs
//! live in memory.

use std::hash::{BuildHasher as _, Hash, Hasher};

use foldhash::fast::{FixedState, FoldHasher};

/// The number of a value.
pub(crate) fn of<T: Hash + ?Sized>(value: &T, seed: u64) -> u64 {
    let mut hasher = Steady(FixedState::with_seed(seed).build_hasher());
    value.hash(&mut hasher);
    hasher.0.finish()
}

/// What a process may use: programs are loaded, and get their memory and stacks, at its upper end.
const PLACES: std::ops::Range<u64> = 0x5000_0000_0000..0x1_0000_0000_0000;

/// A number of the size of an address, without what it says if it is one.
pub(crate) fn without_address(value: usize) -> usize {
    if PLACES.contains(&(value as u64)) {
        0
    } else {
        value
    }
}

struct Steady(FoldHasher<'static>);

macro_rules! pass_on {
    ($($method:ident: $type:ty),+) => {$(
        fn $method(&mut self, value: $type) {
            self.0.$method(value);
        }
    )+};
}

impl Hasher for Steady {
    pass_on!(write: &[u8], write_u8: u8, write_u16: u16, write_u32: u32, write_u64: u64, write_u128: u128);

    fn write_usize(&mut self, value: usize) {
        self.0.write_usize(without_address(value));
    }

    fn finish(&self) -> u64 {
        self.0.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Hash)]
    struct Operation {
        run: fn(u32) -> u32,
        by: u32,
    }

    fn number(run: fn(u32) -> u32, by: u32) -> u64 {
        of(&Operation { run, by }, 7)
    }

    #[test]
    fn what_stands_beside_an_address_counts() {
        assert_eq!(number(u32::swap_bytes, 1), number(|x| x + 1, 1));
        assert_ne!(number(u32::swap_bytes, 1), number(u32::swap_bytes, 2));
        let (one, other) = (Box::new(1), Box::new(1));
        assert_eq!(of(&(&raw const *one, 3), 7), of(&(&raw const *other, 3), 7));
        assert_ne!(of(&(3_usize, "a"), 7), of(&(4_usize, "a"), 7));
        assert_ne!(of(&usize::MAX, 7), of(&(usize::MAX - 1), 7));
    }
}
