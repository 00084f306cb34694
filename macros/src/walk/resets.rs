//! Statements of a body that leave nothing of a variable's former content.

use super::scope::Scope;
use crate::syntax::{formats, places};
use proc_macro2::Span;
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::{Expr, Stmt};

/// How a statement resets a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResetKind {
    Clear,
    Fill,
    Assign,
}

/// A top-level statement of the body that resets a variable, if nothing goes before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reset {
    pub(super) binding: usize,
    pub(super) span: Span,
    pub(super) kind: ResetKind,
    /// Its range among the mentions of the function.
    pub(super) statement: (usize, usize),
}

/// `buffer.clear();`, `row.fill(0.0);`, `x = y;`, `(a, b) = f();`
pub(crate) fn resets(statement: &Stmt, scope: &Scope) -> Vec<Reset> {
    let reset = |target: &Expr, kind| {
        let place = places::whole(target).filter(|place| place.fields.is_empty())?;
        if place.root == "self" {
            return None;
        }
        Some(Reset {
            binding: scope.lookup(&place.root.to_string())?.id,
            span: target.span(),
            kind,
            statement: (0, 0),
        })
    };
    match statement {
        Stmt::Expr(Expr::MethodCall(call), _) => {
            let kind = match &*call.method.to_string() {
                "clear" if call.args.is_empty() => ResetKind::Clear,
                "fill" if call.args.len() == 1 => ResetKind::Fill,
                _ => return Vec::new(),
            };
            reset(&call.receiver, kind).into_iter().collect()
        }
        Stmt::Expr(Expr::Assign(assignment), _) => {
            let targets: Vec<&Expr> = match &*assignment.left {
                Expr::Tuple(tuple) => tuple.elems.iter().collect(),
                target => vec![target],
            };
            // `best = best.max(x)` keeps the former value.
            let value = assignment.right.to_token_stream();
            let read = formats::mentioned(&value);
            let is_new = |target: &&Expr| {
                places::whole(target).is_some_and(|place| !read.contains(&place.root))
            };
            let assigned = targets.into_iter().filter(is_new);
            assigned
                .filter_map(|target| reset(target, ResetKind::Assign))
                .collect()
        }
        _ => Vec::new(),
    }
}
