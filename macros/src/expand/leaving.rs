//! The body of a loop without its exits, for the closure that runs a chunk: code that leaves the loop for
//! the function ends the chunk instead. The loop as it was written then runs that iteration outside of
//! the closure.

use super::paths;
use super::returned::Returned;
use crate::syntax::ends;
use crate::syntax::tags::Strip;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Block, Expr, ExprBlock, ExprBreak, ExprForLoop, ExprLoop, ExprReturn, ExprWhile, Item, Label,
    Lifetime, Stmt,
};

/// The outcome for one loop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rewritten {
    rewrites: bool,
    names_the_loop: bool,
}

/// Input:
///     for x in xs { if x == 0 { return Err(path); } results.push(x); }
///
/// Output:
///     for x in xs { if x == 0 { break '__loop; .. } results.push(x); }
pub(crate) fn rewrite(node: &mut ExprForLoop, returned: &Returned<'_>) -> Rewritten {
    let mut leave = Leave {
        own_label: node.label.as_ref().map(|label| label.name.clone()),
        inner_labels: Vec::new(),
        returned,
        result: Rewritten {
            rewrites: false,
            names_the_loop: false,
        },
    };
    for statement in &mut node.body.stmts {
        leave.visit_stmt_mut(statement);
    }
    Strip.visit_expr_for_loop_mut(node);
    leave.result
}

impl Rewritten {
    /// Output: `#[allow(..)] '__loop: for x in __block { .. }`
    pub(crate) fn labelled(self, mut moved: ExprForLoop) -> TokenStream {
        let hidden = Span::mixed_site();
        let label = Label {
            name: paths::the_loop_label(),
            colon_token: syn::Token![:](hidden),
        };
        // The compiler and clippy look at the loop as it was written, after the closure.
        let silent = self
            .rewrites
            .then(|| quote_spanned!(hidden=> #[allow(unused, clippy::all, clippy::pedantic)]));
        match self.names_the_loop.then_some(label) {
            Some(label) if moved.label.is_some() => {
                quote_spanned!(hidden=> #silent #label { #moved })
            }
            label => {
                moved.label = moved.label.or(label);
                quote_spanned!(hidden=> #silent #moved)
            }
        }
    }
}

struct Leave<'plan> {
    own_label: Option<Lifetime>,
    inner_labels: Vec<Lifetime>,
    returned: &'plan Returned<'plan>,
    result: Rewritten,
}

impl Leave<'_> {
    fn is_outside(&self, label: Option<&Lifetime>) -> bool {
        label.is_some_and(|label| {
            !self.inner_labels.contains(label) && self.own_label.as_ref() != Some(label)
        })
    }

    /// `break 'items`, with the span of the token that it stands for.
    fn stop(&mut self, span: Span) -> ExprBreak {
        let visible = |own: &&Lifetime| !self.inner_labels.contains(own);
        let label = self.own_label.as_ref().filter(visible).cloned();
        self.result.rewrites = true;
        self.result.names_the_loop |= label.is_none();
        ExprBreak {
            attrs: Vec::new(),
            break_token: syn::Token![break](span),
            label: Some(label.unwrap_or_else(paths::the_loop_label)),
            expr: None,
        }
    }

    /// Input:
    ///     return Err(path)
    ///
    /// Output:
    ///     break '__loop; let _ = || -> Result<(), Error> { loop {} .. return Err(path); };
    fn instead(&mut self, end: &Expr, whole: TokenStream) -> TokenStream {
        let stop = self.stop(end.span());
        let value = self.returned.typed(end, whole);
        quote!(#stop; #value)
    }

    fn of_return(&mut self, node: &ExprReturn) -> Expr {
        if node.expr.is_none() {
            return Expr::Break(self.stop(node.return_token.span));
        }
        let mut whole = node.clone();
        Strip.visit_expr_return_mut(&mut whole);
        let instead = self.instead(&Expr::Return(node.clone()), whole.to_token_stream());
        Expr::Verbatim(quote!({ #instead }))
    }

    fn labelled(&mut self, label: Option<&Label>, inside: impl FnOnce(&mut Self)) {
        let outside = self.inner_labels.len();
        self.inner_labels
            .extend(label.map(|label| label.name.clone()));
        inside(self);
        self.inner_labels.truncate(outside);
    }
}

impl VisitMut for Leave<'_> {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        match expression {
            Expr::Return(node) => *expression = self.of_return(node),
            Expr::Break(node) if self.is_outside(node.label.as_ref()) => {
                *expression = Expr::Break(self.stop(node.break_token.span));
            }
            Expr::Continue(node) if self.is_outside(node.label.as_ref()) => {
                *expression = Expr::Break(self.stop(node.continue_token.span));
            }
            // They are left by their own `return`.
            Expr::Closure(_) | Expr::Async(_) | Expr::TryBlock(_) => {}
            _ => visit_mut::visit_expr_mut(self, expression),
        }
    }

    // Nothing on the way to the end runs twice.
    fn visit_block_mut(&mut self, block: &mut Block) {
        let end = ends::of(block).filter(|end| self.returned.takes_block(end));
        let Some(end) = end.cloned() else {
            return visit_mut::visit_block_mut(self, block);
        };
        let mut whole = block.clone();
        if !matches!(end, Expr::Return(_)) {
            whole.stmts.pop();
        }
        Strip.visit_block_mut(&mut whole);
        let statements = &whole.stmts;
        let instead = self.instead(&end, quote!(#(#statements)*));
        block.stmts = vec![Stmt::Expr(Expr::Verbatim(instead), None)];
    }

    fn visit_expr_loop_mut(&mut self, node: &mut ExprLoop) {
        let ExprLoop { label, body, .. } = node;
        self.labelled(label.as_ref(), |inner| inner.visit_block_mut(body));
    }

    fn visit_expr_while_mut(&mut self, node: &mut ExprWhile) {
        let ExprWhile {
            label, cond, body, ..
        } = node;
        self.labelled(label.as_ref(), |inner| {
            inner.visit_expr_mut(cond);
            inner.visit_block_mut(body);
        });
    }

    fn visit_expr_for_loop_mut(&mut self, node: &mut ExprForLoop) {
        let ExprForLoop {
            label, expr, body, ..
        } = node;
        self.visit_expr_mut(expr);
        self.labelled(label.as_ref(), |inner| inner.visit_block_mut(body));
    }

    fn visit_expr_block_mut(&mut self, node: &mut ExprBlock) {
        let ExprBlock { label, block, .. } = node;
        self.labelled(label.as_ref(), |inner| inner.visit_block_mut(block));
    }

    // Nested items are left by their own `return`.
    fn visit_item_mut(&mut self, _: &mut Item) {}
}
