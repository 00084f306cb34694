//! Statements of an expansion besides the loop and the call: before and after the call, and at the seams
//! of the code that was moved. A plain loop has none.

use super::paths::Runtime;
use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::{Block, Expr, Stmt};

/// Statements, each list in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    /// Before the call, in a block with it.
    pub(crate) before: TokenStream,
    /// At the start of the closure that runs a chunk.
    pub(crate) chunk: TokenStream,
    /// At the start of each iteration.
    pub(crate) prologue: TokenStream,
    /// At the end of each iteration that gets there.
    pub(crate) epilogue: TokenStream,
    /// Where this rank runs an iteration itself: before the loop as it was written, and at the
    /// start of its iterations.
    pub(crate) again: TokenStream,
    pub(crate) again_prologue: TokenStream,
    /// After the call, in a block with it.
    pub(crate) after: TokenStream,
}

impl Pieces {
    /// Output: `{ before; call; after }`, or the call alone
    pub(crate) fn around(&self, call: &TokenStream) -> TokenStream {
        let Self { before, after, .. } = self;
        if before.is_empty() && after.is_empty() {
            return call.clone();
        }
        quote_spanned!(Runtime::hidden().0=> { #before #call #after })
    }

    /// Output: `{ prologue; body; epilogue }`
    pub(crate) fn inside(&self, body: &mut Block) {
        begin(body, &self.prologue);
        if !self.epilogue.is_empty() {
            terminate(body);
            body.stmts.push(verbatim(&self.epilogue));
        }
    }

    /// Output: `{ again_prologue; body }`
    pub(crate) fn inside_again(&self, body: &mut Block) {
        begin(body, &self.again_prologue);
    }
}

/// Statements at the start of a body.
pub(super) fn begin(body: &mut Block, statements: &TokenStream) {
    if !statements.is_empty() {
        body.stmts.insert(0, verbatim(statements));
    }
}

fn verbatim(statements: &TokenStream) -> Stmt {
    Stmt::Expr(Expr::Verbatim(statements.clone()), None)
}

/// The value of a body, which is `()`, becomes a statement that others may follow.
fn terminate(body: &mut Block) {
    let semicolon = || syn::Token![;](Runtime::hidden().0);
    match body.stmts.last_mut() {
        // They end by themselves, and clippy minds a `;` after them.
        Some(Stmt::Expr(
            Expr::Block(_)
            | Expr::ForLoop(_)
            | Expr::If(_)
            | Expr::Loop(_)
            | Expr::Match(_)
            | Expr::Unsafe(_)
            | Expr::While(_),
            None,
        )) => {}
        Some(Stmt::Expr(_, end)) => _ = end.get_or_insert_with(semicolon),
        Some(Stmt::Macro(call)) => _ = call.semi_token.get_or_insert_with(semicolon),
        _ => {}
    }
}
