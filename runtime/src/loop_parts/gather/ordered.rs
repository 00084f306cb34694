//! Puts parts that finish in any order into the order of their iterations.
//!
//! Invariant: parts come out contiguous and in index order, each as soon as those before it have.

use std::collections::BTreeMap;
use std::ops::Range;

/// The parts that wait for earlier ones.
#[derive(Debug)]
pub(crate) struct PartsInOrder<P> {
    next: u64,
    waiting: BTreeMap<u64, (u64, P)>,
}

impl<P> PartsInOrder<P> {
    pub(crate) fn new() -> Self {
        Self::from(0)
    }

    /// Those of the iterations from this one on.
    pub(crate) fn from(next: u64) -> Self {
        Self {
            next,
            waiting: BTreeMap::new(),
        }
    }

    /// A chunk has finished.
    pub(crate) fn insert(&mut self, chunk: Range<u64>, part: P) {
        debug_assert!(
            chunk.start >= self.next,
            "iteration {} finished twice",
            chunk.start
        );
        self.waiting.insert(chunk.start, (chunk.end, part));
    }

    /// The next part in index order, if it has come.
    pub(crate) fn pop(&mut self) -> Option<(Range<u64>, P)> {
        let entry = self
            .waiting
            .first_entry()
            .filter(|entry| *entry.key() == self.next)?;
        let (start, (end, part)) = entry.remove_entry();
        self.next = end;
        Some((start..end, part))
    }

    /// The number of iterations whose parts have come out.
    pub(crate) fn finished(&self) -> u64 {
        self.next
    }

    /// Whether no part waits for an earlier one.
    pub(crate) fn is_contiguous(&self) -> bool {
        self.waiting.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_order_of_arrival_gives_index_order(
            lengths in proptest::collection::vec(1..9_u64, 0..40),
            keys in proptest::collection::vec(any::<u32>(), 40),
        ) {
            let mut chunks = Vec::new();
            let mut start = 0;
            for (length, key) in lengths.iter().zip(&keys) {
                chunks.push((*key, start..start + length));
                start += length;
            }
            chunks.sort_by_key(|(key, _)| *key);
            let mut ordered = PartsInOrder::new();
            let mut seen = Vec::new();
            for (_, chunk) in chunks {
                ordered.insert(chunk.clone(), chunk.clone());
                while let Some((range, part)) = ordered.pop() {
                    prop_assert_eq!(&range, &part);
                    seen.extend(range);
                }
            }
            prop_assert_eq!(seen, (0..start).collect::<Vec<_>>());
            prop_assert!(ordered.is_contiguous() && ordered.finished() == start);
        }
    }
}
