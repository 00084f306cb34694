//! What is written in another way to be seen as one statement: those that are one by the reference that the first of them
//! makes, `let count = map.entry(k).or_insert(0); *count += 1;`, and `w.put(x)?` where a block ends with it.
//!
//! Invariant: a block is put around statements where nothing behind them needs what they declare, and where it makes
//! them one statement that can be run elsewhere; a `;` behind what is `()` in any case. It changes nothing else.

use super::replay::site;
use super::{formats, patterns, places};
use proc_macro2::Span;
use quote::ToTokens as _;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Block, Expr, ExprBlock, ExprForLoop, ExprLoop, ExprWhile, Ident, ItemFn, Stmt, token,
};

/// Puts such statements of loops together.
pub(crate) fn put_together(function: &mut ItemFn) {
    Blocks { loops: 0 }.visit_item_fn_mut(function);
}

struct Blocks {
    loops: usize,
}

impl VisitMut for Blocks {
    fn visit_expr_for_loop_mut(&mut self, node: &mut ExprForLoop) {
        self.loops += 1;
        end_statements(&mut node.body);
        visit_mut::visit_expr_for_loop_mut(self, node);
        self.loops -= 1;
    }

    fn visit_expr_while_mut(&mut self, node: &mut ExprWhile) {
        if self.loops > 0 {
            end_statements(&mut node.body);
        }
        visit_mut::visit_expr_while_mut(self, node);
    }

    fn visit_expr_loop_mut(&mut self, node: &mut ExprLoop) {
        if self.loops > 0 {
            end_statements(&mut node.body);
        }
        visit_mut::visit_expr_loop_mut(self, node);
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        visit_mut::visit_block_mut(self, block);
        let mut at = 0;
        while self.loops > 0 && at < block.stmts.len() {
            if let Some(end) = end(&block.stmts, at)
                && let Some(together) = together(&block.stmts[at..end])
            {
                block.stmts.splice(at..end, [together]);
            }
            at += 1;
        }
    }

    // What is in an attribute's place has a meaning of its own.
    fn visit_attribute_mut(&mut self, _: &mut Attribute) {}
}

/// Of a block whose value is `()`.
fn end_statements(block: &mut Block) {
    for statement in &mut block.stmts {
        match statement {
            Stmt::Expr(Expr::Try(_), semicolon) => {
                semicolon.get_or_insert_with(|| token::Semi(Span::mixed_site()));
            }
            Stmt::Expr(expression, None) => end_statement(expression),
            _ => {}
        }
    }
}

/// The same of an expression.
fn end_statement(expression: &mut Expr) {
    match expression {
        Expr::If(choice) => {
            end_statements(&mut choice.then_branch);
            if let Some((_, otherwise)) = &mut choice.else_branch {
                end_statement(otherwise);
            }
        }
        Expr::Match(choice) => {
            for arm in &mut choice.arms {
                end_statement(&mut arm.body);
            }
        }
        Expr::Block(block) if block.label.is_none() => end_statements(&mut block.block),
        Expr::Try(_) => {
            let ended = Stmt::Expr(expression.clone(), Some(token::Semi(Span::mixed_site())));
            *expression = block_of(vec![ended]);
        }
        _ => {}
    }
}

fn block_of(stmts: Vec<Stmt>) -> Expr {
    Expr::Block(ExprBlock {
        attrs: Vec::new(),
        label: None,
        block: Block {
            brace_token: token::Brace(Span::mixed_site()),
            stmts,
        },
    })
}

/// Where the statements end that need the reference that the one at this place makes.
fn end(statements: &[Stmt], at: usize) -> Option<usize> {
    let Stmt::Local(made) = &statements[at] else {
        return None;
    };
    let value = &made.init.as_ref()?.expr;
    let lends = match &**value {
        Expr::MethodCall(_) => true,
        Expr::Reference(lent) => lent.mutability.is_some() && places::reached(&lent.expr)?.indexed,
        _ => false,
    };
    let name = patterns::idents(&made.pat).next().filter(|_| lends)?;
    let mut behind = statements[at + 1..].iter();
    let last = behind.rposition(|statement| names(statement, &name))?;
    let end = at + 1 + last + 1;
    let all = &statements[at + 1..end];
    // The value of the block stays where it is.
    let are_statements = all.iter().all(|s| matches!(s, Stmt::Expr(..)));
    let has_value = matches!(statements[end - 1], Stmt::Expr(_, None)) && end == statements.len();
    (are_statements && !has_value).then_some(end)
}

fn names(statement: &Stmt, name: &Ident) -> bool {
    formats::mentioned(&statement.to_token_stream()).contains(name)
}

fn together(statements: &[Stmt]) -> Option<Stmt> {
    let block = block_of(statements.to_vec());
    site(&block, false)?;
    Some(Stmt::Expr(block, None))
}
