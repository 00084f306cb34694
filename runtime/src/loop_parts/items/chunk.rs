//! What the user's `for` iterates over instead of the items: those of one chunk, block by block.
//!
//! Whether a loop still goes on, and how long iterations take, is looked at between blocks alone, so that the
//! compiler sees a plain loop over plain items within one. Blocks are as short as iterations are long.
//!
//! Invariant: when a chunk is dropped, it leaves behind on its thread how far the loop over it got, for
//! [`leaving`].

use std::cell::Cell;

use super::Limit;
use super::stopwatch::{Clock, Slowest, Stopwatch};
use crate::base::panicking;

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
    /// With a clock to tell the length of blocks by; one that `times` does so for each iteration.
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
            limit,
            state: State::Going,
            pace: Pace::new(clock),
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
        Some(match self.stopwatch {
            Some(_) => 1,
            None => self.pace.next(left),
        })
    }
}

/// The next block of a chunk; `None` at its end, and when the loop over a block was left.
pub fn block<I: Iterator>(chunk: &mut Chunk<I>) -> Option<Block<'_, I>> {
    let length = chunk.measure()?;
    Some(Block {
        iter: chunk.iter.take(),
        length,
        left: length,
        ended: false,
        chunk,
    })
}

impl<I> Drop for Chunk<I> {
    fn drop(&mut self) {
        let next = self.next();
        if let Some(stopwatch) = &mut self.stopwatch {
            stopwatch.lap(next);
        }
        LEFT.set(Some(Left {
            position: (self.length - self.left).saturating_sub(1),
            early: self.state != State::Ended && !panicking::is_unwinding(),
            slowest: self.stopwatch.as_ref().and_then(Stopwatch::slowest),
        }));
    }
}

/// Some of a chunk's items. The iterator is in it, not behind a reference: so it can live in registers.
#[derive(Debug)]
pub struct Block<'chunk, I> {
    iter: Option<I>,
    length: u64,
    left: u64,
    ended: bool,
    chunk: &'chunk mut Chunk<I>,
}

impl<I> Block<'_, I> {
    /// How many iterations it has.
    #[must_use]
    pub fn length(&self) -> usize {
        usize::try_from(self.length).unwrap_or(usize::MAX)
    }
}

impl<I: Iterator> Iterator for Block<'_, I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        if self.left == 0 {
            self.ended = true;
            return None;
        }
        self.left -= 1;
        self.iter.as_mut().and_then(Iterator::next)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        (left, Some(left))
    }
}

impl<I> Drop for Block<'_, I> {
    #[inline]
    fn drop(&mut self) {
        self.chunk.iter = self.iter.take();
        self.chunk.left -= self.length - self.left;
        if !self.ended {
            self.chunk.state = State::Left;
        }
    }
}

/// How many iterations there are in a block: more and more while a block is short.
#[derive(Debug)]
struct Pace {
    clock: Clock,
    length: u64,
    /// When the present block began, where another one follows.
    since: Option<u64>,
}

impl Pace {
    /// A block of more iterations than one takes about so long, in nanoseconds: long against looking at the clock,
    /// and what it touches fits into a core's own cache.
    const AIM: u64 = 5_000;
    const GROWTH: u64 = 8;

    fn new(clock: Clock) -> Self {
        Self {
            clock,
            length: 1,
            since: None,
        }
    }

    /// The length of the next block, where so many iterations are left.
    fn next(&mut self, left: u64) -> u64 {
        let now = self.since.map(|since| (since, (self.clock)()));
        if let Some((since, now)) = now {
            self.length = Self::longer(self.length, now.saturating_sub(since));
        }
        let length = self.length.min(left);
        if length < left {
            self.since = Some(now.map_or_else(self.clock, |(_, now)| now));
        }
        length
    }

    /// After a block of this length, which took so many nanoseconds.
    fn longer(length: u64, nanos: u64) -> u64 {
        let fitting = u128::from(length) * u128::from(Self::AIM) / u128::from(nanos.max(1));
        let fitting = u64::try_from(fitting).unwrap_or(u64::MAX);
        fitting.clamp(1, length.saturating_mul(Self::GROWTH))
    }
}

/// How the loop over a chunk was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Left {
    /// The position in the chunk of the last iteration that began.
    pub(crate) position: u64,
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
        let limit = Limit::none();
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
            prop_assert_eq!(left.position, expected.saturating_sub(1));
            prop_assert_eq!(left.slowest.is_some(), times && expected > 0);
        }
    }

    #[test]
    fn blocks_are_as_short_as_iterations_are_long() {
        let items = vec![0; 20_000];
        let (_, short, _) = run(&items, u64::MAX, (false, &[1]), None);
        assert_eq!(short[..5], [1, 8, 64, 512, 4_096]);
        assert!(short[5..].iter().all(|&length| length <= 5_120));
        let (_, long, _) = run(&items[..50], u64::MAX, (false, &[6_000]), None);
        assert_eq!(long, [1; 50]);
        let (_, timed, _) = run(&items[..50], u64::MAX, (true, &[1]), None);
        assert_eq!(timed, [1; 50]);
    }
}
