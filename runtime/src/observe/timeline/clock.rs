//! The clock of another rank, as seen from the master: what is known of the difference, and how exactly.
//!
//! Each time of theirs of which it is known that it was before, or after, one of the master's bounds the difference. Invariant: the
//! lower bound is never above the upper one. Clocks drift: a newer bound that contradicts the other one moves it.

/// See the module. Differences are the master's time less theirs, in nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Clock {
    least: Option<i64>,
    most: Option<i64>,
}

impl Clock {
    /// What happened at `theirs` happened after `ours`.
    pub(super) fn after(&mut self, ours: u64, theirs: u64) {
        let least = difference(ours, theirs);
        self.least = Some(self.least.map_or(least, |known| known.max(least)));
        self.most = self.most.map(|most| most.max(least));
    }

    /// What happened at `theirs` happened before `ours`.
    pub(super) fn before(&mut self, ours: u64, theirs: u64) {
        let most = difference(ours, theirs);
        self.most = Some(self.most.map_or(most, |known| known.min(most)));
        self.least = self.least.map(|least| least.min(most));
    }

    /// The master's time at `theirs`.
    pub(super) fn here(&self, theirs: u64) -> u64 {
        let difference = match (self.least, self.most) {
            (Some(least), Some(most)) => least + (most - least) / 2,
            (one, other) => one.or(other).unwrap_or(0),
        };
        theirs.saturating_add_signed(difference)
    }

    /// That time is wrong by so much at most, where both bounds are known.
    pub(super) fn error(&self) -> Option<u64> {
        Some(self.most?.abs_diff(self.least?).div_ceil(2))
    }
}

fn difference(ours: u64, theirs: u64) -> i64 {
    let clamp = |time: u64| i64::try_from(time).unwrap_or(i64::MAX);
    clamp(ours) - clamp(theirs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_clock_of_which_nothing_is_known_is_ours() {
        assert_eq!(Clock::default().here(77), 77);
        assert_eq!(Clock::default().error(), None);
    }

    #[test]
    fn round_trips_bound_the_difference() {
        let mut clock = Clock::default();
        // Theirs is 1000 behind; the ways take 30 and 10.
        clock.after(5000, 4030);
        clock.before(5040, 4030);
        assert_eq!((clock.here(4030), clock.error()), (5020, Some(20)));
        // A faster one.
        clock.after(6000, 5004);
        clock.before(6008, 5004);
        assert_eq!((clock.here(5004), clock.error()), (6004, Some(4)));
    }

    #[test]
    fn a_drift_is_followed() {
        let mut clock = Clock::default();
        clock.after(100, 100);
        clock.before(110, 100);
        clock.after(1200, 1100);
        assert_eq!((clock.here(1100), clock.error()), (1200, Some(0)));
        clock.before(2000, 1990);
        assert_eq!((clock.here(1990), clock.error()), (2000, Some(0)));
    }

    proptest! {
        /// Without a drift the error is no larger than is said, whatever was heard.
        #[test]
        fn the_difference_is_as_exact_as_is_said(
            ahead in -1_000_000..1_000_000_i64,
            messages in proptest::collection::vec((2_000_000..9_000_000_u64, 0..500_u64, any::<bool>()), 1..50),
        ) {
            let mut clock = Clock::default();
            for (at, way, there) in messages {
                let theirs = |time: u64| time.saturating_add_signed(ahead);
                if there {
                    clock.after(at, theirs(at + way));
                } else {
                    clock.before(at + way, theirs(at));
                }
            }
            if let Some(error) = clock.error() {
                let here = clock.here(5_000_000);
                prop_assert!(here.abs_diff(5_000_000_u64.saturating_add_signed(-ahead)) <= error + 1);
            }
        }
    }
}
