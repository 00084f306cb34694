//! The truth: a search through everything that could still happen.

use std::collections::{BTreeSet, HashSet};

use super::ranks::{Programs, Stage, State, Step};
use crate::base::rank::Rank;

impl State {
    /// Whether some of these ranks can go on.
    pub(super) fn may_go_on(&self, programs: &Programs, ranks: &BTreeSet<Rank>) -> bool {
        let first = self.clone().settled(programs);
        let mut seen = HashSet::from([first.clone()]);
        let mut open = vec![first];
        while let Some(state) = open.pop() {
            if ranks
                .iter()
                .any(|&rank| state.position(rank) != self.position(rank))
            {
                return true;
            }
            for rank in 0..self.ranks.len() {
                for next in state.moves(programs, rank) {
                    let next = next.settled(programs);
                    if seen.insert(next.clone()) {
                        open.push(next);
                    }
                }
            }
        }
        false
    }

    /// After all that only makes more possible, whenever it is done: this keeps the search short.
    /// A test is left alone, for it may do as well without.
    fn settled(mut self, programs: &Programs) -> Self {
        let mut rank = 0;
        while rank < self.ranks.len() {
            let step = self.step(programs, rank);
            let testing =
                matches!(step, Some(Step::Test { .. })) && self.position(rank).1 != Stage::Before;
            let next = step.filter(|_| !testing);
            match next.and_then(|step| self.certain(step, rank).into_iter().next()) {
                Some(next) => (self, rank) = (next, 0),
                None => rank += 1,
            }
        }
        self
    }
}
