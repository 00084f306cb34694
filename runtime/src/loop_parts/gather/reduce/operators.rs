//! The reductions by an operator: `+= -= *= &= |= ^=`.

use std::ops::{AddAssign, BitAndAssign, BitOrAssign, BitXorAssign, MulAssign, SubAssign};

use super::tally::Tally;
use super::{Operation, Operator, Reduce, Reducible, walk};

/// One type for each operator, its function that lends a value, and the operator of the parts.
macro_rules! operators {
    ($($(#[$doc:meta])* $lend:ident, $name:ident: $trait:ident::$method:ident $(, $tallied:ident)?;)+) => {$(
        #[doc = concat!("The contributions of `", stringify!($trait), "`.")]
        #[derive(Debug)]
        pub struct $name;

        $(#[$doc])*
        #[track_caller]
        pub fn $lend<T>(target: &mut T) -> Reduce<'_, T, T, $name>
        where
            $name: Operator<T, Target = T>,
        {
            Reduce::new(target)
        }

        impl<T: Reducible + $trait> Operator<T> for $name {
            type Target = T;

            const ROUNDS: bool = T::ROUNDS;

            #[inline]
            fn merge(earlier: &mut T, later: T) -> Option<T> {
                earlier.merge(later, Operation::$name)
            }

            $(tallied!($tallied $method);)?

            #[inline]
            fn present(target: &T) -> Option<T> {
                target.present()
            }

            #[inline]
            fn change(value: &mut T, entry: T) {
                value.$method(entry);
            }

            fn take_on(target: &mut T, value: T) {
                *target = value;
            }

            #[inline]
            fn apply(target: &mut T, entry: T) {
                target.$method(entry);
            }
        }

        // Tests write the same statement for the variable and for the part.
        #[cfg(test)]
        impl<T, U: super::contribution::Contribution<T, $name>> $trait<U>
            for super::reduced::Reduced<T, $name>
        {
            fn $method(&mut self, value: U) {
                value.give(self);
            }
        }
    )+};
}

/// What sums have besides: integers are tallied, and others put together where they go one way.
macro_rules! tallied {
    ($direction:ident $method:ident) => {
        fn append(entries: &mut Vec<T>, open: usize, entry: T) {
            walk::append(entries, open, entry);
        }

        #[inline]
        fn tally(tally: &mut Tally, entry: T, once: bool) -> Option<T> {
            let Some((least, _)) = T::RANGE else {
                return Some(entry);
            };
            let by = entry.wide();
            match u64::try_from(by) {
                Ok(by) if least == 0 && once => tally.go_on_in_block(by, tallied!(@ is_down $direction)),
                _ if least == 0 => tally.go_on(tallied!(@ $direction by)),
                _ => tally.step(tallied!(@ $direction by)),
            }
            None
        }

        #[inline]
        fn apply_tally(target: &mut T, tally: Tally) {
            tally.take(target, |target, by| target.$method(T::narrow(tallied!(@ $direction by))));
        }
    };
    (@ is_down up) => { false };
    (@ is_down down) => { true };
    (@ up $by:ident) => { $by };
    (@ down $by:ident) => { -$by };
}

operators! {
    /// Lends a variable that the loop adds to.
    sum, Sum: AddAssign::add_assign, up;
    /// Lends a variable that the loop subtracts from.
    difference, Difference: SubAssign::sub_assign, down;
    /// Lends a variable that the loop multiplies.
    product, Product: MulAssign::mul_assign;
    /// Lends a variable that the loop changes by `&=`.
    bit_and, BitAnd: BitAndAssign::bitand_assign;
    /// Lends a variable that the loop changes by `|=`.
    bit_or, BitOr: BitOrAssign::bitor_assign;
    /// Lends a variable that the loop changes by `^=`.
    bit_xor, BitXor: BitXorAssign::bitxor_assign;
}

// The operands of these are of other types than the values.

impl Operator<String> for Sum {
    type Target = String;

    #[inline]
    fn merge(earlier: &mut String, later: String) -> Option<String> {
        earlier.push_str(&later);
        None
    }

    #[inline]
    fn apply(target: &mut String, entry: String) {
        target.push_str(&entry);
    }
}
