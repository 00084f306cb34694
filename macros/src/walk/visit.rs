//! One walk over the function that follows its scopes, and notes every loop and, for each, how its
//! body uses what it captures.
//!
//! Invariant: every part of an expression is walked, whatever else is read off it.

use super::resets::{self, Reset};
use super::summary::LoopSummary;
use super::walker::Walker;
use crate::model::{End, EndId, Site};
use crate::syntax::{ends, nodes, replay, tags};
use syn::visit::{self, Visit};
use syn::{
    Arm, Block, Expr, ExprCall, ExprClosure, ExprForLoop, ExprIf, ExprLet, ExprMatch, ExprReturn,
    ExprWhile, Item, ItemFn, Local, Pat, Stmt,
};

/// The loops of the function, in the order of the text.
pub(crate) fn walk(function: &ItemFn) -> Vec<LoopSummary> {
    let mut walker = Walker::default();
    walker.scope.enter();
    walker.scope.bind_parameters(&function.sig);
    walker.streams.hold_parameters(&function.sig, &walker.scope);
    walker.scope.enter();
    walker.scope.bind_items(&function.block.stmts);
    for (index, statement) in function.block.stmts.iter().enumerate() {
        walker.statement = index;
        walker.is_statement = matches!(statement, Stmt::Expr(Expr::ForLoop(_), _));
        walker.visit_stmt(statement);
    }
    let loops = std::mem::take(&mut walker.loops).into_iter();
    loops
        .map(|open| LoopSummary::new(open, &walker, function))
        .collect()
}

impl Walker {
    /// The names of a pattern, made from the mentions since `start`.
    fn bind(&mut self, pattern: &Pat, start: usize) {
        let bound = self.scope.initial_values.len();
        self.scope.bind_pattern(pattern, None);
        self.originate(bound, start..self.log.len());
        self.note_bound(pattern);
    }

    /// Visits code that runs any number of times.
    fn round(&mut self, inside: impl FnOnce(&mut Self)) {
        self.rounds.push((self.log.len(), self.scope.depth()));
        self.branch(inside);
        self.rounds.pop();
    }

    /// Visits the value of a `return`, or a block with its end: the loops around may evaluate it outside of
    /// the closure that runs a chunk.
    fn at_end(&mut self, id: Option<EndId>, is_block: bool, inside: impl FnOnce(&mut Self)) {
        let around = self.leaving.len();
        for &index in &self.open {
            let mut ends = self.loops[index].body.ends.iter();
            let is_it = |end: &End| Some(end.id) == id && end.takes_block == is_block;
            let found = ends.position(is_it);
            self.leaving.extend(found.map(|found| (index, found)));
        }
        inside(self);
        self.leaving.truncate(around);
    }

    /// Notes a statement that can be run elsewhere; one inside of another is a part of that.
    fn enter_site(&mut self, expression: &Expr, dropped: bool) {
        let is_out_of_reach = self.in_macro.is_some() || self.unsafe_values > 0;
        if self.site.is_some() || is_out_of_reach || self.open.is_empty() {
            return;
        }
        // The `?` of a closure leaves the closure.
        let stays = |site: &Site| !(site.leaves && self.closures > 0);
        if let Some(site) = replay::site(expression, dropped).filter(stays) {
            self.site = Some(self.sites);
            let inside = |open: &usize| self.end_around(*open).is_none();
            let inside: Vec<usize> = self.open.iter().copied().filter(inside).collect();
            for open in inside {
                let noted = (self.sites, site.clone());
                self.loops[open].body.sites.push(noted);
            }
            self.sites += 1;
        }
    }

    /// `x.set(i, e)` in `unsafe { x.set(i, e) };`
    fn drops(&self, expression: &Expr) -> bool {
        self.dropped_end == Some(nodes::address(expression))
    }

    /// Visits a block in a scope of its own, with the items that it declares.
    fn block(&mut self, block: &Block, inside: impl FnOnce(&mut Self)) {
        let scoped = |walker: &mut Self| {
            walker.scoped(|walker| {
                walker.scope.bind_items(&block.stmts);
                inside(walker);
            });
        };
        let end = ends::of(block).and_then(tags::end_id);
        self.at_end(end, true, scoped);
    }

    /// The body of a loop, with the resets by its statements.
    pub(super) fn body(&mut self, block: &Block, of: Option<usize>) {
        self.block(block, |walker| {
            for statement in &block.stmts {
                let before = walker.log.len();
                let resets = resets::resets(statement, &walker.scope);
                walker.visit_stmt(statement);
                let statement = (before, walker.log.len());
                let resets = resets.into_iter().map(|reset| Reset { statement, ..reset });
                if let Some(index) = of {
                    walker.loops[index].resets.extend(resets);
                }
            }
        });
    }
}

impl<'ast> Visit<'ast> for Walker {
    fn visit_expr(&mut self, expression: &'ast Expr) {
        let dropped = std::mem::take(&mut self.dropped);
        let around = self.site;
        self.enter_site(expression, dropped);
        if !self.mention(expression, dropped) {
            visit::visit_expr(self, expression);
        }
        self.site = around;
    }

    fn visit_expr_return(&mut self, node: &'ast ExprReturn) {
        let end = tags::id_of_return(node);
        self.at_end(end, false, |walker| visit::visit_expr_return(walker, node));
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        match statement {
            Stmt::Expr(expression, semicolon) => {
                self.dropped = semicolon.is_some() || self.drops(expression);
                self.is_unsafe_statement = matches!(expression, Expr::Unsafe(_));
                if self.is_unsafe_statement && semicolon.is_some() {
                    self.dropped_end = replay::unsafe_end(expression).map(nodes::address);
                }
                self.visit_expr(expression);
            }
            Stmt::Macro(statement) => {
                self.announced.announce(&statement.mac, &self.scope);
                self.note_thread_locals(&statement.mac);
                self.macro_call(&statement.mac, statement.semi_token.is_some());
            }
            Stmt::Item(Item::Macro(definition)) => {
                self.opaque(&definition.mac);
                self.definitions.define(definition);
            }
            // Nested items capture nothing.
            Stmt::Item(_) => {}
            Stmt::Local(local) => self.visit_local(local),
        }
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.block(block, |walker| visit::visit_block(walker, block));
    }

    fn visit_local(&mut self, local: &'ast Local) {
        let start = self.log.len();
        if let Some(init) = &local.init {
            self.bound_value(&local.pat, &init.expr);
            if let Some((_, otherwise)) = &init.diverge {
                self.visit_expr(otherwise);
            }
        }
        let bound = self.scope.initial_values.len();
        self.scope.bind_local(local);
        if let Some(id) = tags::let_id(local) {
            let variables = bound..self.scope.initial_values.len();
            self.lets.extend(variables.map(|variable| (variable, id)));
        }
        self.originate(bound, start..self.log.len());
        self.note_bound(&local.pat);
        self.streams.hold_local(local, &self.scope);
    }

    // Run elsewhere, its statements stand in an `unsafe` block as well. What is left of it here may need none, which an
    // attribute of the block allows: a value can't have one.
    fn visit_expr_unsafe(&mut self, node: &'ast syn::ExprUnsafe) {
        let is_value = usize::from(!std::mem::take(&mut self.is_unsafe_statement));
        self.unsafe_values += is_value;
        visit::visit_expr_unsafe(self, node);
        self.unsafe_values -= is_value;
    }

    fn visit_expr_if(&mut self, node: &'ast ExprIf) {
        self.branches_of_if(node);
    }

    fn visit_expr_match(&mut self, node: &'ast ExprMatch) {
        self.branches_of_match(node);
    }

    fn visit_expr_while(&mut self, node: &'ast ExprWhile) {
        self.round(|walker| {
            walker.scoped(|walker| {
                walker.visit_expr(&node.cond);
                walker.visit_block(&node.body);
            });
        });
    }

    fn visit_expr_loop(&mut self, node: &'ast syn::ExprLoop) {
        self.round(|walker| visit::visit_expr_loop(walker, node));
    }

    fn visit_expr_let(&mut self, node: &'ast ExprLet) {
        let start = self.log.len();
        self.visit_expr(&node.expr);
        self.bind(&node.pat, start);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        self.scoped(|walker| {
            // From the value of the `match`, which lies somewhere before.
            walker.bind(&arm.pat, 0);
            if let Pat::Guard(guarded) = &arm.pat {
                walker.visit_expr(&guarded.guard);
            }
            walker.visit_expr(&arm.body);
        });
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        self.note_call(call);
        self.announced.note_function(call);
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.closures += 1;
        self.scoped(|walker| {
            for input in &closure.inputs {
                walker.bind(input, walker.log.len());
            }
            walker.branch(|walker| walker.visit_expr(&closure.body));
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
        let made = self.log.len();
        // The items are made once, before the first iteration, and out of its scope.
        self.visit_expr(&node.expr);
        self.open.extend(opened);
        let start = self.log.len();
        self.round(|walker| {
            walker.scoped(|walker| {
                walker.bind(&node.pat, made);
                walker.body(&node.body, opened);
            });
        });
        if let Some(index) = opened {
            self.loops[index].mentioned = (start, self.log.len());
            self.loops[index].announced.1 = self.announced.count();
            self.open.pop();
        }
    }
}
