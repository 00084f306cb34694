//! What an iteration is numbered by.
//!
//! Invariant: the names of different numbers differ, those of equal ones don't, whatever their types. They are as they
//! always were: streams are known by them.

/// What [`random`](super::random) takes as the number of an iteration: an integer of at most 64 bits, two or three of them,
/// or references to these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number of an iteration",
    label = "this must be an integer of at most 64 bits, or two or three of them: `(i, j)`",
    note = "the loop can number its items: `for (i, item) in items.into_iter().enumerate()`"
)]
pub trait IterationNumber: Copy {
    /// How the number's stream is told from others.
    #[doc(hidden)]
    fn name(self) -> Name;
}

/// An integer of at most 64 bits, or a reference to one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no integer of at most 64 bits",
    label = "an iteration is numbered by one, two or three of them",
    note = "the loop can number its items: `for (i, item) in items.into_iter().enumerate()`"
)]
pub trait WholeNumber: Copy {
    /// Whether it is negative, and how large without that.
    #[doc(hidden)]
    fn sign_and_size(self) -> (bool, u64);
}

/// How the stream of a number is told from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// How many integers there are, and from the ninth bit on, which of them are negative.
    pub(super) kind: u64,
    /// All but the last, without their signs; zeros where there are none.
    pub(super) before: [u64; 2],
    pub(super) last: u64,
}

impl Name {
    fn of<const N: usize>(parts: [(bool, u64); N]) -> Self {
        let signs = parts.iter().enumerate();
        let signs = signs.map(|(place, (negative, _))| u64::from(*negative) << (8 + place));
        let mut name = Self {
            kind: N as u64 | signs.sum::<u64>(),
            before: [0; 2],
            last: parts[N - 1].1,
        };
        for (word, (_, size)) in name.before.iter_mut().zip(&parts[..N - 1]) {
            *word = *size;
        }
        name
    }
}

macro_rules! whole_numbers {
    ($($unsigned:ty, $signed:ty;)+) => {$(
        #[allow(clippy::cast_lossless, reason = "the same for all types")]
        impl WholeNumber for $unsigned {
            fn sign_and_size(self) -> (bool, u64) {
                (false, self as u64)
            }
        }

        #[allow(clippy::cast_lossless, reason = "the same for all types")]
        impl WholeNumber for $signed {
            fn sign_and_size(self) -> (bool, u64) {
                (self < 0, self.unsigned_abs() as u64)
            }
        }

        impl IterationNumber for $unsigned {
            fn name(self) -> Name {
                Name::of([self.sign_and_size()])
            }
        }

        impl IterationNumber for $signed {
            fn name(self) -> Name {
                Name::of([self.sign_and_size()])
            }
        }
    )+};
}

whole_numbers! {
    u8, i8;
    u16, i16;
    u32, i32;
    u64, i64;
    usize, isize;
}

impl<A: WholeNumber> WholeNumber for &A {
    fn sign_and_size(self) -> (bool, u64) {
        (*self).sign_and_size()
    }
}

impl<A: IterationNumber> IterationNumber for &A {
    fn name(self) -> Name {
        (*self).name()
    }
}

impl<A: WholeNumber, B: WholeNumber> IterationNumber for (A, B) {
    fn name(self) -> Name {
        Name::of([self.0.sign_and_size(), self.1.sign_and_size()])
    }
}

impl<A: WholeNumber, B: WholeNumber, C: WholeNumber> IterationNumber for (A, B, C) {
    fn name(self) -> Name {
        let (a, b, c) = self;
        Name::of([a.sign_and_size(), b.sign_and_size(), c.sign_and_size()])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn different_numbers_have_different_names() {
        let some = [i64::MIN, -2, -1, 0, 1, 2, i64::MAX];
        let mut known = HashMap::new();
        let mut add = |what: Vec<i128>, name: Name| {
            let other = known.insert(name, what.clone());
            assert_eq!(other, None, "and {what:?}: {name:?}");
        };
        for a in some {
            add(vec![a.into()], a.name());
            for b in some {
                add(vec![a.into(), b.into()], (a, b).name());
                for c in some {
                    add(vec![a.into(), b.into(), c.into()], (a, b, c).name());
                }
            }
        }
        for large in [u64::MAX, 1 << 63] {
            add(vec![large.into()], large.name());
        }
    }

    #[test]
    fn equal_numbers_of_different_types_have_one_name() {
        let names = [
            7_u8.name(),
            7_i8.name(),
            7_u32.name(),
            7_i64.name(),
            7_usize.name(),
            (&&7_isize).name(),
        ];
        assert!(names.iter().all(|name| *name == 7_u64.name()));
        assert_eq!((-7_i8).name(), (-7_i64).name());
        assert_eq!((&1, 2_u8, &&-3_i16).name(), (1_i64, 2_usize, -3).name());
    }
}
