//! Puts parts that finish in any order into the order of their iterations.
//!
//! Invariant: parts come out contiguous and in index order, each as soon as those before it have. The order is kept of
//! their places, by code that all types of parts share.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::slots::Slots;

/// The parts that wait for earlier ones.
#[derive(Debug)]
pub(crate) struct PartsInOrder<P> {
    order: Order,
    waiting: Slots<P>,
}

/// Which parts wait, and where.
#[derive(Debug)]
struct Order {
    next: u64,
    /// By the starts of their chunks: the ends, and the places.
    places: BTreeMap<u64, (u64, usize)>,
}

impl<P> PartsInOrder<P> {
    pub(crate) fn new() -> Self {
        Self::from(0)
    }

    /// Those of the iterations from this one on.
    pub(crate) fn from(next: u64) -> Self {
        let places = BTreeMap::new();
        Self {
            order: Order { next, places },
            waiting: Slots::new(),
        }
    }

    /// A chunk has finished.
    pub(crate) fn insert(&mut self, chunk: Range<u64>, part: P) {
        let place = self.waiting.put(part);
        // A chunk of nothing came before.
        if let Some(place) = self.order.insert(&chunk, place) {
            self.waiting.take(place);
        }
    }

    /// The next part in index order, if it has come.
    pub(crate) fn pop(&mut self) -> Option<(Range<u64>, P)> {
        let (chunk, place) = self.order.pop()?;
        Some((chunk, self.waiting.take(place)?))
    }

    /// The number of iterations whose parts have come out.
    pub(crate) fn finished(&self) -> u64 {
        self.order.next
    }

    /// Whether no part waits for an earlier one.
    pub(crate) fn is_contiguous(&self) -> bool {
        self.order.places.is_empty()
    }
}

impl Order {
    /// The part of a chunk is at this place; what is at the one returned is no longer of interest.
    fn insert(&mut self, chunk: &Range<u64>, place: usize) -> Option<usize> {
        debug_assert!(
            chunk.start >= self.next,
            "iteration {} finished twice",
            chunk.start
        );
        let before = self.places.insert(chunk.start, (chunk.end, place));
        before.map(|(_, place)| place)
    }

    /// The next chunk whose part has come, and that one's place.
    fn pop(&mut self) -> Option<(Range<u64>, usize)> {
        let entry = self
            .places
            .first_entry()
            .filter(|entry| *entry.key() == self.next)?;
        let (start, (end, place)) = entry.remove_entry();
        self.next = end;
        Some((start..end, place))
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
