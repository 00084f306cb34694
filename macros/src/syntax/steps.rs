//! One statement that changes a variable by a value: the variable, and the operation.

use super::places;
use crate::model::{By, Place, Step};
use proc_macro2::Span;
use quote::ToTokens;
use syn::{BinOp, Expr, UnOp};

/// A variable that is changed, itself or its target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) place: Place,
    /// `*x`
    pub(crate) dereferenced: bool,
}

/// One statement that changes a variable by a value.
#[derive(Debug)]
pub(crate) struct Contribution<'ast> {
    pub(crate) target: Target,
    pub(crate) step: Step,
    pub(crate) value: &'ast Expr,
}

impl Contribution<'_> {
    pub(crate) fn span(&self) -> Span {
        self.target.place.root.span()
    }
}

/// `x`, `x.y`, `*x`
pub(crate) fn target(expression: &Expr) -> Option<Target> {
    match expression {
        Expr::Paren(inner) => target(&inner.expr),
        Expr::Group(inner) => target(&inner.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => Some(Target {
            place: places::whole(&unary.expr)?,
            dereferenced: true,
        }),
        _ => Some(Target {
            place: places::whole(expression)?,
            dereferenced: false,
        }),
    }
}

/// `f64::max`, without the spaces between tokens.
pub(crate) fn text(path: &impl ToTokens) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}

/// Whether it is `+=` or the like.
pub(crate) fn is_assignment(operator: &BinOp) -> bool {
    by_operator(operator).is_some()
}

/// `+=`
pub(crate) fn by_operator(operator: &BinOp) -> Option<Step> {
    Some(Step::By(match operator {
        BinOp::AddAssign(_) => By::Sum,
        BinOp::SubAssign(_) => By::Difference,
        BinOp::MulAssign(_) => By::Product,
        BinOp::BitAndAssign(_) => By::BitAnd,
        BinOp::BitOrAssign(_) => By::BitOr,
        BinOp::BitXorAssign(_) => By::BitXor,
        BinOp::DivAssign(_) | BinOp::RemAssign(_) | BinOp::ShlAssign(_) | BinOp::ShrAssign(_) => {
            return Some(Step::Operator(text(operator)));
        }
        _ => return None,
    }))
}
