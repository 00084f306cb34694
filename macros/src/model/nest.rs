//! Loops that can't be one.

use proc_macro2::Span;

/// Why `collapse` is not possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Uneven {
    /// The body is not another `for` alone.
    NotNested,
    /// The inner loop has attributes or a label of its own.
    Decorated,
    /// `for mut i in ..`
    Mutable,
    /// `for i in .. { for i in .. {} }`
    SameName(String),
    /// The inner head depends on the outer item.
    Depends(String),
    /// The inner head depends on what the body changes.
    Changed(String),
    /// The inner head may do more than tell where the items are.
    Computed,
    /// `break` of the inner loop, or `continue` of the outer one.
    Jump(&'static str),
}

/// One mistake, where it is.
#[derive(Clone, Debug)]
pub(crate) struct NestMistake {
    pub(crate) span: Span,
    pub(crate) why: Uneven,
}
