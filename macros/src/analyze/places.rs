//! Expressions that denote a variable or a part of one.

use crate::model::Place;
use syn::{Expr, ExprPath, UnOp};

/// `state.results[i].x`: the place `state.results`, reached through an index.
#[derive(Debug)]
pub(crate) struct Reached<'ast> {
    /// The variable with the fields that come before any index or `*`.
    pub(crate) place: Place,
    /// The indices on the way, which are expressions of their own.
    pub(crate) indices: Vec<&'ast Expr>,
    pub(crate) indexed: bool,
    pub(crate) dereferenced: bool,
}

impl Reached<'_> {
    /// The place itself, no element of it.
    pub(crate) fn is_whole(&self) -> bool {
        !self.indexed && !self.dereferenced
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

/// `x` or `x.y.z`, nothing else.
pub(crate) fn whole(expression: &Expr) -> Option<Place> {
    let reached = reached(expression)?;
    reached.is_whole().then_some(reached.place)
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
    })
}
