//! Which types can be reduced, and when two contributions are as good as one.

use std::cmp::Ordering;
use std::num::Wrapping;
use std::time::Duration;

/// An operator whose contributions may be merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Operation {
    /// `x += e`
    Sum,
    /// `x -= e`
    Difference,
    /// `x *= e`
    Product,
    /// `x &= e`
    BitAnd,
    /// `x |= e`
    BitOr,
    /// `x ^= e`
    BitXor,
}

/// A type that a parallel loop can reduce to by `+=`, `-=`, `*=`, `&=`, `|=` or `^=`.
///
/// The result is exactly the sequential loop's: the contributions of the iterations travel to the
/// master, which applies the type's own operator in the order of the iterations. Numbers, `bool`,
/// `String` (`+=`) and `Duration` can be reduced as they are. For a type of your own an empty
/// `impl` is enough, if contributions can travel (`Serialize` and `Deserialize`) and `x += &e` does
/// what `x += e.clone()` does:
///
/// ```
/// use parallel_for::{Reducible, parallel_for};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Clone, Default, Serialize, Deserialize)]
/// struct Stats {
///     count: u64,
///     sum: f64,
/// }
///
/// impl std::ops::AddAssign for Stats {
///     fn add_assign(&mut self, other: Self) {
///         self.count += other.count;
///         self.sum += other.sum;
///     }
/// }
///
/// impl Reducible for Stats {}
///
/// #[parallel_for]
/// fn stats(values: &[f64]) -> Stats {
///     let mut stats = Stats::default();
///     for value in values {
///         let sum = value.sqrt(); // The work, on all ranks.
///         stats += Stats { count: 1, sum };
///     }
///     stats
/// }
///
/// let stats = stats(&[1.0, 4.0, 9.0]);
/// assert_eq!((stats.count, stats.sum), (3, 6.0));
/// ```
///
/// Every contribution then travels, and takes memory on the master until its turn comes. If two
/// neighbouring contributions can be combined into one, implement [`merge`](Self::merge): far fewer
/// travel then. Integers do so.
#[diagnostic::on_unimplemented(
    message = "a parallel loop can't reduce values of type `{Self}`",
    label = "it is not known how the contributions of the ranks are put together",
    note = "for a type of your own, `impl parallel_for::Reducible for {Self} {{}}` lets the loop apply its operator in the order of the iterations",
    note = "in a generic function, add the bound `T: parallel_for::Reducible`"
)]
pub trait Reducible: Sized {
    /// Whether merging two contributions rounds, as for floats. Then [`merge`](Self::merge) is
    /// used for the excess of iterations with more than 64 contributions alone, whose bits are
    /// those of the sequential loop no longer, but the same for any number of ranks and threads.
    const ROUNDS: bool = false;

    /// Makes one contribution of two neighbouring ones, `self` and the `later` one, or gives the
    /// later one back.
    ///
    /// Unless [`ROUNDS`](Self::ROUNDS), applying the merged one must do exactly what applying one
    /// after the other does, whatever the value before; overflows and panics included.
    fn merge(&mut self, later: Self, operation: Operation) -> Option<Self> {
        let _ = operation;
        Some(later)
    }

    /// The least and the greatest one, where all fit into 64 bits: sums of such integers are kept as
    /// wider ones.
    #[doc(hidden)]
    const RANGE: Option<(i128, i128)> = None;

    #[doc(hidden)]
    fn wide(&self) -> i128 {
        unreachable!("only integers that have a range are widened")
    }

    /// The inverse, of one in the range.
    #[doc(hidden)]
    #[must_use]
    fn narrow(wide: i128) -> Self {
        unreachable!("{wide} is of no type with a range")
    }

    /// The same value once more, of types that are as good as free to copy and whose contributions are not merged.
    #[doc(hidden)]
    fn present(&self) -> Option<Self> {
        None
    }

    /// On which side of 0 an integer is, and what is made of them without an overflow: with these,
    /// sums of both signs are merged too.
    #[doc(hidden)]
    fn sign(&self) -> Option<Ordering> {
        None
    }

    #[doc(hidden)]
    fn plus(&self, later: &Self) -> Option<Self> {
        let _ = later;
        None
    }

    #[doc(hidden)]
    fn minus(&self, later: &Self) -> Option<Self> {
        let _ = later;
        None
    }
}

/// Keeps the merged value, or gives the later one back.
#[inline]
fn keep<T>(earlier: &mut T, merged: Option<T>, later: T) -> Option<T> {
    match merged {
        Some(merged) => {
            *earlier = merged;
            None
        }
        None => Some(later),
    }
}

/// Integers that an `i128` is wider than.
macro_rules! narrow {
    ($integer:ty) => {
        const RANGE: Option<(i128, i128)> =
            Some((<$integer>::MIN as i128, <$integer>::MAX as i128));

        #[inline]
        fn wide(&self) -> i128 {
            *self as i128
        }

        #[inline]
        fn narrow(wide: i128) -> Self {
            wide as Self
        }
    };
}

macro_rules! integers {
    ($($integer:ty $(: $width:ident)?)+) => {$(
        #[allow(clippy::cast_lossless, reason = "`usize` has no lossless conversion")]
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is in the range")]
        impl Reducible for $integer {
            $($width!($integer);)?

            #[inline]
            #[allow(unused_comparisons, reason = "the same code for signed and unsigned ones")]
            #[allow(clippy::absurd_extreme_comparisons, reason = "as above")]
            fn merge(&mut self, later: $integer, operation: Operation) -> Option<$integer> {
                let earlier = *self;
                let merged = match operation {
                    // Only in one direction: how far the value went is for `walk` to know.
                    Operation::Sum | Operation::Difference => {
                        let one_way = (earlier >= 0 && later >= 0) || (earlier <= 0 && later <= 0);
                        one_way.then(|| earlier.checked_add(later)).flatten()
                    }
                    // The same for products: only away from 0, where they stay.
                    Operation::Product if earlier == 0 => Some(0),
                    Operation::Product if later < 1 => None,
                    Operation::Product => earlier.checked_mul(later),
                    Operation::BitAnd => Some(earlier & later),
                    Operation::BitOr => Some(earlier | later),
                    Operation::BitXor => Some(earlier ^ later),
                };
                keep(self, merged, later)
            }

            fn sign(&self) -> Option<Ordering> {
                Some(self.cmp(&0))
            }

            fn plus(&self, later: &Self) -> Option<Self> {
                self.checked_add(*later)
            }

            fn minus(&self, later: &Self) -> Option<Self> {
                self.checked_sub(*later)
            }
        }

        impl Reducible for Wrapping<$integer> {
            #[inline]
            fn merge(&mut self, later: Self, operation: Operation) -> Option<Self> {
                match operation {
                    Operation::Sum | Operation::Difference => *self += later,
                    Operation::Product => *self *= later,
                    Operation::BitAnd => *self &= later,
                    Operation::BitOr => *self |= later,
                    Operation::BitXor => *self ^= later,
                }
                None
            }
        }
    )+};
}

integers! {
    i8: narrow i16: narrow i32: narrow i64: narrow isize: narrow i128
    u8: narrow u16: narrow u32: narrow u64: narrow usize: narrow u128
}

macro_rules! floats {
    ($($float:ty)+) => {$(
        impl Reducible for $float {
            const ROUNDS: bool = true;

            #[inline]
            fn merge(&mut self, later: $float, operation: Operation) -> Option<$float> {
                match operation {
                    Operation::Sum | Operation::Difference => *self += later,
                    Operation::Product => *self *= later,
                    _ => return Some(later),
                }
                None
            }

            #[inline]
            fn present(&self) -> Option<$float> {
                Some(*self)
            }
        }
    )+};
}

floats! { f32 f64 }

impl Reducible for bool {
    #[inline]
    fn merge(&mut self, later: bool, operation: Operation) -> Option<bool> {
        match operation {
            Operation::BitAnd => *self &= later,
            Operation::BitOr => *self |= later,
            Operation::BitXor => *self ^= later,
            _ => return Some(later),
        }
        None
    }
}

impl Reducible for Duration {
    #[inline]
    fn merge(&mut self, later: Duration, operation: Operation) -> Option<Duration> {
        let merged = match operation {
            Operation::Sum | Operation::Difference => self.checked_add(later),
            _ => None,
        };
        keep(self, merged, later)
    }

    fn sign(&self) -> Option<Ordering> {
        Some(self.cmp(&Duration::ZERO))
    }

    fn plus(&self, later: &Self) -> Option<Self> {
        self.checked_add(*later)
    }

    fn minus(&self, later: &Self) -> Option<Self> {
        self.checked_sub(*later)
    }
}
