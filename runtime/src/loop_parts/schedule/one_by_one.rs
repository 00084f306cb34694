//! Another policy's iterations, each a chunk by itself.

use std::ops::Range;
use std::time::Duration;

use super::{Outlook, Policy, Reserve};
use crate::base::rank::Rank;

/// What this policy hands out, one iteration at a time.
pub(crate) fn one_by_one(policy: Box<dyn Policy>) -> Box<dyn Policy> {
    Box::new(OneByOne(policy))
}

#[derive(Debug)]
struct OneByOne(Box<dyn Policy>);

impl Policy for OneByOne {
    fn next(&mut self, rank: Rank) -> Option<Range<u64>> {
        let Range { start, end } = self.0.next(rank)?;
        if end - start > 1 {
            self.0.put_back(rank, start + 1..end);
        }
        Some(start..start + 1)
    }

    fn put_back(&mut self, rank: Rank, rest: Range<u64>) {
        self.0.put_back(rank, rest);
    }

    fn skip(&mut self, iterations: u64) {
        self.0.skip(iterations);
    }

    fn at_most(&mut self, iterations: u64) {
        self.0.at_most(iterations);
    }

    fn ends_at(&mut self, length: u64) {
        self.0.ends_at(length);
    }

    fn measured(&mut self, iterations: u64, busy: Duration) {
        self.0.measured(iterations, busy);
    }

    fn stays_here(&mut self, here: bool) {
        self.0.stays_here(here);
    }

    fn cost(&self) -> Option<f64> {
        self.0.cost()
    }

    fn made(&mut self, items: u64, time: Duration) {
        self.0.made(items, time);
    }

    fn hoards(&self) -> bool {
        self.0.hoards()
    }

    fn reserve(&self, round_trip: Duration) -> Option<Reserve> {
        self.0.reserve(round_trip)
    }

    fn outlook(&self) -> Option<Outlook> {
        self.0.outlook()
    }

    fn owner(&self, iteration: u64) -> Option<(Rank, u64)> {
        self.0.owner(iteration)
    }

    fn is_surplus(&self, iteration: u64) -> bool {
        self.0.is_surplus(iteration)
    }
}
