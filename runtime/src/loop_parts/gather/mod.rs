//! What a loop fills: fresh values for the chunks, merged in the order of the iterations.
//!
//! Invariant: absorbing the parts of all chunks in index order leaves an output exactly as the
//! sequential loop leaves it.

mod array;
mod collections;
mod deferred;
mod lent;
mod log;
mod mark;
mod ordered;
mod owned;
mod reduce;
mod scratch;
#[cfg(test)]
mod tests;
mod updates;

pub use array::array;
pub use lent::{collection, keyed, output};
pub(crate) use mark::{Filled, Rewind};
pub use mark::{begin, mark, part, part_until};
pub(crate) use ordered::PartsInOrder;
pub use owned::owned;
pub use reduce::{
    FloatMethod, FloatMethodByReference, IsKnown, IsOther, Operation, Reducible, balance, bit_and,
    bit_or, bit_xor, called, contribute, difference, folded, gain, greatest, greatest_last, last,
    least, least_last, lose, maximum, minimum, never, own_method, product, sum,
};
pub use scratch::{cleared, scratch};
pub use updates::{copy, updates};

use crate::base::wire::Transport;

/// An output of a loop, or a tuple of them. Types that are none are refused where they are lent.
pub trait Output {
    /// What one chunk of iterations adds. The body meets it under the output's name.
    type Part: Part;

    /// Adds the part of the next chunk.
    fn absorb(&mut self, part: Self::Part);
}

/// What one chunk of iterations adds to an output.
pub trait Part: Rewind + Default + Transport {}

// Without this the compiler would name the bound that is missing instead of what it means.
#[diagnostic::do_not_recommend]
impl<P: Rewind + Default + Transport> Part for P {}

/// Outputs whose `insert` takes a key, so that its effect does not depend on positions.
#[diagnostic::on_unimplemented(
    message = "`insert` on `{Self}` is not an append",
    label = "`insert` puts the value at a position among values that other ranks produce",
    note = "use `push` (or `push_back`), and reverse or sort after the loop"
)]
pub trait Keyed {}

/// A loop that only looks for something fills nothing.
impl Output for () {
    type Part = ();

    fn absorb(&mut self, (): ()) {}
}

impl Rewind for () {
    type Mark = ();

    fn mark(&self) {}

    fn rewind(&mut self, (): ()) {}
}

impl<O: Output + ?Sized> Output for &mut O {
    type Part = O::Part;

    fn absorb(&mut self, part: Self::Part) {
        (**self).absorb(part);
    }
}

impl<O: Output + ?Sized> Output for Box<O> {
    type Part = O::Part;

    fn absorb(&mut self, part: Self::Part) {
        (**self).absorb(part);
    }
}

impl<O: Keyed + ?Sized> Keyed for &mut O {}

macro_rules! tuples {
    ($(($($output:ident)+))+) => {$(
        #[expect(non_snake_case, reason = "one name serves as the type's and the value's")]
        impl<$($output: Output),+> Output for ($($output,)+) {
            type Part = ($($output::Part,)+);

            fn absorb(&mut self, part: Self::Part) {
                let ($($output,)+) = self;
                tuples!(@absorb part $($output)+);
            }
        }

        #[expect(non_snake_case, reason = "one name serves as the type's and the value's")]
        impl<$($output: Rewind),+> Rewind for ($($output,)+) {
            type Mark = ($($output::Mark,)+);

            fn mark(&self) -> Self::Mark {
                let ($($output,)+) = self;
                ($($output.mark(),)+)
            }

            fn rewind(&mut self, mark: Self::Mark) {
                let ($($output,)+) = self;
                tuples!(@rewind mark $($output)+);
            }
        }
    )+};
    (@rewind $mark:ident $($part:ident)+) => { tuples!(@call rewind $mark (0 1 2 3 4 5 6 7) ($($part)+)); };
    (@absorb $part:ident $($output:ident)+) => { tuples!(@call absorb $part (0 1 2 3 4 5 6 7) ($($output)+)); };
    (@call $method:ident $value:ident ($index:tt $($indices:tt)*) ($a:ident $($rest:ident)*)) => {
        $a.$method($value.$index);
        tuples!(@call $method $value ($($indices)*) ($($rest)*));
    };
    (@call $method:ident $value:ident ($($indices:tt)*) ()) => {};
}

// More outputs than eight come as tuples of tuples.
tuples! { (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) }
