//! `if e > x { x = e; }`: the greatest and the least, chosen by a comparison.

use super::places;
use super::steps::{Contribution, Target, by_operator, target, text};
use crate::model::{By, Place, Step};
use syn::{BinOp, Expr, ExprIf, Stmt, UnOp};

/// `if e > x { x = e; }`
pub(super) fn compared(choice: &ExprIf) -> Option<Contribution<'_>> {
    let compared = comparison(choice)?;
    let [Stmt::Expr(Expr::Assign(assignment), _)] = &*choice.then_branch.stmts else {
        return None;
    };
    let target = target(&assignment.left)?;
    let value = &*assignment.right;
    let same = text(bare(compared.value)) == text(bare(value)) && is_pure(value);
    // `**x > best` compares another type than `best = *x` assigns.
    let apart = compared.depth - (depth(value) - depth(&assignment.left));
    let is_one_type = apart == 0 || (apart == 1 && is_clone(value));
    let other = choice.else_branch.is_some() || compared.target != target.place;
    if !same || !is_one_type || other {
        return None;
    }
    Some(Contribution {
        target,
        step: Step::By(compared.by),
        value,
    })
}

/// `if e > x { x = e; more(); }`: the place that is chosen for, in a form that is none of ours.
pub(crate) fn choice(expression: &Expr) -> Option<Target> {
    let Expr::If(choice) = expression else {
        return None;
    };
    let compared = comparison(choice)?;
    choice.then_branch.stmts.iter().find_map(|statement| {
        let Stmt::Expr(Expr::Assign(assignment), _) = statement else {
            return None;
        };
        let target = target(&assignment.left)?;
        (target.place == compared.target).then_some(target)
    })
}

struct Comparison<'ast> {
    target: Place,
    by: By,
    value: &'ast Expr,
    /// So much deeper behind references than the variable the value is compared.
    depth: i32,
}

/// `e > x`, or `x < e`: the variable is the one that is assigned in the block.
fn comparison(choice: &ExprIf) -> Option<Comparison<'_>> {
    let Expr::Binary(condition) = &*choice.cond else {
        return None;
    };
    let assigned: Vec<Place> = choice
        .then_branch
        .stmts
        .iter()
        .filter_map(|statement| match statement {
            Stmt::Expr(Expr::Assign(assignment), _) => Some(target(&assignment.left)?.place),
            _ => None,
        })
        .collect();
    let variable = |side| places::whole(bare(side)).filter(|place| assigned.contains(place));
    let (left, right) = (&*condition.left, &*condition.right);
    let (target, value, is_left) = match (variable(left), variable(right)) {
        (None, Some(target)) => (target, left, false),
        (Some(target), None) => (target, right, true),
        _ => return None,
    };
    let by = match (&condition.op, is_left) {
        (BinOp::Gt(_), false) | (BinOp::Lt(_), true) => By::Greatest,
        (BinOp::Ge(_), false) | (BinOp::Le(_), true) => By::GreatestLast,
        (BinOp::Lt(_), false) | (BinOp::Gt(_), true) => By::Least,
        (BinOp::Le(_), false) | (BinOp::Ge(_), true) => By::LeastLast,
        _ => return None,
    };
    let other = if is_left { left } else { right };
    Some(Comparison {
        target,
        by,
        value,
        depth: depth(value) - depth(other),
    })
}

/// How far behind references an expression looks: 1 for `*e`, -1 for `&e`.
fn depth(expression: &Expr) -> i32 {
    match expression {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => depth(&unary.expr) + 1,
        Expr::Reference(borrow) => depth(&borrow.expr) - 1,
        Expr::Paren(inner) => depth(&inner.expr),
        Expr::Group(inner) => depth(&inner.expr),
        Expr::MethodCall(call) if is_clone(expression) => depth(&call.receiver),
        _ => 0,
    }
}

/// `e.clone()`, which may be of what `e` refers to.
fn is_clone(expression: &Expr) -> bool {
    matches!(expression, Expr::MethodCall(call) if call.method == "clone" && call.args.is_empty())
}

/// `e` of `*e`, `&e`, `e.clone()`
fn bare(expression: &Expr) -> &Expr {
    match expression {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => bare(&unary.expr),
        Expr::Reference(borrow) => bare(&borrow.expr),
        Expr::Paren(inner) => bare(&inner.expr),
        Expr::Group(inner) => bare(&inner.expr),
        Expr::MethodCall(call) if is_clone(expression) => bare(&call.receiver),
        _ => expression,
    }
}

/// Evaluated twice it gives the same, and once changes nothing: no calls but of known methods.
pub(super) fn is_pure(expression: &Expr) -> bool {
    match expression {
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Field(field) => is_pure(&field.base),
        Expr::Index(index) => is_pure(&index.expr) && is_pure(&index.index),
        Expr::Unary(unary) => is_pure(&unary.expr),
        Expr::Cast(cast) => is_pure(&cast.expr),
        Expr::Paren(inner) => is_pure(&inner.expr),
        Expr::Group(inner) => is_pure(&inner.expr),
        Expr::Reference(borrow) => is_pure(&borrow.expr),
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_pure),
        Expr::Binary(operation) => {
            by_operator(&operation.op).is_none()
                && is_pure(&operation.left)
                && is_pure(&operation.right)
        }
        Expr::MethodCall(call) => {
            ["clone", "len", "abs"].contains(&&*call.method.to_string())
                && call.args.is_empty()
                && is_pure(&call.receiver)
        }
        _ => false,
    }
}
