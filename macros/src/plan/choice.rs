//! The choice of the loops to distribute: those that are marked, or the only one that fills a collection, or
//! where none does, the only one that sums up or updates in place, or else the only search. So a sum
//! next to the loop that makes the results stays a loop of its own. Of a search and a loop inside of it,
//! either may be meant: the user has to say. Of several, those that break a rule are left out, if that
//! leaves one.

use super::outputs::outputs;
use crate::diagnostics::effects::effect;
use crate::diagnostics::{Errors, choice as messages, placement};
use crate::model::{Exit, ExitKind, LoopId, Role};
use crate::options::Reduce;
use crate::roles::{self, outputs::collections};
use crate::rules::effects::{effects, setters};
use crate::rules::writes::outer_writes;
use crate::syntax::marks::Mark;
use crate::syntax::whiles::{self, OverAll};
use crate::walk::LoopSummary;
use syn::visit::{self, Visit};
use syn::{Attribute, ExprForLoop, ExprWhile, Item, ItemFn};

/// The reductions that the user has named for a loop.
type Reduces<'ast> = &'ast dyn Fn(LoopId) -> Vec<Reduce>;

/// The facts that the choice depends on.
#[derive(Clone, Copy)]
pub(super) struct Choice<'ast> {
    pub(super) reduces: Reduces<'ast>,
    /// The loop is kept on the threads of this process, where all that it does is done.
    pub(super) is_local: &'ast dyn Fn(&LoopSummary) -> bool,
    /// The loop keeps all rules.
    pub(super) is_sound: &'ast dyn Fn(&LoopSummary) -> bool,
    pub(super) may_be_none: bool,
}

/// The loops to be distributed, in the order of the text; none if that can't be decided.
pub(crate) fn choose(
    function: &ItemFn,
    loops: Vec<LoopSummary>,
    choice: &Choice<'_>,
    errors: &mut Errors,
) -> Vec<LoopSummary> {
    let misplaced = misplaced_marks(function);
    let (has_misplaced, has_marks) = (!misplaced.is_empty(), loops.iter().any(is_marked));
    for (mark, over) in misplaced {
        let instead = over.as_ref().map(|over| &*over.instead);
        errors.push(placement::mark_not_on_for(mark.span, instead));
    }
    match has_marks {
        true => marked(function, loops, choice, errors),
        // The user meant a loop that is none: the others were not asked for.
        false if has_misplaced => Vec::new(),
        false => the_only_one(function, loops, choice, errors),
    }
}

fn marked(
    function: &ItemFn,
    loops: Vec<LoopSummary>,
    choice: &Choice<'_>,
    errors: &mut Errors,
) -> Vec<LoopSummary> {
    let ids: Vec<LoopId> = loops
        .iter()
        .filter(|f| is_marked(f))
        .map(|f| f.head.id)
        .collect();
    let mut chosen = Vec::new();
    for summary in loops.into_iter().filter(is_marked) {
        let span = summary.head.marks[0].span;
        if summary.head.in_closure {
            errors.push(placement::marked_in_closure(span));
        } else if summary
            .head
            .around
            .iter()
            .any(|around| ids.contains(around))
        {
            errors.push(placement::marked_in_marked(span));
        } else if !makes_something(function, &summary, choice.reduces)
            && !(choice.is_local)(&summary)
            && !changes_something(function, &summary)
            && !leaves(&summary)
        {
            let setters = setters(function, &summary);
            let setter = setters.first().map(effect);
            errors.push(setter.unwrap_or_else(|| messages::fills_nothing(summary.head.span)));
        } else {
            chosen.push(summary);
        }
    }
    chosen
}

fn the_only_one(
    function: &ItemFn,
    loops: Vec<LoopSummary>,
    choice: &Choice<'_>,
    errors: &mut Errors,
) -> Vec<LoopSummary> {
    let span = function.sig.ident.span();
    let reduces = choice.reduces;
    let reduces_something = |summary: &LoopSummary| reduces_something(summary, reduces);
    let makes_something = |summary: &LoopSummary| makes_something(function, summary, reduces);
    let in_closure = loops
        .iter()
        .any(|summary| summary.head.in_closure && makes_something(summary));
    let (mut candidates, mut others) = outermost(loops, &|summary| fills(summary, reduces));
    if candidates.is_empty() {
        (candidates, others) = outermost(others, &reduces_something);
    }
    if candidates.is_empty() {
        (candidates, others) = outermost(others, &makes_something);
    }
    if candidates.is_empty() {
        let is_free = |summary: &LoopSummary| (choice.is_local)(summary) && !leaves(summary);
        (candidates, others) = outermost(others, &is_free);
    }
    if candidates.is_empty() {
        // A loop that changes something is meant, and told why it can't be had; or a search, or a
        // test of each item.
        (candidates, others) = outermost(others, &|summary| {
            changes_something(function, summary) || leaves(summary)
        });
        let searches = candidates.iter().filter(|summary| leaves(summary)).count();
        if candidates.len() != 1 && searches < 2 {
            // A method that sets something does not count, but shows the loop that is meant.
            let mut setting = others.iter().filter(|summary| !summary.head.in_closure);
            let setter =
                setting.find_map(|summary| Some(effect(setters(function, summary).first()?)));
            match setter {
                Some(setter) if candidates.is_empty() => errors.push(setter),
                _ if in_closure => errors.push(messages::only_in_closure(span)),
                _ if choice.may_be_none => {}
                _ => {
                    let over = whiles::first(function);
                    let line = |over: &OverAll| over.span.start().line;
                    let over = over.as_ref().map(|over| (line(over), &*over.instead));
                    errors.push(messages::no_loop(span, over));
                }
            }
            candidates.clear();
        }
    }
    candidates.extend(searches_around(function, &mut others, &candidates));
    candidates.sort_by_key(|summary| summary.head.id);
    if candidates.len() > 1 {
        // Where only one can be distributed, the others stay as they are; and those whose statements would run one
        // after the other.
        let is_replayed = |summary: &LoopSummary| {
            let outputs = outputs(function, summary, &reduces(summary.head.id));
            outputs.iter().any(|output| output.role == Role::Replayed)
        };
        let is_sound = |summary: &&LoopSummary| (choice.is_sound)(summary);
        let is_plain = |summary: &&LoopSummary| is_sound(summary) && !is_replayed(summary);
        let only = the_only(candidates.iter().filter(is_sound));
        if let Some(only) = only.or_else(|| the_only(candidates.iter().filter(is_plain))) {
            candidates.retain(|summary| summary.head.id == only);
            return candidates;
        }
        let line = |summary: &LoopSummary| {
            format!("{}: {}", summary.head.span.start().line, summary.head.text)
        };
        let lines: Vec<String> = candidates.iter().map(line).collect();
        errors.push(messages::several_loops(span, &lines));
        candidates.clear();
    }
    candidates
}

fn the_only<'ast>(mut loops: impl Iterator<Item = &'ast LoopSummary>) -> Option<LoopId> {
    let only = loops.next()?.head.id;
    loops.next().is_none().then_some(only)
}

/// Of the loops around a candidate those that are left by themselves and change nothing else: the
/// search as a whole may be what is meant.
fn searches_around(
    function: &ItemFn,
    others: &mut Vec<LoopSummary>,
    candidates: &[LoopSummary],
) -> Vec<LoopSummary> {
    let place = |exit: &Exit| (exit.span.start().line, exit.span.start().column);
    let is_meant = |summary: &mut LoopSummary| {
        let mut inside = candidates
            .iter()
            .filter(|c| c.head.around.contains(&summary.head.id));
        !summary.head.in_closure
            && !changes_something(function, summary)
            && inside.any(|inner| {
                let inner: Vec<_> = inner.body.exits.iter().map(place).collect();
                let mut own = summary
                    .body
                    .exits
                    .iter()
                    .filter(|e| e.kind != ExitKind::Break);
                own.any(|exit| !inner.contains(&place(exit)))
            })
    };
    others.extract_if(.., is_meant).collect()
}

/// The loops that are candidates and stand in no other candidate, and the rest.
fn outermost(
    loops: Vec<LoopSummary>,
    is_candidate: &dyn Fn(&LoopSummary) -> bool,
) -> (Vec<LoopSummary>, Vec<LoopSummary>) {
    let mut ids: Vec<LoopId> = Vec::new();
    loops.into_iter().partition(|summary| {
        let inside = summary
            .head
            .around
            .iter()
            .any(|around| ids.contains(around));
        let chosen = !inside && !summary.head.in_closure && is_candidate(summary);
        ids.extend(chosen.then_some(summary.head.id));
        chosen
    })
}

fn is_marked(summary: &LoopSummary) -> bool {
    !summary.head.marks.is_empty()
}

fn fills(summary: &LoopSummary, reduces: Reduces<'_>) -> bool {
    !collections(summary, &reduces(summary.head.id)).is_empty()
}

/// It fills, sums up or updates in place.
fn reduces_something(summary: &LoopSummary, reduces: Reduces<'_>) -> bool {
    !roles::outputs::outputs(summary, &reduces(summary.head.id)).is_empty()
}

/// Or has statements that can be run in the order of the items.
fn makes_something(function: &ItemFn, summary: &LoopSummary, reduces: Reduces<'_>) -> bool {
    !outputs(function, summary, &reduces(summary.head.id)).is_empty()
}

fn changes_something(function: &ItemFn, summary: &LoopSummary) -> bool {
    !outer_writes(summary, &[]).is_empty() || !effects(function, summary, &[], &[]).is_empty()
}

/// By more than a `break`, which alone would have no effect.
fn leaves(summary: &LoopSummary) -> bool {
    let mut exits = summary.body.exits.iter();
    exits.any(|exit| exit.kind != ExitKind::Break)
        || summary.body.ends.iter().any(|end| end.takes_block)
}

/// `#[parallel_for]` on anything in the function but a `for`, and what a `while` there is as one.
fn misplaced_marks(function: &ItemFn) -> Vec<(Mark, Option<OverAll>)> {
    struct Misplaced(Vec<(Mark, Option<OverAll>)>);

    impl<'ast> Visit<'ast> for Misplaced {
        fn visit_attribute(&mut self, attribute: &'ast Attribute) {
            self.0.extend(Mark::of(attribute).map(|mark| (mark, None)));
        }

        fn visit_expr_while(&mut self, node: &'ast ExprWhile) {
            let first = self.0.len();
            let marks = node.attrs.iter().filter_map(Mark::of).count();
            visit::visit_expr_while(self, node);
            for (_, over) in &mut self.0[first..first + marks] {
                *over = whiles::over_all(node);
            }
        }

        fn visit_expr_for_loop(&mut self, node: &'ast ExprForLoop) {
            visit::visit_pat(self, &node.pat);
            visit::visit_expr(self, &node.expr);
            visit::visit_block(self, &node.body);
        }

        // On a nested function it is an attribute of its own.
        fn visit_item(&mut self, _: &'ast Item) {}
    }

    let mut misplaced = Misplaced(Vec::new());
    misplaced.visit_block(&function.block);
    misplaced.0
}
