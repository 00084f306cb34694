//! Iterations that differ by their items, or try the same thing again.

use super::{formats, macros, patterns};
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, ExprForLoop, Item, Local, Macro, Pat};

/// The difference between iterations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Iterations {
    ByItem,
    /// Nothing: `for _ in 0..3`, or a name that the body only waits by or reports.
    Alike,
}

pub(crate) fn iterations(node: &ExprForLoop) -> Iterations {
    let mut uses = Uses {
        names: patterns::idents(&node.pat).collect(),
        counts: false,
        compares: false,
        waits: false,
    };
    uses.visit_block(&node.body);
    // `Err(e) if attempt == last => return Err(e)` is no search where the others wait.
    if uses.counts || (uses.compares && !uses.waits) {
        Iterations::ByItem
    } else {
        Iterations::Alike
    }
}

/// How a body uses the item of its loop.
struct Uses {
    /// The item, and the variables made of it.
    names: Vec<Ident>,
    /// In the work of an iteration.
    counts: bool,
    /// `attempt == last`
    compares: bool,
    /// `sleep(delay * attempt)`
    waits: bool,
}

impl Uses {
    fn mention(&self, tokens: &TokenStream) -> bool {
        let mentioned = formats::mentioned(tokens);
        mentioned.iter().any(|name| self.names.contains(name))
    }

    fn is_item(&self, expression: &Expr) -> bool {
        matches!(expression, Expr::Path(path) if path.path.get_ident().is_some_and(|name| self.names.contains(name)))
    }
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_expr(&mut self, expression: &'ast Expr) {
        match expression {
            Expr::Call(call) if is_sleep(&call.func) => {
                self.waits |= self.mention(&call.args.to_token_stream());
            }
            Expr::Binary(operation) if compares(&operation.op) => {
                for side in [&*operation.left, &*operation.right] {
                    if self.is_item(side) {
                        self.compares = true;
                    } else {
                        self.visit_expr(side);
                    }
                }
            }
            Expr::Path(_) => self.counts |= self.is_item(expression),
            Expr::Verbatim(tokens) => self.counts |= self.mention(tokens),
            _ => visit::visit_expr(self, expression),
        }
    }

    // `let delay = base * attempt;`
    fn visit_local(&mut self, local: &'ast Local) {
        let Some(init) = local.init.as_ref().filter(|init| init.diverge.is_none()) else {
            return visit::visit_local(self, local);
        };
        let Pat::Ident(name) = &local.pat else {
            return visit::visit_local(self, local);
        };
        let mut inside = Uses {
            names: self.names.clone(),
            counts: false,
            compares: false,
            waits: false,
        };
        inside.visit_expr(&init.expr);
        self.waits |= inside.waits;
        if (inside.counts || inside.compares) && leaves(&init.expr) {
            self.counts = true;
        } else if inside.counts || inside.compares {
            self.names.push(name.ident.clone());
        }
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        const REPORTS: [&str; 9] = [
            "debug", "eprint", "eprintln", "error", "info", "print", "println", "trace", "warn",
        ];
        if !REPORTS.contains(&&*macros::name(call)) {
            // With the name of the macro, by which a format string is known.
            self.counts |= self.mention(&call.to_token_stream());
        }
    }

    // Nested items capture nothing.
    fn visit_item(&mut self, _: &'ast Item) {}
}

fn is_sleep(function: &Expr) -> bool {
    let Expr::Path(function) = function else {
        return false;
    };
    let name = function.path.segments.last();
    name.is_some_and(|name| name.ident == "sleep")
}

fn compares(operator: &BinOp) -> bool {
    matches!(
        operator,
        BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_)
    )
}

/// Whether a value may leave the loop as it is made.
fn leaves(value: &Expr) -> bool {
    struct Leaving(bool);

    impl<'ast> Visit<'ast> for Leaving {
        fn visit_expr(&mut self, expression: &'ast Expr) {
            self.0 |= matches!(
                expression,
                Expr::Try(_) | Expr::Return(_) | Expr::Break(_) | Expr::Macro(_)
            );
            visit::visit_expr(self, expression);
        }
    }

    let mut leaving = Leaving(false);
    leaving.visit_expr(value);
    leaving.0
}
