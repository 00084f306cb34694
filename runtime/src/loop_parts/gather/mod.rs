//! What a loop fills: fresh values for the chunks, merged in the order of the iterations.
//!
//! Invariant: absorbing the parts of all chunks in index order leaves an output exactly as the
//! sequential loop leaves it.

mod array;
mod blanks;
mod changed;
mod collections;
mod deferred;
mod fill;
mod fresh;
mod front;
mod gaps;
mod lent;
mod local;
mod log;
mod mark;
mod ordered;
mod other;
mod outside;
mod owned;
mod parcel;
mod pieces;
mod raw;
mod reduce;
mod scratch;
#[cfg(test)]
mod tests;
mod updated;
mod updates;
mod windows;

pub use array::array;
pub(crate) use blanks::Blanks;
pub use changed::{changed, known, known_here, lent};
pub use fill::open;
pub(crate) use front::{Former, Front};
pub use lent::{collection, kept, keyed, output, pushed_once, pushed_once_unless_left};
pub(crate) use local::Local;
pub(crate) use mark::{Filled, Rewind};
pub use mark::{begin, end_block, mark, part, part_until};
pub(crate) use ordered::PartsInOrder;
pub use other::{IsCollection, IsOtherType, unused};
pub use outside::own_writer;
use owned::Owned;
pub use owned::owned;
pub(crate) use parcel::{Form, Parcel};
pub(crate) use pieces::Wanted;
pub(crate) use raw::RawPart;
pub use reduce::{
    Either, FloatMethod, FloatMethodByReference, IsKnown, IsOperand, IsOther, IsReducible,
    Operation, Reducible, Text, balance, bit_and, bit_or, bit_xor, called, contribute,
    contribute_once, difference, folded, gain, greatest, greatest_last, last, least, least_last,
    lose, maximum, minimum, never, own_method, product, replaying, replaying_locally, stopping,
    stopping_locally, sum,
};
pub use scratch::{cleared, scratch};
pub use updates::{copy, copying, length, updates, windows};
pub use windows::{iterated, unaliased};

use std::ops::Range;

use crate::base::raw::{Packer, Unpacker};
use crate::base::wire::Transport;
use crate::loop_parts::captures::Captures;
use crate::loop_parts::schedule::Length;
use blanks::Spare;

/// What a loop leaves something in, on the rank that runs it, or a tuple of such.
pub trait Absorb {
    /// What one chunk of iterations adds. The body meets it under the output's name.
    type Part: Rewind + Send;
    /// Where the chunks of this rank get the parts from that they begin with.
    type Blanks: Blanks<Part = Self::Part>;

    /// Asked for once, before the first chunk of a loop of this length. It is not known to a rank that does not get the
    /// parts.
    fn blanks(&mut self, length: Length) -> Self::Blanks;

    /// Where the next chunk only begins when this one is over: what the output is now, for a blank part to go on from.
    fn go_on(&self, _blank: &mut Self::Part) {}

    /// Adds the part of the next chunk. What is left of it is blank.
    fn absorb(&mut self, part: &mut Self::Part);

    /// Whether a statement that runs here has left the loop: nothing is added any more.
    fn is_stopped(&self) -> bool {
        false
    }

    /// Tells what iterations read of it.
    fn tell(&mut self, _captures: &mut Captures) {}

    /// Whether it is a plain value: then other ranks can be given that, instead of all parts.
    fn is_value() -> bool {
        false
    }

    /// Writes the value.
    fn pack_value(&self, _packer: &mut Packer) {
        unreachable!("this output is not a plain value")
    }

    /// Takes on a value that was written.
    ///
    /// # Errors
    /// When it is not there, in words.
    fn unpack_value(&mut self, _unpacker: &mut Unpacker) -> Result<(), String> {
        unreachable!("this output is not a plain value")
    }
}

/// An output of a loop whose iterations any rank may run, or a tuple of them. Types that are none are refused where
/// they are lent.
pub trait Output: Absorb<Part: Part> {}

/// What one chunk of iterations adds to an output.
pub trait Part: Rewind + RawPart + Transport {}

// Without this the compiler would name the bound that is missing instead of what it means.
#[diagnostic::do_not_recommend]
impl<P: Rewind + RawPart + Transport> Part for P {}

/// Outputs whose `insert` takes a key, so that its effect does not depend on positions.
#[diagnostic::on_unimplemented(
    message = "`insert` on `{Self}` is not an append",
    label = "`insert` puts the value at a position among values that other ranks produce",
    note = "use `push` (or `push_back`), and reverse or sort after the loop"
)]
pub trait Keyed {}

/// A loop that only looks for something fills nothing.
impl Absorb for () {
    type Part = ();
    type Blanks = Spare<()>;

    fn blanks(&mut self, _: Length) -> Spare<()> {
        Spare::default()
    }

    fn absorb(&mut self, (): &mut ()) {}

    fn is_value() -> bool {
        true
    }

    fn pack_value(&self, _packer: &mut Packer) {}

    fn unpack_value(&mut self, _unpacker: &mut Unpacker) -> Result<(), String> {
        Ok(())
    }
}

impl Output for () {}

impl Rewind for () {
    type Mark = ();

    fn mark(&mut self) {}

    fn rewind(&mut self, (): ()) {}
}

macro_rules! pointers {
    ($($pointer:ty),+) => {$(
        impl<O: Output + ?Sized> Output for $pointer {}

        impl<O: Absorb + ?Sized> Absorb for $pointer {
            type Part = O::Part;
            type Blanks = O::Blanks;

            fn blanks(&mut self, length: Length) -> O::Blanks {
                (**self).blanks(length)
            }

            fn go_on(&self, blank: &mut Self::Part) {
                (**self).go_on(blank);
            }

            fn absorb(&mut self, part: &mut Self::Part) {
                (**self).absorb(part);
            }

            fn is_stopped(&self) -> bool {
                (**self).is_stopped()
            }

            fn tell(&mut self, captures: &mut Captures) {
                (**self).tell(captures);
            }

            fn is_value() -> bool {
                O::is_value()
            }

            fn pack_value(&self, packer: &mut Packer) {
                (**self).pack_value(packer);
            }

            fn unpack_value(&mut self, unpacker: &mut Unpacker) -> Result<(), String> {
                (**self).unpack_value(unpacker)
            }
        }
    )+};
}

pointers!(&mut O, Box<O>);

impl<O: Keyed + ?Sized> Keyed for &mut O {}

macro_rules! tuples {
    ($(($($output:ident $index:tt)+))+) => {$(
        impl<$($output: Output),+> Output for ($($output,)+) {}

        impl<$($output: Absorb),+> Absorb for ($($output,)+) {
            type Part = ($($output::Part,)+);
            type Blanks = ($($output::Blanks,)+);

            fn blanks(&mut self, length: Length) -> Self::Blanks {
                ($(self.$index.blanks(length),)+)
            }

            fn go_on(&self, blank: &mut Self::Part) {
                $(self.$index.go_on(&mut blank.$index);)+
            }

            fn absorb(&mut self, part: &mut Self::Part) {
                $(self.$index.absorb(&mut part.$index);)+
            }

            fn tell(&mut self, captures: &mut Captures) {
                $(self.$index.tell(captures);)+
            }

            fn is_value() -> bool {
                $($output::is_value())&&+
            }

            fn pack_value(&self, packer: &mut Packer) {
                $(self.$index.pack_value(packer);)+
            }

            fn unpack_value(&mut self, unpacker: &mut Unpacker) -> Result<(), String> {
                $(self.$index.unpack_value(unpacker)?;)+
                Ok(())
            }
        }

        impl<$($output: Blanks),+> Blanks for ($($output,)+) {
            type Part = ($($output::Part,)+);

            const DIVISIBLE: bool = $($output::DIVISIBLE)&&+;

            fn blank(&mut self, chunk: &Range<u64>) -> Self::Part {
                ($(self.$index.blank(chunk),)+)
            }

            fn at_hand() -> Option<u64> {
                let mut least = u64::MAX;
                $(least = least.min($output::at_hand()?);)+
                Some(least)
            }

            fn keep_former(&mut self, former: &Former) {
                $(self.$index.keep_former(former);)+
            }

            fn reuse(&mut self, part: Self::Part) {
                $(self.$index.reuse(part.$index);)+
            }
        }

        impl<$($output: Rewind),+> Rewind for ($($output,)+) {
            type Mark = ($($output::Mark,)+);

            fn mark(&mut self) -> Self::Mark {
                ($(self.$index.mark(),)+)
            }

            fn rewind(&mut self, mark: Self::Mark) {
                $(self.$index.rewind(mark.$index);)+
            }

            fn settle(&mut self) {
                $(self.$index.settle();)+
            }
        }
    )+};
}

// More outputs than eight come as tuples of tuples.
tuples! {
    (A 0)
    (A 0 B 1)
    (A 0 B 1 C 2)
    (A 0 B 1 C 2 D 3)
    (A 0 B 1 C 2 D 3 E 4)
    (A 0 B 1 C 2 D 3 E 4 F 5)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7)
}
