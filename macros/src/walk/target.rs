//! The target of an expression in a body: a variable or a static, an element of it, a part of that.

use quote::ToTokens as _;
use syn::{Expr, Member, Pat, Path};

/// A variable or a static, or a field of it.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) path: Path,
    pub(super) fields: Vec<Member>,
    /// An element of that.
    pub(super) is_element: bool,
    /// A field of that element, or one of several parts.
    pub(super) is_part: bool,
    pub(super) root: Root,
    /// It goes by its own name, so that the walk sees it as well.
    pub(super) is_plain: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    /// A variable or static around the loop.
    Around,
    /// A variable of the loop's pattern.
    Item,
}

/// `(name, count)`, `Some(Row { count, .. })`
pub(super) fn has_parts(pattern: &Pat) -> bool {
    match pattern {
        Pat::Struct(_) | Pat::Tuple(_) => true,
        Pat::TupleStruct(whole) => whole.elems.iter().any(has_parts),
        Pat::Reference(inner) => has_parts(&inner.pat),
        _ => false,
    }
}

/// A place, not a copy of its value: `rows[i].hits`, `rows.get(i).unwrap().hits`
pub(super) fn is_place(expression: &Expr) -> bool {
    match expression {
        Expr::Path(_) => true,
        Expr::Field(field) => match &*field.base {
            Expr::MethodCall(call) => call.method == "unwrap" && !makes(&field.base),
            base => is_place(base),
        },
        Expr::Index(index) => is_place(&index.expr),
        Expr::Paren(inner) => is_place(&inner.expr),
        Expr::Unary(inner) => is_place(&inner.expr),
        _ => false,
    }
}

/// Whether an expression makes something of its own: `rows[i].names.iter()`, `row.clone()`
pub(super) fn makes(expression: &Expr) -> bool {
    match expression {
        Expr::MethodCall(call) => {
            ["clone", "iter", "values"].contains(&&*call.method.to_string())
                || makes(&call.receiver)
        }
        Expr::Try(inner) => makes(&inner.expr),
        Expr::Paren(inner) => makes(&inner.expr),
        _ => false,
    }
}

pub(super) fn written(receiver: &Expr) -> String {
    receiver.to_token_stream().to_string()
}

impl Target {
    /// The target through a value that the body owns: `let mut rest = rows[i].names.iter();`
    pub(super) fn of_value(self) -> Self {
        Self {
            is_part: false,
            ..self
        }
    }

    /// `slots[i].hits`
    pub(super) fn is_inside(&self) -> bool {
        self.is_element && self.is_part && self.root == Root::Around
    }

    pub(super) fn of(path: Path) -> Self {
        Self {
            path,
            fields: Vec::new(),
            is_element: false,
            is_part: false,
            root: Root::Around,
            is_plain: true,
        }
    }
}
