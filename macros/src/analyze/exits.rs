//! The ways out of an iteration. A `break`, `return` or `?` counts if what it leaves is the loop
//! itself or something around it; closures, `async` blocks and nested items keep theirs.

use super::macros;
use crate::model::{Exit, ExitKind};
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{
    Expr, ExprAwait, ExprBlock, ExprBreak, ExprContinue, ExprForLoop, ExprLoop, ExprReturn,
    ExprTry, ExprWhile, ExprYield, Item, Label, Lifetime, Macro,
};

/// Macros whose expansion is known to contain a `return`.
const RETURNING: [&str; 4] = ["bail", "ensure", "ensure_eq", "try"];

/// The exits in the body of a loop, in the order of the text.
pub(crate) fn leaving(node: &ExprForLoop) -> Vec<Exit> {
    let mut visitor = Leaving {
        own_label: node.label.as_ref(),
        inner_labels: Vec::new(),
        inner_loops: 0,
        exits: Vec::new(),
    };
    visitor.visit_block(&node.body);
    visitor.exits
}

struct Leaving<'ast> {
    own_label: Option<&'ast Label>,
    inner_labels: Vec<Lifetime>,
    inner_loops: usize,
    exits: Vec<Exit>,
}

impl Leaving<'_> {
    fn push(&mut self, span: Span, kind: ExitKind) {
        self.exits.push(Exit { span, kind });
    }

    fn is_own(&self, label: &Lifetime) -> bool {
        self.own_label.is_some_and(|own| own.name == *label)
    }

    fn is_inner(&self, label: &Lifetime) -> bool {
        self.inner_labels.contains(label)
    }

    fn labelled(&mut self, label: Option<&Label>, inside: impl FnOnce(&mut Self)) {
        let outside = self.inner_labels.len();
        self.inner_labels
            .extend(label.map(|label| label.name.clone()));
        inside(self);
        self.inner_labels.truncate(outside);
    }

    fn looped(&mut self, label: Option<&Label>, inside: impl FnOnce(&mut Self)) {
        self.inner_loops += 1;
        self.labelled(label, inside);
        self.inner_loops -= 1;
    }
}

impl<'ast> Visit<'ast> for Leaving<'_> {
    fn visit_expr_break(&mut self, node: &'ast ExprBreak) {
        let span = node.break_token.span;
        match &node.label {
            None if self.inner_loops == 0 => self.push(span, ExitKind::Break),
            Some(label) if self.is_inner(label) => {}
            Some(label) if self.is_own(label) => self.push(span, ExitKind::Break),
            Some(label) => self.push(span, ExitKind::OuterBreak(label.to_string())),
            None => {}
        }
        visit::visit_expr_break(self, node);
    }

    fn visit_expr_continue(&mut self, node: &'ast ExprContinue) {
        if let Some(label) = &node.label
            && !self.is_inner(label)
            && !self.is_own(label)
        {
            let kind = ExitKind::OuterContinue(label.to_string());
            self.push(node.continue_token.span, kind);
        }
    }

    fn visit_expr_return(&mut self, node: &'ast ExprReturn) {
        let kind = match node.expr.as_deref() {
            Some(value) if is_error(value) => ExitKind::ReturnError,
            _ => ExitKind::Return,
        };
        self.push(node.return_token.span, kind);
        visit::visit_expr_return(self, node);
    }

    fn visit_expr_try(&mut self, node: &'ast ExprTry) {
        visit::visit_expr_try(self, node);
        self.push(node.question_token.span, ExitKind::Question);
    }

    fn visit_expr_await(&mut self, node: &'ast ExprAwait) {
        visit::visit_expr_await(self, node);
        self.push(node.await_token.span, ExitKind::Await);
    }

    fn visit_expr_yield(&mut self, node: &'ast ExprYield) {
        self.push(node.yield_token.span, ExitKind::Yield);
        visit::visit_expr_yield(self, node);
    }

    fn visit_expr_loop(&mut self, node: &'ast ExprLoop) {
        self.looped(node.label.as_ref(), |inner| inner.visit_block(&node.body));
    }

    fn visit_expr_while(&mut self, node: &'ast ExprWhile) {
        self.looped(node.label.as_ref(), |inner| {
            inner.visit_expr(&node.cond);
            inner.visit_block(&node.body);
        });
    }

    fn visit_expr_for_loop(&mut self, node: &'ast ExprForLoop) {
        // A `break` among the items of an inner loop still belongs to the loop around it.
        self.visit_expr(&node.expr);
        self.looped(node.label.as_ref(), |inner| inner.visit_block(&node.body));
    }

    fn visit_expr_block(&mut self, node: &'ast ExprBlock) {
        self.labelled(node.label.as_ref(), |inner| inner.visit_block(&node.block));
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        let name = macros::name(call);
        if RETURNING.contains(&&*name) {
            let span = call.path.segments.last().map(|name| name.ident.span());
            let span = span.unwrap_or_else(Span::call_site);
            return self.push(span, ExitKind::ReturningMacro(name));
        }
        match macros::guessed_statements(call) {
            Some(statements) => {
                for statement in &statements {
                    self.visit_stmt(statement);
                }
            }
            None => self.hidden(&name, call.tokens.clone()),
        }
    }

    // Closures, `async` blocks and nested items are left by their own `return` and `?`.
    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
    fn visit_expr_try_block(&mut self, _: &'ast syn::ExprTryBlock) {}
    fn visit_item(&mut self, _: &'ast Item) {}
}

impl Leaving<'_> {
    /// Tokens that are no Rust by themselves: a `break` in them would stop the chunk silently.
    fn hidden(&mut self, name: &str, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(word) if word == "break" || word == "return" => {
                    let (name, keyword) = (name.to_owned(), word.to_string());
                    self.push(word.span(), ExitKind::HidingMacro { name, keyword });
                }
                TokenTree::Group(group) => self.hidden(name, group.stream()),
                _ => {}
            }
        }
    }
}

/// `Err(..)`, `Err(..)?`, `Result::Err(..)`
fn is_error(value: &Expr) -> bool {
    match value {
        Expr::Call(call) => matches!(&*call.func, Expr::Path(path)
            if path.path.segments.last().is_some_and(|name| name.ident == "Err")),
        Expr::Try(inner) => is_error(&inner.expr),
        Expr::Paren(inner) => is_error(&inner.expr),
        _ => false,
    }
}
