//! The places of a list that nobody uses.
//!
//! Invariant: the ranges are sorted, none is empty, and no two touch each other.

use std::ops::Range;

/// See the module. The places are numbers, so that this is compiled once.
#[derive(Debug)]
pub(super) struct Free {
    ranges: Vec<Range<usize>>,
    /// Behind the last place.
    end: usize,
}

impl Free {
    /// These places are free.
    pub(super) fn new(places: Range<usize>) -> Self {
        Self {
            end: places.end,
            ranges: Vec::from_iter((!places.is_empty()).then_some(places)),
        }
    }

    /// These places are somebody's from now on, if all of them were free.
    pub(super) fn take(&mut self, places: &Range<usize>) -> bool {
        if places.is_empty() {
            return true;
        }
        let at = self.before(places.end);
        let Some(range) = at.checked_sub(1).and_then(|at| self.ranges.get_mut(at)) else {
            return false;
        };
        if places.start < range.start || range.end < places.end {
            return false;
        }
        let after = places.end..range.end;
        range.end = places.start;
        if Range::is_empty(range) {
            self.ranges.remove(at - 1);
        }
        self.give(after);
        true
    }

    /// Takes all places from this one on, if all of them were free.
    pub(super) fn take_rest(&mut self, start: usize) -> bool {
        self.take(&(start..self.end))
    }

    /// These places, which were somebody's, are free.
    pub(super) fn give(&mut self, places: Range<usize>) {
        if places.is_empty() {
            return;
        }
        let at = self.before(places.start);
        let touches = |range: &Range<usize>| range.start == places.end;
        let mut places = places.clone();
        if self.ranges.get(at).is_some_and(touches) {
            places.end = self.ranges.remove(at).end;
        }
        match at.checked_sub(1).and_then(|at| self.ranges.get_mut(at)) {
            Some(range) if range.end == places.start => range.end = places.end,
            _ => self.ranges.insert(at, places),
        }
    }

    /// How many ranges start before this place.
    fn before(&self, place: usize) -> usize {
        self.ranges.partition_point(|range| range.start < place)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_place_has_one_user(
            steps in proptest::collection::vec((0..40_usize, 0..9_usize, any::<bool>()), 0..60),
        ) {
            let mut free = Free::new(5..30);
            let mut used = [true; 50];
            used[5..30].fill(false);
            let mut taken: Vec<Range<usize>> = Vec::new();
            for (start, length, gives) in steps {
                if gives && !taken.is_empty() {
                    let places = taken.swap_remove(start % taken.len());
                    used[places.clone()].fill(false);
                    free.give(places);
                } else {
                    let places = start..start + length;
                    let possible = !used[places.clone()].contains(&true);
                    prop_assert_eq!(free.take(&places), possible);
                    if possible && length > 0 {
                        used[places.clone()].fill(true);
                        taken.push(places);
                    }
                }
                let runs = used.chunk_by(|a, b| a == b).filter(|run| !run[0]).count();
                prop_assert_eq!(free.ranges.len(), runs);
            }
            let rest = used[..30].iter().rposition(|used| *used).map_or(5, |last| (last + 1).max(5));
            prop_assert!(rest == 30 || !free.take_rest(rest - 1) || rest == 5);
            prop_assert!(free.take_rest(rest));
            prop_assert!(free.take_rest(30));
        }
    }
}
