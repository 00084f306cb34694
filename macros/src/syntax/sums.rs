//! Sums over a collection, which depend on its order where they are sums of floats.
//!
//! Invariant: a sum that is taken for one of floats in any case is one; where only the elements' type can
//! tell, it is asked.

use super::{patterns, places};
use crate::model::Place;
use quote::ToTokens as _;
use syn::visit::{self, Visit};
use syn::{
    BinOp, Expr, ExprBinary, ExprClosure, ExprForLoop, ExprMethodCall, Ident, Item, Lit, Pat, Type,
};

/// A sum, and whether it depends on the order only where the elements have floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) only_floats: bool,
}

/// `values.sum::<f64>()`, `values.fold(0.0, |sum, x| sum + x)`
pub(crate) fn of_call(call: &ExprMethodCall, ty: Option<&Type>) -> Option<Sum> {
    let any = Some(Sum { only_floats: false });
    let asked = Some(Sum { only_floats: true });
    match &*call.method.to_string() {
        "sum" | "product" if is_exact(&call.receiver) => None,
        "sum" | "product" => match ty.map(type_word).as_deref() {
            Some("f32" | "f64") => any,
            Some(word) if is_integer(word) => None,
            _ => asked,
        },
        "fold" => {
            let adds = call.args.get(1).is_some_and(adds);
            match call.args.first()? {
                Expr::Lit(start) if matches!(start.lit, Lit::Float(_)) => any.filter(|_| adds),
                _ => asked.filter(|_| adds),
            }
        }
        "reduce" => asked.filter(|_| call.args.first().is_some_and(adds)),
        _ => None,
    }
}

/// `for (k, v) in &table { s += v * 3.0; }`: whether it is a sum of the elements, and of floats where
/// these have floats.
pub(crate) fn adds_floats(of: &ExprForLoop, table: &Place) -> bool {
    // The key of a table is no float.
    let values = match &*of.pat {
        Pat::Tuple(pair) if pair.elems.len() == 2 => &pair.elems[1],
        pattern => pattern,
    };
    let mut sums = Sums {
        table: &table.root,
        values: patterns::idents(values).collect(),
        own: patterns::idents(&of.pat).collect(),
        found: false,
    };
    sums.visit_block(&of.body);
    sums.found
}

struct Sums<'table> {
    table: &'table Ident,
    /// The elements.
    values: Vec<Ident>,
    /// Names that each round has of its own.
    own: Vec<Ident>,
    found: bool,
}

impl Sums<'_> {
    /// Arithmetic with one of the values: `v`, `*v * 3.0`, `(v - mean).powi(2)`
    fn is_of_values(&self, expression: &Expr) -> bool {
        const FLOATS: [&str; 16] = [
            "abs", "cbrt", "clone", "cos", "exp", "ln", "log10", "log2", "max", "min", "mul_add",
            "powf", "powi", "recip", "sin", "sqrt",
        ];
        match expression {
            Expr::Binary(of) if is_arithmetic(&of.op) => {
                self.is_of_values(&of.left) || self.is_of_values(&of.right)
            }
            Expr::Unary(inner) => self.is_of_values(&inner.expr),
            Expr::Paren(inner) => self.is_of_values(&inner.expr),
            Expr::MethodCall(call) if FLOATS.contains(&&*call.method.to_string()) => {
                self.is_of_values(&call.receiver)
            }
            // `table[k]`
            Expr::Index(index) if self.is_own(&index.index) => {
                places::reached(&index.expr).is_some_and(|of| of.place.root == *self.table)
            }
            _ => {
                let reached = places::reached(expression).filter(|reached| !reached.indexed);
                reached.is_some_and(|of| self.values.contains(&of.place.root))
            }
        }
    }

    /// `k`, `&k`, `*k as usize`
    fn is_own(&self, index: &Expr) -> bool {
        match index {
            Expr::Reference(borrow) => self.is_own(&borrow.expr),
            Expr::Cast(cast) => self.is_own(&cast.expr),
            _ => places::reached(index)
                .is_some_and(|of| !of.indexed && self.own.contains(&of.place.root)),
        }
    }
}

impl<'ast> Visit<'ast> for Sums<'_> {
    fn visit_local(&mut self, local: &'ast syn::Local) {
        visit::visit_local(self, local);
        // `let w = v * v;`
        let value = local.init.as_ref();
        if value.is_some_and(|init| self.is_of_values(&init.expr)) {
            self.values.extend(patterns::idents(&local.pat));
        }
        self.own.extend(patterns::idents(&local.pat));
    }

    fn visit_expr_binary(&mut self, node: &'ast ExprBinary) {
        let adds = matches!(
            node.op,
            BinOp::AddAssign(_) | BinOp::SubAssign(_) | BinOp::MulAssign(_) | BinOp::DivAssign(_)
        );
        // Where there is an element for each key, it gets one value.
        if adds
            && let Some(target) = places::reached(&node.left)
            && !target.indices.iter().any(|index| self.is_own(index))
            && !self.own.contains(&target.place.root)
            && self.is_of_values(&node.right)
        {
            self.found = true;
        }
        visit::visit_expr_binary(self, node);
    }

    // They are called elsewhere.
    fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}

    fn visit_item(&mut self, _: &'ast Item) {}
}

fn is_arithmetic(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_)
    )
}

/// Whether a function that folds adds or multiplies, and takes no greatest or least.
fn adds(function: &Expr) -> bool {
    let text = function.to_token_stream().to_string();
    let has = |sign: &str| text.contains(sign);
    !has("max") && !has("min") && (has("+") || has("*") || has("add") || has("mul"))
}

/// `counts.values().map(|&n| n as f64)`: sums of whole numbers are the same in any order.
fn is_exact(summed: &Expr) -> bool {
    let Expr::MethodCall(call) = summed else {
        return false;
    };
    match (&*call.method.to_string(), call.args.first()) {
        ("map", Some(Expr::Closure(closure))) => is_number(&closure.body),
        _ => false,
    }
}

/// `n as f64`, `f64::from(n)`, `xs.len() as f64`
fn is_number(value: &Expr) -> bool {
    match value {
        Expr::Paren(inner) => is_number(&inner.expr),
        Expr::Cast(cast) => {
            !matches!(&*cast.expr, Expr::Paren(inner) if matches!(&*inner.expr, Expr::Cast(_)))
        }
        Expr::Call(call) => {
            matches!(&*call.func, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "from"))
        }
        Expr::MethodCall(call) => ["count", "len"].contains(&&*call.method.to_string()),
        _ => false,
    }
}

fn type_word(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .map_or_else(String::new, |last| last.ident.to_string()),
        _ => String::new(),
    }
}

fn is_integer(word: &str) -> bool {
    let width = word.strip_prefix(['i', 'u']);
    width.is_some_and(|width| width == "size" || width.parse::<u8>().is_ok())
}
