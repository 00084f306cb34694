//! Whether it pays to share a loop of cheap iterations, by what it took both ways: one thread neither keeps what it
//! overwrites nor carries what it makes, and may be through before several are.
//!
//! Invariant: what was measured decides, and is measured again and again; so a wrong figure does not last.

use std::time::Duration;

/// What iterations took on average, in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pace {
    /// From one to the next.
    pub(crate) wall: f64,
    /// On the thread that ran them, without what adds their results to the outputs.
    pub(crate) busy: f64,
    /// From one to the next where no thread waits for another, nor for anything else.
    pub(crate) least: f64,
}

/// How a loop went: on the thread that reached it, and then on all.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Paces {
    pub(crate) alone: Option<Pace>,
    pub(crate) shared: Option<Pace>,
}

/// What is known of one loop.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rivals {
    known: Paces,
    /// How often it was shared, up to [`SHARED`].
    shared: u32,
    /// So often it ran in the way that seems better, since the other was tried.
    runs: u32,
    /// So many times that was found to be right.
    patience: u32,
}

/// Of dearer iterations, the threads can only win.
const CHEAP: f64 = 10_000.0;

/// One thread that takes longer than so many times the least that all can take is only ahead by chance.
const CHANCE: f64 = 1.75;

/// The first runs are shared, to know what that takes when everything is in place.
const SHARED: u32 = 3;

/// Where the iterations take so many times less than those that were shared, they are others.
const ALIKE: f64 = 16.0;

/// After so many runs the other way is tried, and then after twice as many, up to so many doublings.
const FIRST: u32 = 16;
const MOST: u32 = 6;

impl Pace {
    /// Of so many iterations.
    pub(crate) fn of(iterations: u64, wall: Duration, busy: u64) -> Option<Self> {
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let each = |nanos: u64| nanos as f64 / iterations as f64;
        let wall = u64::try_from(wall.as_nanos()).unwrap_or(u64::MAX);
        (iterations > 0).then(|| Self {
            wall: each(wall),
            busy: each(busy),
            least: each(wall),
        })
    }

    /// The same of so many threads, one of which has spent so much time on what only one can do.
    pub(crate) fn shared(self, threads: usize, iterations: u64, one: Duration) -> Self {
        let one = Self::of(iterations, one, 0).map_or(0.0, |one| one.wall);
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let each = (self.busy + one) / threads as f64;
        Self {
            least: each.max(one),
            ..self
        }
    }

    /// Whether one thread at this pace is ahead of all threads at the other.
    pub(crate) fn beats(self, shared: Self) -> bool {
        self.wall < shared.wall
            && self.wall < CHANCE * shared.least
            && self.busy * ALIKE > shared.busy
    }
}

/// Faster is believed at once, slower step by step: that may be the fault of what else runs on the machine.
fn learnt(known: Option<Pace>, now: Option<Pace>) -> Option<Pace> {
    let (Some(known), Some(now)) = (known, now) else {
        return now.or(known);
    };
    let towards = |known: f64, now: f64| {
        if now < known {
            now
        } else {
            known + (now.min(2.0 * known) - known) / 8.0
        }
    };
    Some(Pace {
        wall: towards(known.wall, now.wall),
        busy: towards(known.busy, now.busy),
        least: towards(known.least, now.least),
    })
}

impl Rivals {
    /// The present thread may begin alone, and go on as long as it is ahead of this pace.
    pub(crate) fn rival(&self) -> Option<Pace> {
        let shared = self.known.shared.filter(|pace| pace.busy < CHEAP)?;
        if self.shared < SHARED {
            return None;
        }
        (self.alone_wins() != self.tries_the_other()).then_some(shared)
    }

    /// The loop has run once more.
    pub(crate) fn ran(&mut self, paces: Paces) {
        if paces == Paces::default() {
            return;
        }
        let (tried, before) = (self.tries_the_other(), self.alone_wins());
        if paces.shared.is_some() && self.shared < SHARED {
            self.shared += 1;
        }
        self.known = Paces {
            alone: learnt(self.known.alone, paces.alone),
            shared: learnt(self.known.shared, paces.shared),
        };
        if self.alone_wins() != before || self.shared < SHARED {
            (self.runs, self.patience) = (0, 0);
        } else if tried {
            (self.runs, self.patience) = (0, (self.patience + 1).min(MOST));
        } else {
            self.runs += 1;
        }
    }

    /// So it seems, also where that was never tried.
    fn alone_wins(&self) -> bool {
        let Paces { alone, shared } = self.known;
        match (alone, shared) {
            (Some(alone), Some(shared)) => alone.beats(shared),
            (None, Some(_)) => true,
            (_, None) => false,
        }
    }

    fn tries_the_other(&self) -> bool {
        self.runs >= FIRST << self.patience
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A loop of a million iterations that take so long in either way, called so often: how often it was shared.
    fn shared(rivals: &mut Rivals, alone: Pace, shared: Pace, calls: u32) -> u32 {
        let mut times = 0;
        for _ in 0..calls {
            let beaten = rivals.rival().map(|pace| alone.beats(pace));
            let paces = Paces {
                alone: beaten.map(|_| alone),
                shared: (beaten != Some(true)).then_some(shared),
            };
            times += u32::from(paces.shared.is_some());
            rivals.ran(paces);
        }
        times
    }

    fn pace(wall: f64, busy: f64) -> Pace {
        Pace {
            wall,
            busy,
            least: wall,
        }
    }

    #[test]
    fn who_is_faster_runs_it_and_the_other_is_tried_now_and_then() {
        let mut rivals = Rivals::default();
        let store = (pace(0.5, 0.4), pace(1.2, 1.0));
        // The first three times, and after 16 and 32 and 64 more.
        assert_eq!(shared(&mut rivals, store.0, store.1, 140), 6);
        // Now it is worth sharing: that is found when it is tried, and shared from then on.
        assert!(shared(&mut rivals, pace(0.5, 0.4), pace(0.3, 0.5), 1000) > 800);
    }

    #[test]
    fn what_gains_by_threads_is_shared() {
        let mut rivals = Rivals::default();
        assert_eq!(
            shared(&mut rivals, pace(27.0, 26.0), pace(14.0, 26.0), 1000),
            1000
        );
        let mut rivals = Rivals::default();
        assert_eq!(
            shared(&mut rivals, pace(1e6, 1e6), pace(2e6, 1e6), 1000),
            1000
        );
    }

    #[test]
    fn cheaper_iterations_than_those_that_were_shared_prove_nothing() {
        let mut rivals = Rivals::default();
        shared(&mut rivals, pace(100.0, 100.0), pace(60.0, 100.0), 3);
        assert!(
            rivals
                .rival()
                .is_some_and(|shared| !pace(50.0, 5.0).beats(shared))
        );
    }

    #[test]
    fn a_slow_run_changes_nothing_and_many_do() {
        let mut rivals = Rivals::default();
        let (alone, all) = (pace(0.5, 0.4), pace(1.0, 0.8));
        shared(&mut rivals, alone, all, 10);
        shared(&mut rivals, pace(90.0, 90.0), all, 1);
        assert_eq!(shared(&mut rivals, alone, all, 1), 0);
        assert!(shared(&mut rivals, pace(2.0, 1.9), all, 100) > 80);
    }

    #[test]
    fn a_loop_that_was_never_shared_is_not_held_back() {
        let mut rivals = Rivals::default();
        rivals.ran(Paces::default());
        assert_eq!(rivals.rival(), None);
    }

    #[test]
    fn the_pace_of_nothing_is_unknown() {
        assert_eq!(Pace::of(0, Duration::from_secs(1), 1), None);
        let second = Duration::from_secs(1);
        assert_eq!(Pace::of(4, second, 8), Some(pace(0.25e9, 2.0)));
    }

    #[test]
    fn threads_that_came_late_are_given_another_chance() {
        let second = Duration::from_secs(1);
        // Two that worked for a second each could have been through in half the time.
        let late = Pace::of(1_000_000_000, 2 * second, 2_000_000_000).unwrap();
        let late = late.shared(2, 1_000_000_000, Duration::ZERO);
        assert!(late.wall > 1.9 && late.least < 1.1);
        assert!(!pace(1.9, 1.9).beats(late) && pace(1.5, 1.5).beats(late));
        // What one has to do alone, nobody can help with.
        let bound = late.shared(2, 1_000_000_000, 5 * second);
        assert!((bound.least - 5.0).abs() < f64::EPSILON);
    }
}
