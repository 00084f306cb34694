//! What the iterations of loops took when they ran last, by the places of the loops: short loops are not worth
//! waking threads for.

use std::time::Duration;

use super::fitting;
use super::rivals::Rivals;

/// Some loops are remembered; one that takes another's slot makes that forgotten.
#[derive(Debug)]
pub(crate) struct CostMemory {
    slots: [Option<Remembered>; SLOTS],
}

const SLOTS: usize = 64;

/// Loops that got longer are believed at once, others step by step: one slow call may be the machine's fault, as may
/// be a fast one's.
const CAUTION: f64 = 8.0;

/// What is remembered of one loop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Remembered {
    place: usize,
    iterations: u64,
    /// Nanoseconds per iteration.
    cost: f64,
    /// The same for carrying what another rank has made of an item, where that did not pay.
    pub(crate) too_much: Option<f64>,
    pub(crate) rivals: Rivals,
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

impl Remembered {
    /// What is expected of the loop. Without a number of `iterations`, it has as many as the last time.
    pub(crate) fn expected(&self, iterations: Option<u64>) -> Expected {
        Expected {
            iterations: iterations.unwrap_or(self.iterations),
            cost: self.cost,
        }
    }
}

impl CostMemory {
    /// What is remembered of the loop at this place.
    pub(crate) fn of(&self, place: usize) -> Option<&Remembered> {
        let remembered = self.slots[slot(place)].as_ref();
        remembered.filter(|slot| slot.place == place)
    }

    /// The loop at this place had so many iterations, which took so many nanoseconds. Returns what is remembered of it
    /// from now on.
    pub(crate) fn remember(
        &mut self,
        place: usize,
        iterations: u64,
        nanos: u64,
    ) -> Option<&mut Remembered> {
        if iterations == 0 {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let now = nanos as f64 / iterations as f64;
        let slot = &mut self.slots[slot(place)];
        let before = slot.filter(|slot| slot.place == place);
        let cost = before.map_or(now, |before| now.max(before.cost / CAUTION));
        Some(slot.insert(Remembered {
            place,
            iterations,
            cost,
            too_much: before.and_then(|before| before.too_much),
            rivals: before.map_or_else(Rivals::default, |before| before.rivals),
        }))
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
        let expected = memory.of(place)?.expected(iterations);
        Some(expected.time().as_nanos())
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
