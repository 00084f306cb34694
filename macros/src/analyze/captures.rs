//! The variables that a loop captures: what is in them when an iteration begins, and whether anyone
//! looks at what the last one leaves in them.

use super::formats;
use super::found::FoundLoop;
use super::macros;
use super::making::Making;
use super::places;
use super::scope::{Binding, Scope};
use super::walk::Walker;
use crate::model::Declared;
use proc_macro2::Span;
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::visit::Visit as _;
use syn::{Block, Expr, Stmt};

/// A captured variable.
#[derive(Clone, Debug)]
pub(crate) struct Captured {
    pub(crate) name: String,
    pub(crate) declared: Declared,
    pub(crate) making: Making,
    /// Its first mention in the body leaves nothing of what was in it.
    pub(crate) reset: Option<(Span, ResetKind)>,
    /// It may have no value before the loop.
    pub(crate) unset: bool,
    /// It is a collection, or an `Option`, with nothing in it before the loop.
    pub(crate) empty: bool,
    /// It is mentioned after the loop, or in the next round of a loop around.
    pub(crate) used_later: bool,
}

/// How a statement resets a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResetKind {
    Clear,
    Fill,
    Assign,
}

/// A top-level statement of the body that resets a variable, if nothing goes before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reset {
    pub(super) binding: usize,
    pub(super) span: Span,
    pub(super) kind: ResetKind,
    /// Its place among the mentions of the function.
    pub(super) statement: (usize, usize),
}

/// `buffer.clear();`, `row.fill(0.0);`, `x = y;`, `(a, b) = f();`
pub(crate) fn resets(statement: &Stmt, scope: &Scope) -> Vec<Reset> {
    let reset = |target: &Expr, kind| {
        let place = places::whole(target).filter(|place| place.fields.is_empty())?;
        if place.root == "self" {
            return None;
        }
        Some(Reset {
            binding: scope.lookup(&place.root.to_string())?.id,
            span: target.span(),
            kind,
            statement: (0, 0),
        })
    };
    match statement {
        Stmt::Expr(Expr::MethodCall(call), _) => {
            let kind = match &*call.method.to_string() {
                "clear" if call.args.is_empty() => ResetKind::Clear,
                "fill" if call.args.len() == 1 => ResetKind::Fill,
                _ => return Vec::new(),
            };
            reset(&call.receiver, kind).into_iter().collect()
        }
        Stmt::Expr(Expr::Assign(assignment), _) => {
            let targets: Vec<&Expr> = match &*assignment.left {
                Expr::Tuple(tuple) => tuple.elems.iter().collect(),
                target => vec![target],
            };
            // `best = best.max(x)` keeps what was there.
            let value = assignment.right.to_token_stream();
            let mut read = macros::variables(value.clone());
            read.extend(formats::captures(value));
            let is_new = |target: &&Expr| {
                places::whole(target).is_some_and(|place| !read.contains(&place.root))
            };
            let assigned = targets.into_iter().filter(is_new);
            assigned
                .filter_map(|target| reset(target, ResetKind::Assign))
                .collect()
        }
        _ => Vec::new(),
    }
}

impl Walker {
    /// The body of a loop, with what its statements reset.
    pub(super) fn body(&mut self, block: &Block, of: Option<usize>) {
        self.scoped(|walker| {
            walker.scope.bind_items(&block.stmts);
            for statement in &block.stmts {
                let before = walker.log.len();
                let resets = resets(statement, &walker.scope);
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

/// After the walk.
pub(crate) fn of(walker: &Walker, found: &FoundLoop) -> Vec<Captured> {
    let (start, end) = found.body;
    let mut seen: Vec<usize> = Vec::new();
    let mut captured = Vec::new();
    for (binding, name) in &walker.log[start..end] {
        if binding.depth >= found.depth || seen.contains(&binding.id) {
            continue;
        }
        seen.push(binding.id);
        let making = walker.scope.makings[binding.id];
        let mut before = walker.log[..start].iter();
        let is_untouched = !before.any(|(known, _)| known.id == binding.id);
        let mut rounds = found.rounds.iter();
        let is_first_round = !rounds.any(|&(_, depth)| binding.depth < depth);
        captured.push(Captured {
            name: name.clone(),
            declared: binding.declared,
            making,
            unset: making == Making::Nothing && !found.set.contains(&binding.id),
            empty: making == Making::Empty && is_untouched && is_first_round,
            reset: reset_first(walker, found, binding.id),
            used_later: used_from(walker, found, end, *binding),
        });
    }
    captured
}

fn reset_first(walker: &Walker, found: &FoundLoop, id: usize) -> Option<(Span, ResetKind)> {
    let mentions = |start: usize, end: usize| {
        let log = walker.log[start..end].iter();
        log.filter(|(binding, _)| binding.id == id).count()
    };
    let reset = found.resets.iter().find(|reset| reset.binding == id)?;
    let (start, end) = reset.statement;
    // Its only mention in the statement is the target.
    let is_first = mentions(found.body.0, start) == 0 && mentions(start, end) == 1;
    is_first.then_some((reset.span, reset.kind))
}

/// Whether a variable is mentioned at this place in the function or later, or in the next round of a
/// loop around.
pub(super) fn used_from(walker: &Walker, found: &FoundLoop, place: usize, of: Binding) -> bool {
    let mentions = |log: &[(Binding, String)]| log.iter().any(|(binding, _)| binding.id == of.id);
    let start = found.body.0;
    let next_round =
        |&(first, depth): &(usize, usize)| of.depth < depth && mentions(&walker.log[first..start]);
    mentions(&walker.log[place..]) || found.rounds.iter().any(next_round)
}
