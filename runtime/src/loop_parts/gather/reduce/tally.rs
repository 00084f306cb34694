//! Sums of integers while their loop runs: where the contributions lead, in numbers that are wider than the variable.
//!
//! An integer that is moved up and down overflows where its highest or lowest place is out of range, wherever it
//! ends. So of all steps only these two and the end matter, and an iteration needs no look at whether it
//! overflows: that is found where the chunk is added to the variable.
//!
//! Invariant: from any start, the steps of a tally reach the same highest, lowest and last place as those taken.

use std::mem;

use serde::{Deserialize, Serialize};

use super::Reducible;
use crate::base::raw::{Packer, Unpacker};
use crate::loop_parts::gather::raw::RawPart as _;

/// Places, seen from the start. They can't overflow: that takes more steps of 64 bits than a computer can make.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Far {
    place: i128,
    /// Of the steps in both directions; where they go in one, the last place is the farthest.
    highest: i128,
    lowest: i128,
}

/// Places of an ordinary width, for speed, seen from the last of the far ones.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Near {
    place: i64,
    highest: i64,
    lowest: i64,
}

/// Where steps in one direction have led since the present block began, in two halves: of so few that neither
/// overflows. The compiler adds up several of them at once.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Block {
    low: i64,
    high: i64,
}

/// Where steps lead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Option<Places>", into = "Option<Places>")]
pub struct Tally {
    far: Far,
    near: Near,
    block: Block,
}

/// The last, the highest and the lowest one.
type Places = [i128; 3];

impl Tally {
    /// A step in the direction of all others.
    #[inline]
    pub(super) fn go_on(&mut self, by: i128) {
        // Without a look at an overflow in builds that look at all of them.
        self.far.place = self.far.place.wrapping_add(by);
    }

    /// The same, vectorised, where fewer than 2^31 of them come before the block ends.
    #[inline]
    pub(super) fn go_on_in_block(&mut self, by: u64, down: bool) {
        let Block { low, high } = &mut self.block;
        let halves = ((by & 0xffff_ffff).cast_signed(), (by >> 32).cast_signed());
        if down {
            (*low, *high) = (low.wrapping_sub(halves.0), high.wrapping_sub(halves.1));
        } else {
            (*low, *high) = (low.wrapping_add(halves.0), high.wrapping_add(halves.1));
        }
    }

    /// A block ends.
    #[inline]
    pub(super) fn end_block(&mut self) {
        let Block { low, high } = mem::take(&mut self.block);
        self.go_on(i128::from(low) + (i128::from(high) << 32));
    }

    /// A step up or down.
    #[inline]
    pub(super) fn step(&mut self, by: i128) {
        let near = &mut self.near;
        match i64::try_from(by)
            .ok()
            .and_then(|by| near.place.checked_add(by))
        {
            Some(place) => {
                near.place = place;
                near.highest = near.highest.max(place);
                near.lowest = near.lowest.min(place);
            }
            None => *self = self.stepped_far(by),
        }
    }

    // By value: so nobody has its address, and it is in registers while the loop runs.
    #[cold]
    #[inline(never)]
    fn stepped_far(self, by: i128) -> Self {
        let mut far = self.settled().far;
        far.place += by;
        far.highest = far.highest.max(far.place);
        far.lowest = far.lowest.min(far.place);
        Self {
            far,
            ..Self::default()
        }
    }

    /// The same, with nothing near.
    #[must_use]
    pub(super) fn settled(mut self) -> Self {
        self.end_block();
        let Self { far, near, .. } = self;
        let place = far.place + i128::from(near.place);
        let highest = far.highest.max(far.place + i128::from(near.highest));
        let lowest = far.lowest.min(far.place + i128::from(near.lowest));
        let far = Far {
            place,
            highest: highest.max(place),
            lowest: lowest.min(place),
        };
        Self {
            far,
            ..Self::default()
        }
    }

    /// What it comes to, if there was any step.
    pub(super) fn sum(self) -> Option<i128> {
        Option::<Places>::from(self).map(|[place, ..]| place)
    }

    /// Takes the steps from an integer on: at once where that is as good as one after the other, and else by `step`,
    /// the user's operator, which overflows where the loop does.
    #[inline]
    pub(super) fn take<T: Reducible>(self, target: &mut T, step: impl FnMut(&mut T, i128)) {
        let Some((least, most)) = T::RANGE else {
            return;
        };
        let far = self.settled().far;
        let start = target.wide();
        if start + far.lowest >= least && start + far.highest <= most {
            *target = T::narrow(start + far.place);
        } else {
            far.take_in_steps(target, (least, most), step);
        }
    }
}

impl Far {
    #[cold]
    #[inline(never)]
    fn take_in_steps<T>(
        self,
        target: &mut T,
        (least, most): (i128, i128),
        mut step: impl FnMut(&mut T, i128),
    ) {
        // More than that overflows, from wherever, and comes to the same place if it wraps.
        let around = most - least + 1;
        let mut place = 0;
        for next in [self.highest, self.lowest, self.place] {
            let way = next - place;
            place = next;
            let mut left = if way.abs() > 4 * around {
                way % around + 2 * around * way.signum()
            } else {
                way
            };
            while left != 0 {
                let piece = left.clamp(-most, most);
                step(target, piece);
                left -= piece;
            }
        }
    }
}

impl From<Tally> for Option<Places> {
    fn from(tally: Tally) -> Self {
        let Far {
            place,
            highest,
            lowest,
        } = tally.settled().far;
        ((highest, lowest) != (0, 0)).then_some([place, highest, lowest])
    }
}

impl From<Option<Places>> for Tally {
    fn from(places: Option<Places>) -> Self {
        let [place, highest, lowest] = places.unwrap_or_default();
        let far = Far {
            place,
            highest,
            lowest,
        };
        Self {
            far,
            ..Self::default()
        }
    }
}

impl Tally {
    /// Writes it for another rank.
    pub(super) fn pack(self, packer: &mut Packer) {
        let places: Option<Places> = self.into();
        let mut places = Vec::from_iter(places);
        places.pack(packer);
    }

    /// Takes it out again.
    ///
    /// # Errors
    /// When it is not there, in words.
    pub(super) fn unpack(unpacker: &mut Unpacker) -> Result<Self, String> {
        let mut places: Vec<[i128; 3]> = Vec::unpack(unpacker)?;
        Ok(places.pop().into())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// From a start on, by one step after the other: where that leads, and whether it overflows.
    fn wrapping(start: i8, steps: impl IntoIterator<Item = i128>) -> (i8, bool) {
        steps
            .into_iter()
            .fold((start, false), |(place, overflows), by| {
                let (place, over) = place.overflowing_add(i8::try_from(by).unwrap());
                (place, overflows || over)
            })
    }

    fn wide() -> impl Strategy<Value = i128> {
        let ends = prop_oneof![Just(i64::MIN), Just(i64::MAX), any::<i64>()];
        prop_oneof![-3..4_i128, ends.prop_map(|by| 2 * i128::from(by))]
    }

    proptest! {
        #[test]
        fn a_tally_overflows_and_wraps_as_its_steps(start: i8, steps in proptest::collection::vec(any::<i8>(), 0..200)) {
            let mut tally = Tally::default();
            for step in &steps {
                tally.step((*step).into());
            }
            let (mut place, mut overflows) = (start, false);
            tally.take(&mut place, |place, by| {
                let (next, over) = wrapping(*place, [by]);
                (*place, overflows) = (next, overflows || over);
            });
            let expected = wrapping(start, steps.into_iter().map(i128::from));
            prop_assert_eq!((place, overflows), expected);
        }

        #[test]
        fn steps_in_one_direction_do_so_too(start: u8, steps in proptest::collection::vec(any::<u8>(), 0..40), down: bool, once: bool) {
            let mut tally = Tally::default();
            let (mut expected, mut overflows) = (start, false);
            for by in steps {
                let (next, over) = if down { expected.overflowing_sub(by) } else { expected.overflowing_add(by) };
                (expected, overflows) = (next, overflows || over);
                if once {
                    tally.go_on_in_block(by.into(), down);
                } else {
                    tally.go_on(if down { -i128::from(by) } else { by.into() });
                }
                if by % 5 == 0 {
                    tally.end_block();
                }
            }
            let (mut place, mut found) = (start, false);
            tally.take(&mut place, |place, by| {
                let by_one = u8::try_from(by.abs()).unwrap();
                let (next, over) = if by < 0 { place.overflowing_sub(by_one) } else { place.overflowing_add(by_one) };
                (*place, found) = (next, found || over);
            });
            prop_assert_eq!((place, found), (expected, overflows));
        }

        #[test]
        fn wide_steps_are_counted_as_narrow_ones(steps in proptest::collection::vec(wide(), 0..50)) {
            let (mut tally, mut far) = (Tally::default(), Far::default());
            for by in steps {
                tally.step(by);
                far.place += by;
                far.highest = far.highest.max(far.place);
                far.lowest = far.lowest.min(far.place);
            }
            prop_assert_eq!(tally.settled().far, far);
            prop_assert_eq!(Tally::from(Option::<Places>::from(tally)), tally.settled());
        }
    }
}
