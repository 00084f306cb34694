//! Every `size`-th iteration for each rank.

use std::ops::Range;

use super::{Length, Policy};
use crate::base::rank::Rank;

/// See [`Schedule::RoundRobin`](super::Schedule::RoundRobin).
#[derive(Debug)]
pub(crate) struct RoundRobin {
    /// The next iteration of each rank.
    next: Vec<u64>,
    end: Option<u64>,
}

impl RoundRobin {
    pub(crate) fn new(length: Length, ranks: usize) -> Self {
        Self {
            next: (0..ranks as u64).collect(),
            end: length.exact(),
        }
    }
}

impl Policy for RoundRobin {
    fn next(&mut self, rank: Rank) -> Option<Range<u64>> {
        let step = self.next.len() as u64;
        let next = &mut self.next[rank];
        if self.end.is_some_and(|end| *next >= end) {
            return None;
        }
        let start = *next;
        *next += step;
        Some(start..start + 1)
    }

    fn put_back(&mut self, rank: Rank, rest: Range<u64>) {
        self.next[rank] = rest.start;
    }

    fn ends_at(&mut self, length: u64) {
        self.end = Some(length);
    }

    fn owner(&self, iteration: u64) -> Option<(Rank, u64)> {
        let rank =
            usize::try_from(iteration % self.next.len() as u64).expect("a rank is a `usize`");
        Some((rank, 1))
    }
}
