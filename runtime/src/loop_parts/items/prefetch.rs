//! The limit of prefetching: how many items are made before their iterations run.
//!
//! Invariant: a chunk has at least one item, and who makes several at a time stops when there are many,
//! much memory in them, or a lot of time was spent: items may hold files, and memory that no type shows.

use std::mem::needs_drop;

/// How many items one chunk may prefetch.
pub struct Prefetch<'a> {
    /// So many chunks share what this process may hold; `None` where the chunk is needed as it is.
    chunks: Option<usize>,
    /// So many files this process may have open.
    files: usize,
    overdue: &'a dyn Fn() -> bool,
}

/// Items of this process that hold something, at most, and a part of the files that it may have open.
const HOLDING: usize = 512;
const PART: usize = 4;
/// Bytes of a chunk's other items, and of all chunks'.
const BYTES: usize = 1 << 20;
const ALL_BYTES: usize = 64 << 20;
/// The clock is looked at for the first items of a chunk, and then for each one in so many.
const BETWEEN: usize = 32;

impl<'a> Prefetch<'a> {
    /// No limit.
    pub(crate) fn all() -> Self {
        Self {
            chunks: None,
            files: 0,
            overdue: &|| false,
        }
    }

    /// For one of so many chunks that are held at a time, until it is `overdue`.
    pub(crate) fn share(chunks: usize, files: usize, overdue: &'a dyn Fn() -> bool) -> Self {
        Self {
            chunks: Some(chunks.max(1)),
            files,
            overdue,
        }
    }

    /// Whether a chunk that has so many items goes without more.
    pub(super) fn is_enough<T>(&self, items: usize) -> bool {
        let Some(chunks) = self.chunks.filter(|_| items > 0) else {
            return false;
        };
        let most = if needs_drop::<T>() {
            HOLDING.min(self.files / PART) / chunks
        } else {
            BYTES.min(ALL_BYTES / chunks) / size_of::<T>().max(1)
        };
        let looks = items.is_power_of_two() || items.is_multiple_of(BETWEEN);
        items >= most || looks && (self.overdue)()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn there_is_one_item_and_then_as_many_as_are_cheap_to_hold() {
        let never = || false;
        let prefetch = Prefetch::share(4, 1 << 20, &never);
        assert!(!prefetch.is_enough::<String>(127) && prefetch.is_enough::<String>(128));
        assert!(!prefetch.is_enough::<u64>(131_071) && prefetch.is_enough::<u64>(131_072));
        assert!(!prefetch.is_enough::<()>(1_000_000));
        let many = Prefetch::share(10_000, 1 << 20, &never);
        assert!(!many.is_enough::<String>(0) && many.is_enough::<String>(1));
        assert!(!many.is_enough::<[u8; 1 << 21]>(0) && many.is_enough::<[u8; 1 << 21]>(1));
        let many = Prefetch::share(1 << 10, 1 << 20, &never);
        assert!(!many.is_enough::<u64>(8_191) && many.is_enough::<u64>(8_192));
        let few = Prefetch::share(4, 256, &never);
        assert!(!few.is_enough::<String>(15) && few.is_enough::<String>(16));
        assert!(!Prefetch::all().is_enough::<String>(1_000_000));
    }

    #[test]
    fn the_clock_is_looked_at_early_and_then_seldom() {
        let looks = Cell::new(0);
        let look = || {
            looks.set(looks.get() + 1);
            false
        };
        let prefetch = Prefetch::share(1, 1 << 20, &look);
        assert!((0..500).all(|items| !prefetch.is_enough::<String>(items)));
        assert_eq!(
            looks.get(),
            5 + 15,
            "1, 2, 4, 8, 16, and the multiples of 32"
        );
        assert!(Prefetch::share(1, 1 << 20, &|| true).is_enough::<u8>(1));
    }
}
