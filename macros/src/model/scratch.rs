//! Variables that are declared outside of the loop and hand nothing from iteration to iteration.

use proc_macro2::Span;
use syn::Ident;

/// A variable of which each chunk or iteration has its own.
#[derive(Clone, Debug)]
pub(crate) struct Scratch {
    pub(crate) name: Ident,
    /// Nothing proves that an iteration leaves nothing for the next one: each starts from a clone.
    pub(crate) each_iteration: bool,
    /// It is reset by `clear`, which has to leave nothing of its content.
    pub(crate) is_cleared: bool,
    /// It is a reference, whose target is cloned.
    pub(crate) is_reference: bool,
}

/// A variable that was meant to be scratch, or looks like it, and can't be.
#[derive(Clone, Debug)]
pub(crate) struct ScratchMistake {
    pub(crate) name: String,
    pub(crate) span: Span,
    pub(crate) kind: ScratchMistakeKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScratchMistakeKind {
    /// It is mentioned after the loop.
    UsedLater,
    /// Declared without a value.
    NothingInIt,
    /// Others may see its content.
    Lent,
    /// Of a type whose `clear` may keep something.
    UnknownType,
    /// Filled, but perhaps with another length.
    Length,
    /// `private` of something that is no captured variable.
    NotCaptured,
    /// `private` of a variable that is only read.
    NotChanged,
    /// `private` of a `&mut [T]`.
    Slice,
}
