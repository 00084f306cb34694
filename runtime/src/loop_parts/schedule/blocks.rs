//! One contiguous block for each rank, cut into pieces for the rank's threads.

use std::ops::Range;

use super::{Length, Policy, Workforce};
use crate::base::rank::Rank;

/// Pieces that each thread of a rank gets of the rank's block on average: enough to even out what
/// iterations differ in.
const PIECES_PER_THREAD: u64 = 16;

/// See [`Schedule::Blocks`](super::Schedule::Blocks).
#[derive(Debug)]
pub(crate) struct Blocks {
    /// What is left of each rank's block.
    left: Vec<Range<u64>>,
    /// Where the blocks end.
    ends: Vec<u64>,
    piece: u64,
    /// Whether the last rank has still to ask whether the items end where its block does.
    unasked: bool,
}

impl Blocks {
    /// The blocks of a loop of known length; `distribute` refuses others.
    pub(crate) fn new(length: Length, force: Workforce) -> Self {
        let ranks = force.ranks.max(1) as u64;
        let exact = length.exact().is_some();
        let length = length.hint().unwrap_or(u64::MAX);
        let border = |rank: u64| {
            let exact = u128::from(length) * u128::from(rank) / u128::from(ranks);
            u64::try_from(exact).expect("a border lies within the length")
        };
        let left: Vec<_> = (0..ranks)
            .map(|rank| border(rank)..border(rank + 1))
            .collect();
        let ends = left.iter().map(|block| block.end).collect();
        let pieces = PIECES_PER_THREAD * force.threads.max(1) as u64;
        Self {
            left,
            ends,
            piece: (length / pieces).max(1),
            unasked: !exact,
        }
    }
}

impl Policy for Blocks {
    fn next(&mut self, rank: Rank) -> Option<Range<u64>> {
        let last = rank + 1 == self.left.len();
        let left = &mut self.left[rank];
        if left.is_empty() {
            let asks = last && std::mem::take(&mut self.unasked);
            return asks.then(|| left.end..left.end + 1);
        }
        let start = left.start;
        left.start = left.end.min(start + self.piece);
        Some(start..left.start)
    }

    fn put_back(&mut self, rank: Rank, rest: Range<u64>) {
        self.left[rank].start = rest.start;
    }

    fn at_most(&mut self, iterations: u64) {
        self.piece = self.piece.min(iterations);
    }

    fn ends_at(&mut self, length: u64) {
        self.unasked = false;
        for left in &mut self.left {
            left.end = left.end.min(length);
            left.start = left.start.min(left.end);
        }
    }

    fn owner(&self, iteration: u64) -> Option<(Rank, u64)> {
        let rank = self.ends.partition_point(|&end| end <= iteration);
        Some((rank, self.ends.get(rank)? - iteration))
    }

    fn is_surplus(&self, iteration: u64) -> bool {
        self.ends.last().is_some_and(|&end| iteration >= end)
    }
}
