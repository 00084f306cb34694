//! Values that travel as they lie in memory.
//!
//! Numbers, `bool` and `char`, and arrays and tuples of them, are *plain*: bytes without padding and without
//! addresses. Lists of such values, of lists of them and of texts are written into blocks without a codec
//! ([`Packer`]), and taken out of them again ([`Unpacker`]); a long list is a block of its own, which is sent from where
//! it lies and received where it stays.
//!
//! Which type it is, is asked of the compiler ([`typeid`], since types of outputs may borrow as far as it knows), not of
//! its name: a type of the user's that looks like one of these is none. All ranks run the same build, so there is one
//! byte order, one size of `usize` and one layout of tuples: the identity of the build is compared when ranks meet.

mod lists;
mod memory;
mod numbers;
mod packer;
#[cfg(test)]
mod tests;
mod types;
mod unpacker;
mod values;

use lists::Lists;
pub(crate) use memory::Plain;
pub(crate) use numbers::{are_numbers, holds_numbers, holds_rows, is_float};
pub(crate) use packer::Packer;
pub(crate) use unpacker::Unpacker;
pub(crate) use values::Values;

/// How a list of values of some type travels without a codec.
#[derive(Debug)]
pub(crate) enum Raw<T> {
    /// The values are plain.
    Plain(Plain<T>),
    /// They are lists of plain values, or texts.
    Lists(Lists<T>),
}

impl<T> Raw<T> {
    /// `None` where it needs a codec.
    pub(crate) fn of() -> Option<Self> {
        Plain::of()
            .map(Self::Plain)
            .or_else(|| Lists::of().map(Self::Lists))
    }
}

/// The words for bytes that are no values.
fn broken(what: &str) -> String {
    format!("a rank sent numbers of a loop that {what}: do all ranks run the same program file?")
}
