//! The `return`s inside of a loop, and their values.

use syn::{Block, Expr, ExprReturn, Stmt};

/// The `return` that a block ends with: `{ show(&results); return None; }`
pub(crate) fn ending(block: &Block) -> Option<&ExprReturn> {
    match block.stmts.last() {
        Some(Stmt::Expr(Expr::Return(end), _)) => Some(end),
        _ => None,
    }
}

/// `Err(..)`, `Err(..)?`, `Result::Err(..)`, `None`: what functions of one kind have in common.
pub(crate) fn is_failure(value: &Expr) -> bool {
    match value {
        Expr::Call(call) => matches!(&*call.func, Expr::Path(path)
            if path.path.segments.last().is_some_and(|name| name.ident == "Err")),
        Expr::Path(path) => path.path.is_ident("None"),
        Expr::Try(inner) => is_failure(&inner.expr),
        Expr::Paren(inner) => is_failure(&inner.expr),
        _ => false,
    }
}
