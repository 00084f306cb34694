//! Code in a body that every iteration gets to.

use super::{macros, places};
use crate::model::Place;
use syn::visit::{self, Visit};
use syn::{Block, Expr, Ident, Macro};

/// Whether every iteration evaluates an expression of this kind: one outside of branches, inner
/// loops and closures, with no way out before it.
pub(crate) fn surely(body: &Block, is_sought: &dyn Fn(&Expr) -> bool) -> bool {
    let mut search = Search {
        is_sought,
        verdict: None,
    };
    search.visit_block(body);
    search.verdict == Some(true)
}

/// The arrays of which every iteration evaluates the element with this index.
pub(crate) fn elements(body: &Block, index: &Ident) -> Vec<Place> {
    struct Elements<'a>(&'a Ident, Vec<Place>);
    impl<'ast> Visit<'ast> for Elements<'_> {
        fn visit_expr(&mut self, expression: &'ast Expr) {
            if let Some((place, index)) = places::element(expression)
                && index == self.0
                && !self.1.contains(&place)
            {
                self.1.push(place);
            }
            visit::visit_expr(self, expression);
        }
    }
    let mut elements = Elements(index, Vec::new());
    elements.visit_block(body);
    let mut all = elements.1;
    all.retain(|place| surely(body, &|expression| is_element(expression, place, index)));
    all
}

/// Whether it is `place[index]`.
pub(crate) fn is_element(expression: &Expr, place: &Place, index: &Ident) -> bool {
    places::element(expression).is_some_and(|(found, by)| found == *place && by == index)
}

struct Search<'ast> {
    is_sought: &'ast dyn Fn(&Expr) -> bool,
    verdict: Option<bool>,
}

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_stmt(&mut self, statement: &'ast syn::Stmt) {
        if self.verdict.is_none() {
            visit::visit_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        if self.verdict.is_some() {
            return;
        }
        if (self.is_sought)(expression) {
            self.verdict = Some(true);
            return;
        }
        match expression {
            Expr::If(node) => {
                self.visit_expr(&node.cond);
                self.branch(|inner| visit::visit_block(inner, &node.then_branch));
                if let Some((_, otherwise)) = &node.else_branch {
                    self.branch(|inner| inner.visit_expr(otherwise));
                }
            }
            Expr::Match(node) => {
                self.visit_expr(&node.expr);
                self.branch(|inner| node.arms.iter().for_each(|arm| inner.visit_arm(arm)));
            }
            Expr::ForLoop(node) => {
                self.visit_expr(&node.expr);
                self.branch(|inner| inner.visit_block(&node.body));
            }
            Expr::While(node) => {
                self.branch(|inner| visit::visit_expr_while(inner, node));
            }
            Expr::Loop(node) => self.branch(|inner| inner.visit_block(&node.body)),
            Expr::Binary(node) if matches!(node.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) => {
                self.visit_expr(&node.left);
                self.branch(|inner| inner.visit_expr(&node.right));
            }
            // Any of them may be called never.
            Expr::Closure(_) | Expr::Async(_) => {}
            // Tokens of ours may stand for a way out.
            Expr::Break(_)
            | Expr::Continue(_)
            | Expr::Return(_)
            | Expr::Try(_)
            | Expr::Verbatim(_) => {
                visit::visit_expr(self, expression);
                self.verdict.get_or_insert(false);
            }
            _ => visit::visit_expr(self, expression),
        }
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        let Some(init) = &local.init else { return };
        self.visit_expr(&init.expr);
        if let Some((_, otherwise)) = &init.diverge {
            self.branch(|inner| inner.visit_expr(otherwise));
        }
    }

    /// What a macro evaluates, and whether it leaves the iteration, is out of sight.
    fn visit_macro(&mut self, call: &'ast Macro) {
        let harmless = macros::known_arguments(call).is_some()
            && macros::name(call) != "bail"
            && macros::name(call) != "ensure";
        if !harmless {
            self.verdict.get_or_insert(false);
        }
    }

    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

impl Search<'_> {
    /// Code in here is not certain to run, and after a way out none is.
    fn branch(&mut self, inside: impl FnOnce(&mut Self)) {
        if self.verdict.is_some() {
            return;
        }
        inside(self);
        // Something found in a branch says nothing about what follows it.
        if self.verdict == Some(true) {
            self.verdict = None;
        }
    }
}
