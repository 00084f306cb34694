//! What the user's `for` iterates over instead of the items: those of one chunk, block by block.
//!
//! Whether a loop still goes on, and how long iterations take, is looked at between blocks alone, so that the
//! compiler sees a plain loop over plain items within one. Blocks are as short as iterations are long.
//!
//! Invariant: when a chunk is dropped, it leaves behind on its thread how far the loop over it got, for
//! [`leaving`].

mod block;
mod pace;

use std::cell::Cell;

use super::Limit;
use super::stopwatch::{Clock, Slowest, Stopwatch};
use crate::base::panicking;
use block::Block;
use pace::Pace;

/// The items of one chunk.
#[derive(Debug)]
pub struct Chunk<I> {
    /// With the present block while there is one.
    iter: Option<I>,
    start: u64,
    length: u64,
    left: u64,
    limit: Limit,
    state: State,
    pace: Pace,
    /// Where iterations are timed.
    stopwatch: Option<Stopwatch>,
}

/// How the loop over a chunk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Going,
    /// All blocks were asked for.
    Ended,
    /// Something jumped out of a block.
    Left,
}

impl<I> Chunk<I> {
    /// With `length` items, which the iterator has, and a clock to tell the length of blocks by; one that `times` does
    /// so for each iteration.
    pub(crate) fn new(
        iter: I,
        start: u64,
        length: u64,
        limit: Limit,
        clock: Clock,
        times: bool,
    ) -> Self {
        Self {
            iter: Some(iter),
            start,
            length,
            left: length,
            pace: Pace::new(clock, limit.blind(), limit.time()),
            limit,
            state: State::Going,
            stopwatch: times.then(|| Stopwatch::new(clock, start)),
        }
    }

    /// The number of the next iteration.
    fn next(&self) -> u64 {
        self.start + self.length - self.left
    }

    /// How many iterations come next; `None` where the loop over the chunk is over.
    fn measure(&mut self) -> Option<u64> {
        if self.state == State::Left {
            return None;
        }
        let next = self.next();
        if let Some(stopwatch) = &mut self.stopwatch {
            stopwatch.lap(next);
        }
        let left = self.left.min(self.limit.allows(next));
        if left == 0 {
            self.state = State::Ended;
            return None;
        }
        if self.stopwatch.is_some() {
            return Some(1);
        }
        let length = self.pace.next(left);
        if length.is_none() {
            self.state = State::Ended;
        }
        length
    }
}

/// The next block of a chunk; `None` at its end, and when the loop over a block was left.
pub fn block<I: Iterator>(chunk: &mut Chunk<I>) -> Option<Block<'_, I>> {
    let length = chunk.measure()?;
    Some(Block::of(chunk, length))
}

impl<I> Drop for Chunk<I> {
    fn drop(&mut self) {
        let next = self.next();
        if let Some(stopwatch) = &mut self.stopwatch {
            stopwatch.lap(next);
        }
        LEFT.set(Some(Left {
            begun: self.length - self.left,
            early: self.state != State::Ended && !panicking::is_unwinding(),
            slowest: self.stopwatch.as_ref().and_then(Stopwatch::slowest),
        }));
    }
}

/// How the loop over a chunk was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Left {
    /// How many of its iterations began.
    pub(crate) begun: u64,
    /// Whether iterations remained although nothing panicked: something jumped out of the loop.
    pub(crate) early: bool,
    /// Where iterations are timed.
    pub(crate) slowest: Option<Slowest>,
}

thread_local! {
    static LEFT: Cell<Option<Left>> = const { Cell::new(None) };
}

/// Runs the loop over a chunk, and tells how that was left. What it reaches may run chunks of other
/// loops, also between the end of its own and this function's.
pub(crate) fn leaving<R>(run: impl FnOnce() -> R) -> (R, Option<Left>) {
    let outer = LEFT.take();
    let result = run();
    (result, LEFT.replace(outer))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    thread_local! {
        static NOW: Cell<u64> = const { Cell::new(0) };
    }

    /// The items of a chunk until one leaves the loop, and how it was left. Each takes so long.
    fn run(
        items: &[u64],
        last: u64,
        (times, takes): (bool, &[u64]),
        leaves: Option<u64>,
    ) -> (Vec<u64>, Vec<usize>, Left) {
        let limit = Limit::shared();
        limit.lower(last);
        let length = items.len() as u64;
        let (mut seen, mut lengths) = (Vec::new(), Vec::new());
        let ((), left) = leaving(|| {
            let iter = items.iter().copied();
            let mut chunk = Chunk::new(iter, 100, length, limit, || NOW.get(), times);
            while let Some(block) = block(&mut chunk) {
                lengths.push(block.length());
                for item in block {
                    NOW.set(NOW.get() + takes[seen.len() % takes.len()]);
                    seen.push(item);
                    if leaves == Some(item) {
                        break;
                    }
                }
            }
        });
        (seen, lengths, left.unwrap())
    }

    proptest! {
        #[test]
        fn blocks_have_all_items_up_to_the_limit_or_the_way_out(
            length in 0..200_u64,
            last in 90..400_u64,
            times: bool,
            takes in proptest::collection::vec(0..60_000_u64, 1..5),
            leaves in proptest::option::of(0..200_u64),
        ) {
            let items: Vec<u64> = (0..length).collect();
            let (seen, _, left) = run(&items, last, (times, &takes), leaves);
            let allowed = (last + 1).saturating_sub(100).min(length);
            let leaves = leaves.filter(|&item| item < allowed);
            let expected = leaves.map_or(allowed, |item| item + 1);
            prop_assert_eq!(&seen, &items[..usize::try_from(expected).unwrap()]);
            prop_assert_eq!(left.early, leaves.is_some());
            prop_assert_eq!(left.begun, expected);
            prop_assert_eq!(left.slowest.is_some(), times && expected > 0);
        }
    }

    #[test]
    fn where_iterations_are_likely_to_be_short_the_first_block_is_long() {
        for (after, length, expected) in
            [(0, 9, &[1, 8][..]), (64, 64, &[64]), (64, 100, &[64, 36])]
        {
            let mut chunk = Chunk::new(
                0..length,
                0,
                length,
                Limit::none().after(after),
                || 0,
                false,
            );
            let mut lengths = Vec::new();
            while let Some(block) = block(&mut chunk) {
                lengths.push(block.length());
                block.for_each(drop);
            }
            assert_eq!(lengths, expected);
        }
    }

    #[test]
    fn blocks_are_as_short_as_iterations_are_long() {
        let items = vec![0; 20_000];
        let (_, short, _) = run(&items, u64::MAX, (false, &[1]), None);
        assert_eq!(short[..3], [1, 64, 4_096]);
        assert!(short[3..].iter().all(|&length| length <= 5_120));
        let (_, long, _) = run(&items[..50], u64::MAX, (false, &[6_000]), None);
        assert_eq!(long, [1; 50]);
        let (_, timed, _) = run(&items[..50], u64::MAX, (true, &[1]), None);
        assert_eq!(timed, [1; 50]);
    }
}
