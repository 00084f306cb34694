//! What the iterations of loops took when they ran last, by the places of the loops: short loops are not worth
//! waking threads for.

use std::time::Duration;

use super::fitting;
use super::rivals::{Pace, Paces, Rivals};

/// Some loops are remembered; one that takes another's slot makes that forgotten.
#[derive(Debug)]
pub(crate) struct CostMemory {
    slots: [Option<Remembered>; SLOTS],
}

const SLOTS: usize = 64;

/// Loops that got longer are believed at once, others step by step: one slow call may be the machine's fault, as may
/// be a fast one's.
const CAUTION: f64 = 8.0;

#[derive(Clone, Copy, Debug)]
struct Remembered {
    place: usize,
    iterations: u64,
    /// Nanoseconds per iteration.
    cost: f64,
    /// The same for carrying what another rank has made of an item, where that did not pay.
    too_much: Option<f64>,
    rivals: Rivals,
}

impl Default for CostMemory {
    fn default() -> Self {
        Self {
            slots: [None; SLOTS],
        }
    }
}

/// What is expected of a loop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected {
    iterations: u64,
    /// Nanoseconds per iteration.
    cost: f64,
}

impl Expected {
    /// How long it will take on one thread.
    pub(crate) fn time(self) -> Duration {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "an estimate"
        )]
        let nanos = (self.cost * self.iterations as f64) as u64;
        Duration::from_nanos(nanos)
    }

    /// How many of its iterations will take so long.
    pub(crate) fn iterations_in(self, time: Duration) -> u64 {
        fitting(time, self.cost)
    }
}

impl CostMemory {
    /// What is expected of the loop at this place, if it is remembered. Without a number of `iterations`, it has as
    /// many as the last time.
    pub(crate) fn expected(&self, place: usize, iterations: Option<u64>) -> Option<Expected> {
        let remembered = self.at(place)?;
        Some(Expected {
            iterations: iterations.unwrap_or(remembered.iterations),
            cost: remembered.cost,
        })
    }

    /// The loop at this place had so many iterations, which took so many nanoseconds.
    pub(crate) fn remember(&mut self, place: usize, iterations: u64, nanos: u64) {
        if iterations == 0 {
            return;
        }
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let now = nanos as f64 / iterations as f64;
        let slot = &mut self.slots[slot(place)];
        let before = slot.filter(|slot| slot.place == place);
        let cost = before.map_or(now, |before| now.max(before.cost / CAUTION));
        *slot = Some(Remembered {
            place,
            iterations,
            cost,
            too_much: before.and_then(|before| before.too_much),
            rivals: before.map_or_else(Rivals::default, |before| before.rivals),
        });
    }

    /// What is remembered of carrying items.
    pub(crate) fn too_much(&self, place: usize) -> Option<f64> {
        self.at(place)?.too_much
    }

    /// See [`Rivals::rival`].
    pub(crate) fn rival(&self, place: usize) -> Option<Pace> {
        self.at(place)?.rivals.rival()
    }

    /// Of a loop that is remembered: how it went, and how many nanoseconds it took the master to carry an item, if that
    /// did not pay.
    pub(crate) fn went(&mut self, place: usize, paces: Paces, too_much: Option<f64>) {
        let remembered = self.slots[slot(place)].as_mut();
        if let Some(remembered) = remembered.filter(|slot| slot.place == place) {
            remembered.too_much = too_much;
            remembered.rivals.ran(paces);
        }
    }

    fn at(&self, place: usize) -> Option<&Remembered> {
        let remembered = self.slots[slot(place)].as_ref();
        remembered.filter(|slot| slot.place == place)
    }
}

fn slot(place: usize) -> usize {
    // Places are addresses of aligned values, next to each other.
    (place >> 3) % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nanos(memory: &CostMemory, place: usize, iterations: Option<u64>) -> Option<u128> {
        memory
            .expected(place, iterations)
            .map(|expected| expected.time().as_nanos())
    }

    #[test]
    fn a_loop_is_expected_to_take_as_long_as_it_did() {
        let mut memory = CostMemory::default();
        assert_eq!(nanos(&memory, 8, Some(5)), None);
        memory.remember(8, 10, 200);
        assert_eq!(nanos(&memory, 8, Some(5)), Some(100));
        assert_eq!(nanos(&memory, 8, None), Some(200));
        assert_eq!(nanos(&memory, 16, None), None);
    }

    #[test]
    fn longer_is_believed_at_once_and_shorter_slowly() {
        let mut memory = CostMemory::default();
        memory.remember(8, 1, 64);
        memory.remember(8, 1, 6_400);
        assert_eq!(nanos(&memory, 8, Some(1)), Some(6_400));
        memory.remember(8, 1, 64);
        assert_eq!(nanos(&memory, 8, Some(1)), Some(800));
        memory.remember(8, 1, 64);
        assert_eq!(nanos(&memory, 8, Some(1)), Some(100));
    }

    #[test]
    fn a_loop_without_iterations_tells_nothing() {
        let mut memory = CostMemory::default();
        memory.remember(8, 0, 5);
        assert_eq!(nanos(&memory, 8, Some(1)), None);
    }

    #[test]
    fn who_takes_a_slot_makes_the_one_before_forgotten() {
        let (one, other) = (8, 8 + 8 * SLOTS);
        let mut memory = CostMemory::default();
        memory.remember(one, 1, 10);
        memory.remember(other, 1, 20);
        assert_eq!(nanos(&memory, one, Some(1)), None);
        assert_eq!(nanos(&memory, other, Some(1)), Some(20));
    }
}
