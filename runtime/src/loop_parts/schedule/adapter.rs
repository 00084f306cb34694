//! Policies that hand out what another one does, in other chunks.

use std::ops::Range;
use std::time::Duration;

use super::{Outlook, Policy, Reserve};
use crate::base::rank::Rank;

/// See the module. Of what it does not say, the policy inside is asked.
pub(crate) trait Adapter: std::fmt::Debug + Send {
    fn inside(&self) -> &dyn Policy;

    fn inside_mut(&mut self) -> &mut dyn Policy;

    /// See [`Policy::next`].
    fn hand_out(&mut self, rank: Rank) -> Option<Range<u64>>;

    /// Before the policy inside learns the same; see [`Policy::measured`].
    fn watch(&mut self, _busy: Duration) {}
}

impl<A: Adapter> Policy for A {
    fn next(&mut self, rank: Rank) -> Option<Range<u64>> {
        self.hand_out(rank)
    }

    fn put_back(&mut self, rank: Rank, rest: Range<u64>) {
        self.inside_mut().put_back(rank, rest);
    }

    fn skip(&mut self, iterations: u64) {
        self.inside_mut().skip(iterations);
    }

    fn at_most(&mut self, iterations: u64) {
        self.inside_mut().at_most(iterations);
    }

    fn ends_at(&mut self, length: u64) {
        self.inside_mut().ends_at(length);
    }

    fn measured(&mut self, iterations: u64, busy: Duration) {
        self.watch(busy);
        self.inside_mut().measured(iterations, busy);
    }

    fn stays_here(&mut self, here: bool) {
        self.inside_mut().stays_here(here);
    }

    fn cost(&self) -> Option<f64> {
        self.inside().cost()
    }

    fn made(&mut self, items: u64, time: Duration) {
        self.inside_mut().made(items, time);
    }

    fn hoards(&self) -> bool {
        self.inside().hoards()
    }

    fn reserve(&self, round_trip: Duration) -> Option<Reserve> {
        self.inside().reserve(round_trip)
    }

    fn outlook(&self) -> Option<Outlook> {
        self.inside().outlook()
    }

    fn owner(&self, iteration: u64) -> Option<(Rank, u64)> {
        self.inside().owner(iteration)
    }

    fn is_surplus(&self, iteration: u64) -> bool {
        self.inside().is_surplus(iteration)
    }
}
