//! One walk over the function that follows its scopes, and notes every loop and, for each, how its
//! body uses what it captures.
//!
//! Invariant: every part of an expression is walked, whatever else is read off it.

use super::ahead::{self, Origins};
use super::announced::Announced;
use super::captures;
use super::closures;
use super::definitions::Definitions;
use super::found::FoundLoop;
use super::scope::{self, Binding, Scope};
use super::state::Seen;
use super::streams::Streams;
use super::{returns, scratch, shared, statics};
use crate::model::{Declared, LetId, Mention};
use crate::tags;
use syn::visit::{self, Visit};
use syn::{
    Arm, Block, Expr, ExprCall, ExprClosure, ExprForLoop, ExprIf, ExprLet, ExprMatch, ExprWhile,
    Ident, Item, ItemFn, Local, Pat, Stmt,
};

/// The state of the walk.
#[derive(Debug, Default)]
pub(crate) struct Walker {
    pub(super) scope: Scope,
    pub(super) loops: Vec<FoundLoop>,
    /// Indices of the loops around the place that is looked at.
    pub(super) open: Vec<usize>,
    pub(super) closures: usize,
    pub(super) rounds: Vec<(usize, usize)>,
    /// What is mentioned, in the order of the text.
    pub(super) log: Vec<(Binding, String)>,
    /// The same mentions, each with its use.
    pub(super) seen: Vec<Seen>,
    /// The variables without an initial value that have one by now.
    pub(super) set: Vec<usize>,
    pub(super) statement: usize,
    is_statement: bool,
    /// The value of the expression visited next is dropped.
    pub(super) dropped: bool,
    /// The method calls whose values are used for certain.
    pub(super) used: Vec<*const ()>,
    /// The macro whose arguments are visited.
    pub(super) in_macro: Option<String>,
    /// The values of `return` that are visited: the index of the loop, and the value's number.
    pub(super) returning: Vec<(usize, usize)>,
    pub(super) definitions: Definitions,
    pub(super) origins: Origins,
    pub(super) announced: Announced,
    /// The `let` that each variable is made in.
    pub(super) lets: Vec<(usize, LetId)>,
    pub(super) streams: Streams,
}

impl Walker {
    pub(crate) fn walk(function: &ItemFn) -> Vec<FoundLoop> {
        let mut walker = Self::default();
        walker.scope.enter();
        walker.scope.bind_parameters(&function.sig);
        walker.hold_parameters(&function.sig);
        walker.scope.enter();
        walker.scope.bind_items(&function.block.stmts);
        for (index, statement) in function.block.stmts.iter().enumerate() {
            walker.statement = index;
            walker.is_statement = matches!(statement, Stmt::Expr(Expr::ForLoop(_), _));
            walker.visit_stmt(statement);
        }
        for index in 0..walker.loops.len() {
            walker.loops[index].captured = captures::of(&walker, &walker.loops[index]);
            scratch::proven(&mut walker.loops[index]);
            walker.loops[index].reached = closures::reached(&walker, &walker.loops[index]);
            walker.loops[index].hidden = shared::hidden(&walker, &walker.loops[index]);
            let (items, end) = walker.loops[index].announced;
            walker.loops[index].made_by_macros = walker.announced.around(items, end);
            walker.loops[index].trace = ahead::trace(&walker, &walker.loops[index], function);
        }
        walker.loops
    }

    /// Notes a mention in every loop that captures the place, with the variable it is indexed by.
    pub(super) fn note(&mut self, mention: &Mention, index: Option<&Ident>) {
        let name = mention.place.root.to_string();
        let binding = self.scope.lookup(&name);
        if let Some(binding) = binding {
            self.note_set(binding.id);
        }
        self.log.extend(binding.map(|binding| (binding, name)));
        let in_closure = self.closures > 0;
        self.seen
            .extend(binding.map(|binding| Seen::new(binding, mention, in_closure)));
        // A loop's own index is bound in its first frame.
        let numbered = index.and_then(|index| Some(self.scope.lookup(&index.to_string())?.depth));
        for &open in &self.open {
            let returned = self.returned_by(open);
            let around = &mut self.loops[open];
            if binding.is_some_and(|binding| binding.depth >= around.depth) {
                continue;
            }
            let Some(value) = returned else {
                if statics::assigns_a_static(mention) {
                    around.assigned(&mention.place.root);
                    continue;
                }
                let mut mention = mention.clone();
                mention.own = around.index.as_ref() == index && numbered == Some(around.depth);
                around.mentions.push(mention);
                continue;
            };
            let names = &mut around.returned[value];
            if mention.declared != Declared::Unknown && !names.contains(&mention.place.root) {
                names.push(mention.place.root.clone());
            }
        }
    }

    /// The names of a pattern, made from what was mentioned since `start`.
    fn bind(&mut self, pattern: &Pat, start: usize) {
        let bound = self.scope.makings.len();
        self.scope.bind_pattern(pattern, None);
        self.originate(bound, start..self.log.len());
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

    /// The number of the value that the loop returns here, which is evaluated outside of the closure that
    /// runs a chunk.
    pub(super) fn returned_by(&self, open: usize) -> Option<usize> {
        let mut returning = self.returning.iter();
        returning.find_map(|&(of, value)| (of == open).then_some(value))
    }

    /// What runs any number of times.
    fn round(&mut self, inside: impl FnOnce(&mut Self)) {
        self.rounds.push((self.log.len(), self.scope.depth()));
        self.branch(inside);
        self.rounds.pop();
    }

    pub(super) fn scoped(&mut self, inside: impl FnOnce(&mut Self)) {
        self.scope.enter();
        inside(self);
        self.scope.leave();
    }

    /// Visits what may be evaluated outside of the closure that runs a chunk of a loop around.
    fn perhaps_returned(&mut self, address: *const (), inside: impl FnOnce(&mut Self)) {
        let around = self.returning.len();
        for &index in &self.open {
            let mut values = self.loops[index].values.iter();
            let value = values.position(|&value| value == address);
            self.returning.extend(value.map(|value| (index, value)));
        }
        inside(self);
        self.returning.truncate(around);
    }
}

impl<'ast> Visit<'ast> for Walker {
    fn visit_expr(&mut self, expression: &'ast Expr) {
        let dropped = std::mem::take(&mut self.dropped);
        self.perhaps_returned(returns::address(expression), |walker| {
            if !walker.mention(expression, dropped) {
                visit::visit_expr(walker, expression);
            }
        });
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        match statement {
            Stmt::Expr(expression, semicolon) => {
                self.dropped = semicolon.is_some();
                self.visit_expr(expression);
            }
            Stmt::Macro(statement) => {
                self.announce(&statement.mac);
                self.note_thread_locals(&statement.mac);
                self.macro_call(&statement.mac, statement.semi_token.is_some());
            }
            Stmt::Item(Item::Macro(definition)) => self.define(definition),
            // Nested items capture nothing.
            Stmt::Item(_) => {}
            Stmt::Local(local) => self.visit_local(local),
        }
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.perhaps_returned(returns::address(block), |walker| {
            walker.scoped(|walker| {
                walker.scope.bind_items(&block.stmts);
                visit::visit_block(walker, block);
            });
        });
    }

    fn visit_local(&mut self, local: &'ast Local) {
        let start = self.log.len();
        if let Some(init) = &local.init {
            self.bound_value(&local.pat, &init.expr);
            if let Some((_, otherwise)) = &init.diverge {
                self.visit_expr(otherwise);
            }
        }
        let bound = self.scope.makings.len();
        self.scope.bind_local(local);
        if let Some(id) = tags::let_id(local) {
            let variables = bound..self.scope.makings.len();
            self.lets.extend(variables.map(|variable| (variable, id)));
        }
        self.originate(bound, start..self.log.len());
        self.note_bound(&local.pat);
        self.hold_local(local);
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
        self.note_function(call);
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
            self.loops[index].body = (start, self.log.len());
            self.loops[index].announced.1 = self.announced.count();
            self.open.pop();
        }
    }
}
