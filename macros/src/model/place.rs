//! Names for the function's parts: loops, `let`s, ends, variables and their fields.

use std::fmt;
use syn::{Ident, Member};

/// The n-th `for` of the function in the order of the text, nested items left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct LoopId(pub(crate) usize);

/// The n-th `let` of the function in the order of the text, nested items left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LetId(pub(crate) usize);

/// The n-th `return`, `break` or `continue` of the function in the order of the text, nested items left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EndId(pub(crate) usize);

/// A variable, or a field of one: `results`, `state.results`, `self.pairs.0`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) root: Ident,
    pub(crate) fields: Vec<Member>,
}

impl Place {
    /// Whether one of the two contains the other.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.root == other.root && self.fields.iter().zip(&other.fields).all(|(a, b)| a == b)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.root)?;
        self.fields.iter().try_for_each(|field| match field {
            Member::Named(name) => write!(f, ".{name}"),
            Member::Unnamed(index) => write!(f, ".{}", index.index),
        })
    }
}

/// How the variable of an output is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Declared {
    /// It owns the collection: `let mut results`.
    Owned,
    /// It can only be a reference to it: `results: &mut Vec<_>`, `Some(results)`.
    Reference,
    /// It is a reference to an array by its type: `xs: &mut [u64]`.
    ArrayReference,
    /// It is an iterator of items that can be changed: `let rows = table.chunks_mut(3)`.
    MutableItems,
    /// Not in this function.
    Unknown,
}

impl Declared {
    pub(crate) fn is_reference(self) -> bool {
        matches!(self, Self::Reference | Self::ArrayReference)
    }
}
