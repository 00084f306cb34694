//! What is returned from inside of a loop.

use syn::Expr;

/// The address of a value or block.
pub(crate) fn address<T>(node: &T) -> *const () {
    std::ptr::from_ref(node).cast()
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
