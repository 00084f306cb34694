//! What is left of a loop of which some iterations were run before.
//!
//! Invariant: no chunk has an iteration that is finished; all others are handed out as the policy below does.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Adapter, Policy};
use crate::base::rank::Rank;

/// Iterations that were run before, by the starts of their ranges: the ends. No two ranges touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Finished(BTreeMap<u64, u64>);

impl Finished {
    /// Adds a range, unless it is empty or has something of what there is.
    pub(crate) fn insert(&mut self, range: &Range<u64>) -> bool {
        if !self.is_free(range) {
            return false;
        }
        let Range { mut start, mut end } = *range;
        if let Some((&before, _)) = self
            .0
            .range(..start)
            .next_back()
            .filter(|(_, at)| **at == start)
        {
            start = before;
        }
        if let Some(after) = self.0.remove(&end) {
            end = after;
        }
        self.0.insert(start, end);
        true
    }

    /// Whether there are iterations in this range, and none of them is finished.
    pub(crate) fn is_free(&self, range: &Range<u64>) -> bool {
        let before = self.0.range(..range.end).next_back();
        range.start < range.end && before.is_none_or(|(_, &end)| end <= range.start)
    }

    /// How many iterations these are.
    pub(crate) fn iterations(&self) -> u64 {
        self.0.iter().map(|(start, end)| end - start).sum()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where the range ends that this iteration is in.
    fn end_of(&self, iteration: u64) -> Option<u64> {
        let (_, &end) = self.0.range(..=iteration).next_back()?;
        Some(end).filter(|&end| end > iteration)
    }

    /// The first iteration behind this one that is finished.
    fn next_behind(&self, iteration: u64) -> Option<u64> {
        let (&start, _) = self.0.range(iteration..).next()?;
        Some(start)
    }
}

/// Hands out what a policy does, without what is finished.
pub(crate) fn rest(policy: Box<dyn Policy>, finished: Finished) -> Box<dyn Policy> {
    if finished.is_empty() {
        return policy;
    }
    Box::new(Rest { policy, finished })
}

#[derive(Debug)]
struct Rest {
    policy: Box<dyn Policy>,
    finished: Finished,
}

impl Adapter for Rest {
    fn inside(&self) -> &dyn Policy {
        &*self.policy
    }

    fn inside_mut(&mut self) -> &mut dyn Policy {
        &mut *self.policy
    }

    fn hand_out(&mut self, rank: Rank) -> Option<Range<u64>> {
        loop {
            let mut chunk = self.policy.next(rank)?;
            if let Some(end) = self.finished.end_of(chunk.start) {
                // However far it reaches: what the policy hands out next begins behind it.
                self.policy.skip(end);
                continue;
            }
            let next = self.finished.next_behind(chunk.start);
            if let Some(next) = next.filter(|&next| next < chunk.end) {
                self.policy.put_back(rank, next..chunk.end);
                chunk.end = next;
            }
            return Some(chunk);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;
    use crate::loop_parts::schedule::{Length, Schedule, Workforce, policy};

    fn finished(ranges: &[Range<u64>]) -> Finished {
        let mut finished = Finished::default();
        for range in ranges {
            finished.insert(range);
        }
        finished
    }

    #[test]
    fn ranges_that_touch_are_one_and_those_that_overlap_are_refused() {
        let mut some = finished(&[3..5, 8..9]);
        assert!(some.insert(&(5..8)));
        assert_eq!(some, finished(std::slice::from_ref(&(3..9))));
        for twice in [3..4, 0..4, 8..12, 0..20, 8..9, 5..5] {
            assert!(!some.insert(&twice), "{twice:?}");
        }
        assert!(some.insert(&(0..3)) && some.insert(&(10..11)));
        assert_eq!(some.iterations(), 10);
    }

    proptest! {
        #[test]
        fn what_is_not_finished_is_handed_out_once(
            length in 0..200_u64,
            said in 0..3_u8,
            ranges in proptest::collection::vec((0..200_u64, 1..40_u64), 0..8),
            chunk in proptest::option::of(1..20_u64),
            nanos in 0..3_000_000_u64,
            keeps in proptest::collection::vec(1..30_u64, 1..6),
        ) {
            let ranges: Vec<_> = ranges
                .into_iter()
                .map(|(start, length)| start..start + length)
                .map(|range| range.start.min(length)..range.end.min(length))
                .collect();
            let finished = finished(&ranges);
            let said = match said {
                0 => Length::Exact(length),
                1 => Length::Hint(length / 2),
                _ => Length::Unknown,
            };
            let force = Workforce { ranks: 2, threads: 2 };
            let inner = policy(Schedule::Managed { chunk }, said, force);
            let mut policy = rest(inner, finished.clone());
            let mut handed = finished;
            let mut keeps = keeps.into_iter().cycle();
            while let Some(chunk) = policy.next(0) {
                if chunk.start >= length {
                    policy.ends_at(length);
                    continue;
                }
                let end = chunk.end.min(length).min(chunk.start + keeps.next().unwrap());
                if end < chunk.end {
                    policy.put_back(0, end..chunk.end);
                }
                prop_assert!(handed.insert(&(chunk.start..end)), "{chunk:?} twice");
                policy.measured(end - chunk.start, Duration::from_nanos(nanos));
            }
            prop_assert_eq!(handed.iterations(), length);
        }
    }
}
