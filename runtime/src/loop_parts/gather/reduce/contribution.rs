//! What an iteration gives to a variable that the loop reduces by an operator: a value of its type, or
//! of another one that the standard library's operator takes.

use std::num::Wrapping;

use super::Operator;
use super::operators::{Difference, Product, Sum};
use super::reduced::Reduced;

/// Values that the operator `O` takes where the variable is an `E`.
#[diagnostic::on_unimplemented(
    message = "the loop reduces to a value of type `{E}`, and this one is of type `{Self}`",
    label = "expected `{E}`, found `{Self}`",
    note = "convert it, `{E}::from(x)` or `x as {E}`, or let the variable be of that type"
)]
pub trait Contribution<E, O> {
    /// Adds it to those of the chunk.
    fn give(self, part: &mut Reduced<E, O>);

    /// The same, see [`contribute_once`].
    #[inline]
    fn give_once(self, part: &mut Reduced<E, O>)
    where
        Self: Sized,
    {
        self.give(part);
    }
}

/// What `x += value` is in the body.
#[inline]
pub fn contribute<E, O, C: Contribution<E, O>>(part: &mut Reduced<E, O>, value: C) {
    value.give(part);
}

/// The same where an iteration gets there once at most: the expansion has fewer than 2^10 such places for a variable,
/// and says where a block ends.
#[inline]
pub fn contribute_once<E, O, C: Contribution<E, O>>(part: &mut Reduced<E, O>, value: C) {
    value.give_once(part);
}

#[diagnostic::do_not_recommend]
impl<E, O: Operator<E>> Contribution<E, O> for E {
    #[inline]
    fn give(self, part: &mut Reduced<E, O>) {
        part.add(self);
    }

    #[inline]
    fn give_once(self, part: &mut Reduced<E, O>) {
        part.add_once(self);
    }
}

#[diagnostic::do_not_recommend]
impl<E: Clone, O: Operator<E>> Contribution<E, O> for &E {
    #[inline]
    fn give(self, part: &mut Reduced<E, O>) {
        part.add(self.clone());
    }

    #[inline]
    fn give_once(self, part: &mut Reduced<E, O>) {
        part.add_once(self.clone());
    }
}

#[diagnostic::do_not_recommend]
impl Contribution<String, Sum> for &str {
    #[inline]
    fn give(self, part: &mut Reduced<String, Sum>) {
        match part.open() {
            Some(last) => last.push_str(self),
            None => part.add(self.to_owned()),
        }
    }
}

macro_rules! wrapping {
    ($($integer:ty)+) => {$(
        wrapping!(@ $integer: Sum Difference Product);
    )+};
    (@ $integer:ty: $($name:ident)+) => {$(
        #[diagnostic::do_not_recommend]
        impl Contribution<Wrapping<$integer>, $name> for $integer {
            #[inline]
            fn give(self, part: &mut Reduced<Wrapping<$integer>, $name>) {
                part.add(Wrapping(self));
            }
        }
    )+};
}

wrapping! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }
