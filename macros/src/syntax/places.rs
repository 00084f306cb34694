//! Expressions that denote a variable or a part of one.

use crate::model::Place;
use syn::{Expr, ExprPath, Ident, UnOp};

/// `state.results[i].x`: the place `state.results`, reached through an index.
#[derive(Debug)]
pub(crate) struct Reached<'ast> {
    /// The variable with the fields that come before any index or `*`.
    pub(crate) place: Place,
    /// The indices on the way, which are expressions of their own.
    pub(crate) indices: Vec<&'ast Expr>,
    pub(crate) indexed: bool,
    pub(crate) dereferenced: bool,
    /// The place itself is indexed, not its target: no `(*x)[i]`.
    direct: bool,
}

impl Reached<'_> {
    /// The place itself, no element of it.
    pub(crate) fn is_whole(&self) -> bool {
        !self.indexed && !self.dereferenced
    }

    /// `i` of `x[i]`, where it is a variable.
    pub(crate) fn first_index(&self) -> Option<&Ident> {
        match self.indices.first()? {
            Expr::Path(index) if self.direct => index.path.get_ident(),
            _ => None,
        }
    }
}

/// The place that an expression reaches, if it starts with a variable.
pub(crate) fn reached(expression: &Expr) -> Option<Reached<'_>> {
    match expression {
        Expr::Path(path) => variable(path),
        Expr::Field(field) => {
            let mut reached = reached(&field.base)?;
            if reached.is_whole() {
                reached.place.fields.push(field.member.clone());
            }
            Some(reached)
        }
        Expr::Index(index) => {
            let mut reached = reached(&index.expr)?;
            reached.direct |= reached.is_whole();
            reached.indexed = true;
            reached.indices.push(&index.index);
            Some(reached)
        }
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => {
            let mut reached = reached(&unary.expr)?;
            reached.dereferenced = true;
            Some(reached)
        }
        Expr::Paren(inner) => reached(&inner.expr),
        Expr::Group(inner) => reached(&inner.expr),
        _ => None,
    }
}

/// `x[i]` as a whole: the place and the variable.
pub(crate) fn element(expression: &Expr) -> Option<(Place, &Ident)> {
    let Expr::Index(indexed) = expression else {
        return None;
    };
    let Expr::Path(index) = &*indexed.index else {
        return None;
    };
    Some((whole(&indexed.expr)?, index.path.get_ident()?))
}

/// `x` or `x.y.z`, nothing else.
pub(crate) fn whole(expression: &Expr) -> Option<Place> {
    let reached = reached(expression)?;
    reached.is_whole().then_some(reached.place)
}

/// `x`, or its target: `*x`, `(**x)`.
pub(crate) fn pointee(expression: &Expr) -> Option<Place> {
    match expression {
        Expr::Paren(inner) => pointee(&inner.expr),
        Expr::Group(inner) => pointee(&inner.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => pointee(&unary.expr),
        _ => whole(expression),
    }
}

/// The variable that `x`, `&x` or `x.iter().map(..)` starts with.
pub(crate) fn base(expression: &Expr) -> Option<Ident> {
    match expression {
        Expr::Path(path) => path.path.get_ident().cloned(),
        Expr::Reference(borrow) => base(&borrow.expr),
        Expr::Paren(inner) => base(&inner.expr),
        Expr::MethodCall(call) => base(&call.receiver),
        _ => None,
    }
}

/// The expression that is the variable.
pub(crate) fn alone(variable: Ident) -> Expr {
    Expr::Path(ExprPath {
        attrs: Vec::new(),
        qself: None,
        path: variable.into(),
    })
}

fn variable(path: &ExprPath) -> Option<Reached<'_>> {
    if path.qself.is_some() {
        return None;
    }
    let place = Place {
        root: path.path.get_ident()?.clone(),
        fields: Vec::new(),
    };
    Some(Reached {
        place,
        indices: Vec::new(),
        indexed: false,
        dereferenced: false,
        direct: false,
    })
}
