//! The reductions by an operator: `+= -= *= &= |= ^=`.

use std::ops::{AddAssign, BitAndAssign, BitOrAssign, BitXorAssign, MulAssign, SubAssign};

use super::{Operation, Operator, Reduce, Reducible, walk};

/// One type for each operator, its function that lends a value, and the operator of the parts.
macro_rules! operators {
    ($($(#[$doc:meta])* $lend:ident, $name:ident: $trait:ident::$method:ident $(, $append:path)?;)+) => {$(
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

            $(fn append(entries: &mut Vec<T>, open: usize, entry: T) {
                $append(entries, open, entry);
            })?

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

operators! {
    /// Lends a variable that the loop adds to.
    sum, Sum: AddAssign::add_assign, walk::append;
    /// Lends a variable that the loop subtracts from.
    difference, Difference: SubAssign::sub_assign, walk::append;
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
