//! The ways out of an iteration. A `break`, `return` or `?` counts if what it leaves is the loop
//! itself or something around it; closures, `async` blocks and nested items keep theirs.

use super::ends::{self, is_failure};
use super::{macros, tags};
use crate::model::{End, EndId, Exit, ExitKind};
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{
    Block, Expr, ExprAwait, ExprBlock, ExprBreak, ExprContinue, ExprForLoop, ExprLoop, ExprReturn,
    ExprTry, ExprWhile, ExprYield, Item, Label, Lifetime, Macro, Stmt,
};

/// Macros whose expansion is known to contain a `return`.
const RETURNING: [&str; 7] = [
    "bail",
    "ensure",
    "ensure_eq",
    "ensure_whatever",
    "try",
    "whatever",
    "yeet",
];

/// How a loop is left.
#[derive(Debug, Default)]
pub(crate) struct Ways {
    /// In the order of the text.
    pub(crate) exits: Vec<Exit>,
    /// The `return`s with a value, and the ends that take their block along; the walk fills in their
    /// captures.
    pub(crate) ends: Vec<End>,
}

/// The exits in the body of a loop.
pub(crate) fn leaving(node: &ExprForLoop) -> Ways {
    let mut visitor = Leaving {
        own_label: node.label.as_ref(),
        ..Leaving::default()
    };
    for statement in &node.body.stmts {
        visitor.visit_stmt(statement);
    }
    visitor.ways
}

/// Whether the end of a block, other than its last statement, has a way around it.
fn has_way_around(block: &Block) -> bool {
    let mut visitor = Leaving {
        in_value: true,
        ..Leaving::default()
    };
    let statements = match block.stmts.split_last() {
        Some((Stmt::Expr(Expr::Break(_) | Expr::Continue(_), _), before)) => before,
        _ => &block.stmts,
    };
    for statement in statements {
        visitor.visit_stmt(statement);
    }
    !visitor.ways.exits.is_empty()
}

#[derive(Default)]
struct Leaving<'ast> {
    own_label: Option<&'ast Label>,
    inner_labels: Vec<Lifetime>,
    inner_loops: usize,
    /// In code that is evaluated outside of the closure that runs a chunk.
    in_value: bool,
    /// The macro whose arguments are visited, and whether it evaluates them as they stand.
    in_macro: Option<(String, bool)>,
    ways: Ways,
}

impl Leaving<'_> {
    fn push(&mut self, span: Span, kind: ExitKind) {
        self.ways.exits.push(Exit { span, kind });
    }

    fn end(&mut self, id: Option<EndId>, takes_block: bool) {
        self.ways.ends.extend(id.map(|id| End {
            id,
            takes_block,
            captured: Vec::new(),
        }));
    }

    /// Whether a `break` or `continue` leaves an iteration other than for the next one.
    fn leaves(&self, end: &Expr) -> bool {
        match end {
            Expr::Return(_) => true,
            Expr::Break(node) => node.expr.is_none() && !self.stays_inside(node.label.as_ref()),
            Expr::Continue(node) => {
                let label = node.label.as_ref();
                !self.stays_inside(label) && label.is_some_and(|label| !self.is_own(label))
            }
            _ => false,
        }
    }

    /// Whether a jump is one of something inside of the iteration.
    fn stays_inside(&self, label: Option<&Lifetime>) -> bool {
        label.map_or(self.inner_loops > 0, |label| self.is_inner(label))
    }

    /// A `break` or `continue` that leaves this place for the loop itself or one around it.
    fn jump(&mut self, span: Span, keyword: &str, label: Option<&Lifetime>) {
        let is_own = label.is_none_or(|label| self.is_own(label));
        let keyword = keyword.to_owned();
        let kind = match &self.in_macro {
            _ if self.in_value => ExitKind::JumpInValue(keyword),
            _ if is_own && keyword == "continue" => return,
            _ if is_own => ExitKind::Break,
            // The arguments of a macro are out of reach for `expand`.
            Some((name, _)) => ExitKind::HidingMacro {
                name: name.clone(),
                keyword,
            },
            None => ExitKind::OuterJump,
        };
        self.push(span, kind);
    }

    /// Visits the value of a `return`.
    fn value(&mut self, value: &Expr) {
        let outside = (
            std::mem::replace(&mut self.in_value, true),
            std::mem::take(&mut self.inner_loops),
            std::mem::take(&mut self.inner_labels),
        );
        self.visit_expr(value);
        (self.in_value, self.inner_loops, self.inner_labels) = outside;
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
    fn visit_block(&mut self, block: &'ast Block) {
        let reachable = !self.in_value && self.in_macro.is_none();
        let end = ends::of(block).filter(|end| reachable && self.leaves(end));
        let Some(end) = end.filter(|_| !has_way_around(block)) else {
            return visit::visit_block(self, block);
        };
        self.end(tags::end_id(end), true);
        match end {
            Expr::Return(end) => self.push(end.return_token.span, ExitKind::Return),
            end => self.visit_expr(end),
        }
    }

    fn visit_expr_break(&mut self, node: &'ast ExprBreak) {
        let span = node.break_token.span;
        let stays_inside = self.stays_inside(node.label.as_ref());
        if !stays_inside {
            self.jump(span, "break", node.label.as_ref());
        }
        if node.expr.is_some() && !stays_inside && !self.in_value {
            self.push(span, ExitKind::BreakValue);
        }
        visit::visit_expr_break(self, node);
    }

    fn visit_expr_continue(&mut self, node: &'ast ExprContinue) {
        let stays_inside = self.stays_inside(node.label.as_ref());
        if !stays_inside {
            let span = node.continue_token.span;
            self.jump(span, "continue", node.label.as_ref());
        }
    }

    fn visit_expr_return(&mut self, node: &'ast ExprReturn) {
        let span = node.return_token.span;
        let value = node.expr.as_deref();
        match (&self.in_macro, value) {
            // It leaves by the value that it is in, one way or the other.
            _ if self.in_value => {}
            (None, None) => self.push(span, ExitKind::Return),
            (None, Some(value)) => {
                self.push(span, ExitKind::Return);
                self.end(tags::id_of_return(node), false);
                return self.value(value);
            }
            // In the arguments of a macro it stays as it is, and leaves like `?`.
            (Some((name, _)), None) => self.push(span, ExitKind::Returning(name.clone())),
            (Some((name, _)), Some(value)) if is_failure(value) => {
                self.push(span, ExitKind::Returning(name.clone()));
            }
            (Some((name, _)), Some(_)) => self.push(
                span,
                ExitKind::HidingMacro {
                    name: name.clone(),
                    keyword: "return".to_owned(),
                },
            ),
        }
        visit::visit_expr_return(self, node);
    }

    fn visit_expr_try(&mut self, node: &'ast ExprTry) {
        visit::visit_expr_try(self, node);
        self.question(node.question_token.span);
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
        if RETURNING.contains(&&*name) && !self.in_value {
            let span = call.path.segments.last().map(|name| name.ident.span());
            let span = span.unwrap_or_else(Span::call_site);
            return self.push(span, ExitKind::Returning(name));
        }
        match macros::guessed_statements(call) {
            Some(statements) => {
                let known = macros::known_arguments(call).is_some();
                let around = self.in_macro.replace((name, known));
                for statement in &statements {
                    self.visit_stmt(statement);
                }
                self.in_macro = around;
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
    fn question(&mut self, span: Span) {
        match &self.in_macro {
            _ if self.in_value => {}
            Some((name, false)) => self.push(span, ExitKind::Returning(name.clone())),
            _ => self.push(span, ExitKind::Question),
        }
    }

    /// Tokens that are no Rust by themselves: a `break` in them would stop the chunk silently.
    fn hidden(&mut self, name: &str, tokens: TokenStream) {
        let mut after_expression = false;
        for token in tokens {
            let is_question = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == '?');
            if is_question && after_expression && !self.in_value {
                self.push(token.span(), ExitKind::Returning(name.to_owned()));
            }
            after_expression = !matches!(&token, TokenTree::Punct(_)) || is_question;
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
