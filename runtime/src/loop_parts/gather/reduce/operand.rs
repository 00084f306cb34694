//! Variables of types that the macro can't see. Contributions to those that are [`Reducible`](super::Reducible) are
//! combined; to all others each is given by the variable's own operator, where the parts are absorbed.
//!
//! Invariant: the operator is applied in the order of the iterations, once to each contribution.

use super::contribution::Contribution;
use super::folded::{Arguments, Folded, folded};
use super::reduced::Reduced;
use super::{Operator, Reduce, Reducible, operators};
use crate::base::fallible::Typed;

/// The operators by their names: of a type that can be reduced, and of any other.
macro_rules! operands {
    ($($lend:ident $name:ident)+) => {
        /// Contributions to it can be combined, and its operator is not needed.
        pub trait IsReducible<T>: Sized {
            $(
                /// Lends it.
                #[track_caller]
                fn $lend(
                    self,
                    target: &mut T,
                    _operator: impl Fn(&mut T, T),
                ) -> Reduce<'_, T, T, operators::$name>
                where
                    operators::$name: Operator<T, Target = T>,
                {
                    operators::$lend(target)
                }
            )+
        }

        /// It is of another type, and changed by its operator.
        pub trait IsOperand<T>: Sized {
            $(
                /// Lends it.
                fn $lend<E, F: Fn(&mut T, E)>(
                    self,
                    target: &mut T,
                    operator: F,
                ) -> Folded<'_, T, E, F> {
                    folded(target, operator)
                }
            )+
        }
    };
}

operands! {
    sum Sum
    difference Difference
    product Product
    bit_and BitAnd
    bit_or BitOr
    bit_xor BitXor
}

// A method of a reference is found before one of what it refers to.
impl<T: Reducible> IsReducible<T> for &Typed<T> {}

impl<T> IsOperand<T> for Typed<T> {}

// What `x += value` is in the body, for parts of both kinds.

impl<E, O> Reduced<E, O> {
    /// Adds a contribution.
    #[inline]
    pub fn contribute<C: Contribution<E, O>>(&mut self, value: C) {
        value.give(self);
    }
}

impl<E> Arguments<E> {
    /// Adds a contribution.
    #[inline]
    pub fn contribute(&mut self, value: E) {
        self.put(value);
    }
}
