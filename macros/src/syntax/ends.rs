//! The ends of blocks by which something around them is left, and the values of `return`s.

use syn::{Block, Expr, Stmt};

/// The expression that a block is left by: `{ show(&results); return None; }`, `{ steps += 1; break; }`. A `break`
/// alone has nothing to take along.
pub(crate) fn of(block: &Block) -> Option<&Expr> {
    let (last, before) = block.stmts.split_last()?;
    match last {
        Stmt::Expr(end @ Expr::Return(_), _) => Some(end),
        Stmt::Expr(end @ (Expr::Break(_) | Expr::Continue(_)), _) if !before.is_empty() => {
            Some(end)
        }
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
