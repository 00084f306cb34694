//! Results that have come and wait for the consumer.
//!
//! Invariant: while [`has_room`](ResultQueue::has_room) says no, nothing more is handed out, and what is
//! under way already will make it say yes; so memory is bounded and nobody waits forever.

use std::collections::VecDeque;
use std::ops::Range;
use std::vec;

use crate::base::wire::Transport;
use crate::loop_parts::gather::PartsInOrder;

/// See the module.
pub(super) trait ResultQueue {
    /// What the consumer gets.
    type Result: Transport;

    /// Nothing yet, of so many threads.
    fn of(threads: usize) -> Self;

    /// The results of some items have come.
    fn put(&mut self, items: Range<u64>, results: Vec<Self::Result>);

    /// The next result for the consumer.
    fn take(&mut self) -> Option<Self::Result>;

    /// Whether there is one.
    fn is_ready(&self) -> bool;

    /// Whether further items may be handed out.
    fn has_room(&self) -> bool;
}

/// In the order of their coming.
#[derive(Debug)]
pub(super) struct Arrivals<R>(VecDeque<R>);

impl<R: Transport> ResultQueue for Arrivals<R> {
    type Result = R;

    fn of(_threads: usize) -> Self {
        Self(VecDeque::new())
    }

    fn put(&mut self, _items: Range<u64>, results: Vec<R>) {
        self.0.extend(results);
    }

    fn take(&mut self) -> Option<R> {
        self.0.pop_front()
    }

    fn is_ready(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whatever comes is ready, and then the master goes back to its consumer.
    fn has_room(&self) -> bool {
        true
    }
}

/// In the order of the items. The chunk that is due is always under way: chunks are handed out in
/// that order.
#[derive(Debug)]
pub(super) struct Turns<R> {
    due: vec::IntoIter<R>,
    early: PartsInOrder<Vec<R>>,
    /// The number of chunks that came early.
    waiting: usize,
    most: usize,
}

/// Chunks that may wait for an earlier one, for each thread: enough to keep the threads busy
/// beside an item that takes a hundred times as long as the others.
pub(super) const EARLY_PER_THREAD: usize = 64;

impl<R> Turns<R> {
    fn advance(&mut self) {
        while self.due.as_slice().is_empty()
            && let Some((_, results)) = self.early.pop()
        {
            self.waiting -= 1;
            self.due = results.into_iter();
        }
    }
}

impl<R: Transport> ResultQueue for Turns<R> {
    type Result = R;

    fn of(threads: usize) -> Self {
        Self {
            due: Vec::new().into_iter(),
            early: PartsInOrder::new(),
            waiting: 0,
            most: EARLY_PER_THREAD * threads.max(1),
        }
    }

    fn put(&mut self, items: Range<u64>, results: Vec<R>) {
        self.early.insert(items, results);
        self.waiting += 1;
        self.advance();
    }

    fn take(&mut self) -> Option<R> {
        let result = self.due.next();
        self.advance();
        result
    }

    fn is_ready(&self) -> bool {
        !self.due.as_slice().is_empty()
    }

    fn has_room(&self) -> bool {
        self.waiting < self.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn early_results_wait_for_their_turn_and_close_the_counter() {
        let mut turns = Turns::of(1);
        for chunk in 1..=EARLY_PER_THREAD as u64 {
            assert!(turns.has_room() && !turns.is_ready());
            turns.put(2 * chunk..2 * chunk + 2, vec![2 * chunk, 2 * chunk + 1]);
        }
        assert!(!turns.has_room());
        assert_eq!(turns.take(), None);
        turns.put(0..2, vec![0, 1]);
        let all: Vec<u64> = std::iter::from_fn(|| turns.take()).collect();
        assert_eq!(all, (0..all.len() as u64).collect::<Vec<_>>());
        assert_eq!(all.len(), 2 * EARLY_PER_THREAD + 2);
        assert!(turns.has_room() && !turns.is_ready());
    }
}
