//! One walk over the function that follows its scopes, and notes every loop and, for each, how its
//! body uses what it captures.
//!
//! Invariant: loops are numbered in the order in which syn's own visitors reach them, since
//! `expand` finds them again by counting.

use super::exits;
use super::heads::{self, Mark};
use super::scope::{self, Scope};
use super::sources::{self, Items};
use crate::model::{Declared, Exit, LoopId, Mention};
use proc_macro2::{Ident, Span};
use std::collections::HashMap;
use syn::visit::{self, Visit};
use syn::{
    Arm, Block, Expr, ExprClosure, ExprForLoop, ExprIf, ExprLet, ExprWhile, Item, ItemFn, Local,
    Pat, Stmt,
};

/// A `for` of the function, with what its body does.
#[derive(Debug)]
pub(crate) struct FoundLoop {
    pub(crate) id: LoopId,
    pub(crate) span: Span,
    /// `for x in xs`, to be shown to the user.
    pub(crate) head: String,
    pub(crate) marks: Vec<Mark>,
    /// The `for` loops around it.
    pub(crate) around: Vec<LoopId>,
    pub(crate) in_closure: bool,
    /// Inside of any `for`, `while` or `loop`.
    pub(crate) in_loop: bool,
    /// The statement of the function's own block that it is, or stands in.
    pub(crate) statement: usize,
    /// It is that statement itself.
    pub(crate) is_statement: bool,
    pub(crate) mentions: Vec<Mention>,
    /// Names that the body binds anew, at their first binding.
    pub(crate) bound: HashMap<String, Span>,
    pub(crate) exits: Vec<Exit>,
    /// The captured variables that the value of each visible `return` mentions: they are used
    /// outside of the closure that runs a chunk, and in any way.
    pub(crate) returned: Vec<Vec<Ident>>,
    values: Vec<*const Expr>,
    pub(crate) items: Items,
    /// The number of the iteration: `i` of `for i in 0..n`, or of `for (i, x) in ...enumerate()`.
    pub(crate) index: Option<Ident>,
    /// Names bound in frames of this depth or deeper belong to the loop.
    depth: usize,
}

/// The state of the walk.
#[derive(Debug, Default)]
pub(crate) struct Walker {
    pub(super) scope: Scope,
    pub(super) loops: Vec<FoundLoop>,
    /// Indices of the loops around the place that is looked at.
    open: Vec<usize>,
    closures: usize,
    rounds: usize,
    statement: usize,
    is_statement: bool,
    /// The value of the expression visited next is dropped.
    pub(super) dropped: bool,
    /// The macro whose arguments are visited.
    pub(super) in_macro: Option<String>,
    /// The values of `return` that are visited: the index of the loop, and the value's number.
    returning: Vec<(usize, usize)>,
}

impl Walker {
    pub(crate) fn walk(function: &ItemFn) -> Vec<FoundLoop> {
        let mut walker = Self::default();
        walker.scope.enter();
        walker.scope.bind_parameters(&function.sig);
        walker.scope.enter();
        walker.scope.bind_items(&function.block.stmts);
        for (index, statement) in function.block.stmts.iter().enumerate() {
            walker.statement = index;
            walker.is_statement = matches!(statement, Stmt::Expr(Expr::ForLoop(_), _));
            walker.visit_stmt(statement);
        }
        walker.loops
    }

    /// Notes a mention in every loop that captures the place, with the variable it is indexed by.
    pub(super) fn note(&mut self, mention: &Mention, index: Option<&Ident>) {
        let depth = |name: &Ident| Some(self.scope.lookup(&name.to_string())?.depth);
        let (root, index_depth) = (depth(&mention.place.root), index.and_then(depth));
        for &open in &self.open {
            let around = &mut self.loops[open];
            if root.is_some_and(|root| root >= around.depth) {
                continue;
            }
            let returning = self.returning.iter().find(|(of, _)| *of == open);
            let Some(&(_, value)) = returning else {
                // The pattern of the loop has the frame that is the loop's first.
                let own = index.is_some()
                    && index == around.index.as_ref()
                    && index_depth == Some(around.depth);
                around.mentions.push(Mention {
                    own,
                    ..mention.clone()
                });
                continue;
            };
            let names = &mut around.returned[value];
            if mention.declared != Declared::Unknown && !names.contains(&mention.place.root) {
                names.push(mention.place.root.clone());
            }
        }
    }

    fn bind(&mut self, pattern: &Pat) {
        self.scope.bind_pattern(pattern, None);
        self.note_bound(pattern);
    }

    fn note_bound(&mut self, pattern: &Pat) {
        for name in scope::names(pattern) {
            for &index in &self.open {
                let bound = &mut self.loops[index].bound;
                let first = bound.entry(name.ident.to_string());
                first.or_insert(name.ident.span());
            }
        }
    }

    fn scoped(&mut self, inside: impl FnOnce(&mut Self)) {
        self.scope.enter();
        inside(self);
        self.scope.leave();
    }

    /// The loops around that this expression is the value of a `return` in.
    fn returned_by(&self, expression: &Expr) -> Vec<(usize, usize)> {
        let number = |&index: &usize| {
            let mut values = self.loops[index].values.iter();
            let value = values.position(|&value| std::ptr::eq(value, expression))?;
            Some((index, value))
        };
        self.open.iter().filter_map(number).collect()
    }

    /// Opens the loop, unless it stands in the arguments of a macro, where it can't be moved.
    fn open(&mut self, node: &ExprForLoop, is_statement: bool) -> Option<usize> {
        if self.in_macro.is_some() {
            return None;
        }
        let index = self.loops.len();
        let ways = exits::leaving(node);
        self.loops.push(FoundLoop {
            id: LoopId(index),
            span: node.for_token.span,
            head: heads::head(node),
            marks: node.attrs.iter().filter_map(Mark::of).collect(),
            around: self.open.iter().map(|&open| LoopId(open)).collect(),
            in_closure: self.closures > 0,
            in_loop: self.rounds > 0,
            statement: self.statement,
            is_statement,
            mentions: Vec::new(),
            bound: HashMap::new(),
            exits: ways.exits,
            returned: vec![Vec::new(); ways.values.len()],
            values: ways.values,
            items: sources::items(&node.expr, &self.scope),
            index: sources::own_index(node),
            depth: self.scope.depth(),
        });
        Some(index)
    }
}

impl<'ast> Visit<'ast> for Walker {
    fn visit_expr(&mut self, expression: &'ast Expr) {
        let dropped = std::mem::take(&mut self.dropped);
        let around = self.returning.len();
        self.returning.extend(self.returned_by(expression));
        if !self.mention(expression, dropped) {
            visit::visit_expr(self, expression);
        }
        self.returning.truncate(around);
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        match statement {
            Stmt::Expr(expression, semicolon) => {
                self.dropped = semicolon.is_some();
                self.visit_expr(expression);
            }
            Stmt::Macro(statement) => {
                self.macro_call(&statement.mac, statement.semi_token.is_some());
            }
            Stmt::Item(Item::Macro(definition)) => self.opaque(&definition.mac),
            // Nested items capture nothing.
            Stmt::Item(_) => {}
            Stmt::Local(local) => self.visit_local(local),
        }
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.scoped(|walker| {
            walker.scope.bind_items(&block.stmts);
            visit::visit_block(walker, block);
        });
    }

    fn visit_local(&mut self, local: &'ast Local) {
        if let Some(init) = &local.init {
            self.dropped = matches!(local.pat, Pat::Wild(_));
            self.visit_expr(&init.expr);
            if let Some((_, otherwise)) = &init.diverge {
                self.visit_expr(otherwise);
            }
        }
        self.scope.bind_local(local);
        self.note_bound(&local.pat);
    }

    // The names of `if let` and `while let` reach to the end of the block, not into the `else`.
    fn visit_expr_if(&mut self, node: &'ast ExprIf) {
        self.scoped(|walker| {
            walker.visit_expr(&node.cond);
            walker.visit_block(&node.then_branch);
        });
        if let Some((_, otherwise)) = &node.else_branch {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_while(&mut self, node: &'ast ExprWhile) {
        self.rounds += 1;
        self.scoped(|walker| {
            walker.visit_expr(&node.cond);
            walker.visit_block(&node.body);
        });
        self.rounds -= 1;
    }

    fn visit_expr_loop(&mut self, node: &'ast syn::ExprLoop) {
        self.rounds += 1;
        visit::visit_expr_loop(self, node);
        self.rounds -= 1;
    }

    fn visit_expr_let(&mut self, node: &'ast ExprLet) {
        self.visit_expr(&node.expr);
        self.bind(&node.pat);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        self.scoped(|walker| {
            walker.bind(&arm.pat);
            if let Pat::Guard(guarded) = &arm.pat {
                walker.visit_expr(&guarded.guard);
            }
            walker.visit_expr(&arm.body);
        });
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.closures += 1;
        self.scoped(|walker| {
            for input in &closure.inputs {
                walker.bind(input);
            }
            walker.visit_expr(&closure.body);
        });
        self.closures -= 1;
    }

    fn visit_expr_async(&mut self, node: &'ast syn::ExprAsync) {
        self.closures += 1;
        visit::visit_expr_async(self, node);
        self.closures -= 1;
    }

    fn visit_expr_for_loop(&mut self, node: &'ast ExprForLoop) {
        let is_statement = std::mem::take(&mut self.is_statement);
        let opened = self.open(node, is_statement);
        // The items are made once, before the first iteration, and out of its scope.
        self.visit_expr(&node.expr);
        self.open.extend(opened);
        self.rounds += 1;
        self.scoped(|walker| {
            walker.bind(&node.pat);
            walker.visit_block(&node.body);
        });
        self.rounds -= 1;
        if opened.is_some() {
            self.open.pop();
        }
    }
}
