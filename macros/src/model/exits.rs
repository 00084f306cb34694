//! The ways out of a loop.

use super::place::EndId;
use proc_macro2::Span;
use syn::Ident;

/// A way out of an iteration that is not `continue`.
#[derive(Clone, Debug)]
pub(crate) struct Exit {
    pub(crate) span: Span,
    pub(crate) kind: ExitKind,
}

/// A visible `return`, whose value is evaluated outside of the closure that runs a chunk, or a `break` at the
/// end of a block.
#[derive(Clone, Debug)]
pub(crate) struct End {
    pub(crate) id: EndId,
    /// So is all of the block that it ends, which has no way around it.
    pub(crate) takes_block: bool,
    /// The captured variables that are mentioned there, and used in any way.
    pub(crate) captured: Vec<Ident>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ExitKind {
    /// Of the loop itself.
    Break,
    /// `break` or `continue` of something around the loop.
    OuterJump,
    /// `break 'found value`
    BreakValue,
    Return,
    Question,
    /// A macro that contains a `return` or `?`.
    Returning(String),
    Await,
    Yield,
    /// `break` or `continue` in the value of a `return`.
    JumpInValue(String),
    /// A macro whose tokens contain `break` or `return`, out of sight or out of reach.
    HidingMacro {
        name: String,
        keyword: String,
    },
}
