//! Maxima and minima: only the contributions that break the record of their chunk are kept.
//!
//! Invariant: a contribution is dropped or replaced only where, whatever the value before, applying
//! it changes nothing, to the last bit. `NaN`, zeros of both signs and values that are equal but not
//! the same stay apart where they have to.

use std::cmp::Ordering;
use std::marker::PhantomData;

use super::{OfTotalOrder, Operator, Reduce};

/// `x = x.max(e)`, by the order of kind `K`.
#[derive(Debug)]
pub struct Maximum<K>(PhantomData<K>);

/// `x = x.min(e)`, by the order of kind `K`.
#[derive(Debug)]
pub struct Minimum<K>(PhantomData<K>);

/// The kind of the standard library's types with `Ord`.
#[derive(Debug)]
pub struct Total;

/// The kind of floats, whose `max` and `min` ignore `NaN`.
#[derive(Debug)]
pub struct Float;

/// Lends a variable that the loop raises by `x = x.max(e)`.
pub fn maximum<T, K>(target: &mut T) -> Reduce<'_, T, T, Maximum<K>>
where
    Maximum<K>: Operator<T, Target = T>,
{
    Reduce::new(target)
}

/// Lends a variable that the loop lowers by `x = x.min(e)`.
pub fn minimum<T, K>(target: &mut T) -> Reduce<'_, T, T, Minimum<K>>
where
    Minimum<K>: Operator<T, Target = T>,
{
    Reduce::new(target)
}

/// The value replaces the target if its place in the order, seen from the target, is one of these.
macro_rules! total {
    ($name:ident: $($ordering:pat_param)|+) => {
        #[diagnostic::do_not_recommend]
        impl<T: OfTotalOrder> Operator<T> for $name<Total> {
            type Target = T;

            #[inline]
            fn merge(earlier: &mut T, later: T) -> Option<T> {
                Self::apply(earlier, later);
                None
            }

            #[inline]
            fn apply(target: &mut T, entry: T) {
                if matches!((*target).cmp(&entry), $($ordering)|+) {
                    *target = entry;
                }
            }
        }
    };
}

// Of equals, `Ord::max` returns the second and `Ord::min` the first.
total! { Maximum: Ordering::Less | Ordering::Equal }
total! { Minimum: Ordering::Greater }

macro_rules! float {
    ($name:ident: $float:ty, $method:ident, $beaten:ident) => {
        impl Operator<$float> for $name<Float> {
            type Target = $float;

            #[inline]
            fn merge(earlier: &mut $float, later: $float) -> Option<$float> {
                match (*earlier).partial_cmp(&later) {
                    Some(Ordering::$beaten) => *earlier = later,
                    // Zeros of both signs: which of them stays is the method's affair.
                    Some(Ordering::Equal) if earlier.to_bits() != later.to_bits() => {
                        return Some(later);
                    }
                    Some(_) => {}
                    None if !later.is_nan() => *earlier = later,
                    None if !earlier.is_nan() => {}
                    None => return Some(later),
                }
                None
            }

            #[inline]
            fn apply(target: &mut $float, entry: $float) {
                *target = target.$method(entry);
            }
        }
    };
}

float! { Maximum: f32, max, Less }
float! { Maximum: f64, max, Less }
float! { Minimum: f32, min, Greater }
float! { Minimum: f64, min, Greater }

macro_rules! comparisons {
    ($($(#[$doc:meta])* $lend:ident, $name:ident: $wins:tt, $loses:tt;)+) => {$(
        #[doc = concat!("`if e ", stringify!($wins), " x { x = e }`")]
        #[derive(Debug)]
        pub struct $name;

        $(#[$doc])*
        pub fn $lend<T>(target: &mut T) -> Reduce<'_, T, T, $name>
        where
            $name: Operator<T, Target = T>,
        {
            Reduce::new(target)
        }

        impl<T: PartialOrd> Operator<T> for $name {
            type Target = T;

            #[inline]
            fn merge(earlier: &mut T, later: T) -> Option<T> {
                if later $wins *earlier {
                    *earlier = later;
                    None
                } else if later $loses *earlier {
                    None
                } else {
                    Some(later)
                }
            }

            #[inline]
            fn apply(target: &mut T, entry: T) {
                if entry $wins *target {
                    *target = entry;
                }
            }
        }
    )+};
}

comparisons! {
    /// Lends a variable that the loop raises by `if e > x { x = e }`.
    greatest, Greatest: >, <=;
    /// Lends a variable that the loop raises by `if e >= x { x = e }`.
    greatest_last, GreatestLast: >=, <;
    /// Lends a variable that the loop lowers by `if e < x { x = e }`.
    least, Least: <, >=;
    /// Lends a variable that the loop lowers by `if e <= x { x = e }`.
    least_last, LeastLast: <=, >;
}
