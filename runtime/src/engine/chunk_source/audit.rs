//! Checks the items of ranks that run a fixed share, which the master hands nothing to.
//!
//! The master knows whose iteration is whose, so it digests the items of each rank when its own
//! iterator passes them, and compares at the end.

use super::supply::AnySource;
use crate::base::rank::Rank;
use crate::loop_parts::items::{Next, Panic, Prefetch};

/// The digests that the other ranks' shares should have.
#[derive(Debug)]
pub(super) struct Audit {
    /// How far the master's iterator has come.
    at: u64,
    expected: Vec<u64>,
}

impl Audit {
    pub(super) fn new(ranks: usize) -> Self {
        Self {
            at: 0,
            expected: vec![0; ranks],
        }
    }

    /// The next iteration that was neither passed nor taken.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// Passes items until the next one belongs to `own`, or until one panics.
    pub(super) fn pass_until(
        &mut self,
        own: Rank,
        owner: impl Fn(u64) -> Option<(Rank, u64)>,
        source: &mut dyn AnySource,
    ) -> Option<Panic> {
        while let Some((rank, run)) = owner(self.at).filter(|(rank, _)| *rank != own) {
            let end = self.at.saturating_add(run);
            let passed = source.pass(self.at..end, true, &Prefetch::all());
            self.expected[rank] = self.expected[rank].wrapping_add(passed.digest);
            let ended = passed.length < end - self.at;
            self.at += passed.length;
            match passed.next {
                Next::Panic(panic) => return Some(panic),
                Next::More | Next::End if ended => break,
                Next::More | Next::End => {}
            }
        }
        None
    }

    /// The master has taken items of its own.
    pub(super) fn took(&mut self, length: u64) {
        self.at += length;
    }

    /// The first rank whose share had another digest.
    pub(super) fn first_difference(&self, digests: &[u64]) -> Option<Rank> {
        (1..digests.len()).find(|&rank| digests[rank] != self.expected[rank])
    }
}
