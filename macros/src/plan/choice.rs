//! Which loops are distributed: those that are marked, or the only one that fills a collection, or
//! where none does, the only one that sums up or updates in place, or else the only search. So a sum
//! next to the loop that makes the results stays a loop of its own. Of a search and what it does
//! inside, either may be meant: the user has to say. Of several, those that break a rule are none that
//! is meant, if that leaves one.

use crate::diagnostics::effects::effect;
use crate::diagnostics::{Errors, choice as messages, placement};
use crate::model::{Exit, ExitKind, LoopId};
use crate::options::Reduce;
use crate::roles::outputs::{collections, outputs};
use crate::rules::effects::{effects, setters};
use crate::rules::writes::outer_writes;
use crate::syntax::marks::Mark;
use crate::walk::FoundLoop;
use syn::visit::{self, Visit};
use syn::{Attribute, ExprForLoop, Item, ItemFn};

/// The reductions that the user has named for a loop.
type Reduces<'ast> = &'ast dyn Fn(LoopId) -> Vec<Reduce>;

/// What the choice depends on.
#[derive(Clone, Copy)]
pub(super) struct Choice<'ast> {
    pub(super) reduces: Reduces<'ast>,
    /// The loop keeps all rules.
    pub(super) is_sound: &'ast dyn Fn(&FoundLoop) -> bool,
    pub(super) may_be_none: bool,
}

/// The loops to be distributed, in the order of the text; none if that can't be decided.
pub(crate) fn choose(
    function: &ItemFn,
    found: Vec<FoundLoop>,
    choice: &Choice<'_>,
    errors: &mut Errors,
) -> Vec<FoundLoop> {
    let misplaced = misplaced_marks(function);
    let (has_misplaced, has_marks) = (!misplaced.is_empty(), found.iter().any(is_marked));
    for mark in misplaced {
        errors.push(placement::mark_not_on_for(mark.span));
    }
    match has_marks {
        true => marked(function, found, choice.reduces, errors),
        // The user meant a loop that is none: the others were not asked for.
        false if has_misplaced => Vec::new(),
        false => the_only_one(function, found, choice, errors),
    }
}

fn marked(
    function: &ItemFn,
    found: Vec<FoundLoop>,
    reduces: Reduces<'_>,
    errors: &mut Errors,
) -> Vec<FoundLoop> {
    let ids: Vec<LoopId> = found
        .iter()
        .filter(|f| is_marked(f))
        .map(|f| f.head.id)
        .collect();
    let mut chosen = Vec::new();
    for found in found.into_iter().filter(is_marked) {
        let span = found.head.marks[0].span;
        if found.head.in_closure {
            errors.push(placement::marked_in_closure(span));
        } else if found.head.around.iter().any(|around| ids.contains(around)) {
            errors.push(placement::marked_in_marked(span));
        } else if !makes_something(&found, reduces)
            && !changes_something(function, &found)
            && !leaves(&found)
        {
            let setters = setters(function, &found);
            let setter = setters.first().map(effect);
            errors.push(setter.unwrap_or_else(|| messages::fills_nothing(found.head.span)));
        } else {
            chosen.push(found);
        }
    }
    chosen
}

fn the_only_one(
    function: &ItemFn,
    found: Vec<FoundLoop>,
    choice: &Choice<'_>,
    errors: &mut Errors,
) -> Vec<FoundLoop> {
    let span = function.sig.ident.span();
    let reduces = choice.reduces;
    let makes_something = |found: &FoundLoop| makes_something(found, reduces);
    let in_closure = found
        .iter()
        .any(|found| found.head.in_closure && makes_something(found));
    let (mut candidates, mut others) = outermost(found, &|found| fills(found, reduces));
    if candidates.is_empty() {
        (candidates, others) = outermost(others, &makes_something);
    }
    if candidates.is_empty() {
        // A loop that changes something is meant, and told why it can't be had; or a search, or a
        // test of each item.
        (candidates, others) = outermost(others, &|found| {
            changes_something(function, found) || leaves(found)
        });
        let searches = candidates.iter().filter(|found| leaves(found)).count();
        if candidates.len() != 1 && searches < 2 {
            // A method that sets something is none that counts, but it says what is meant.
            let mut setting = others.iter().filter(|found| !found.head.in_closure);
            let setter = setting.find_map(|found| Some(effect(setters(function, found).first()?)));
            match setter {
                Some(setter) if candidates.is_empty() => errors.push(setter),
                _ if in_closure => errors.push(messages::only_in_closure(span)),
                _ if choice.may_be_none => {}
                _ => errors.push(messages::no_loop(span)),
            }
            candidates.clear();
        }
    }
    candidates.extend(searches_around(function, &mut others, &candidates));
    candidates.sort_by_key(|found| found.head.id);
    if candidates.len() > 1 {
        // Where only one can be distributed, the others stay as they are.
        let sound = candidates.iter().filter(|found| (choice.is_sound)(found));
        if let [only] = sound.map(|found| found.head.id).collect::<Vec<_>>()[..] {
            candidates.retain(|found| found.head.id == only);
            return candidates;
        }
        let line =
            |found: &FoundLoop| format!("{}: {}", found.head.span.start().line, found.head.text);
        let lines: Vec<String> = candidates.iter().map(line).collect();
        errors.push(messages::several_loops(span, &lines));
        candidates.clear();
    }
    candidates
}

/// Of the loops around a candidate those that are left by themselves and change nothing else: the
/// search as a whole may be what is meant.
fn searches_around(
    function: &ItemFn,
    others: &mut Vec<FoundLoop>,
    candidates: &[FoundLoop],
) -> Vec<FoundLoop> {
    let place = |exit: &Exit| (exit.span.start().line, exit.span.start().column);
    let is_meant = |found: &mut FoundLoop| {
        let mut inside = candidates
            .iter()
            .filter(|c| c.head.around.contains(&found.head.id));
        !found.head.in_closure
            && !changes_something(function, found)
            && inside.any(|inner| {
                let inner: Vec<_> = inner.body.exits.iter().map(place).collect();
                let mut own = found
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
    found: Vec<FoundLoop>,
    is_candidate: &dyn Fn(&FoundLoop) -> bool,
) -> (Vec<FoundLoop>, Vec<FoundLoop>) {
    let mut ids: Vec<LoopId> = Vec::new();
    found.into_iter().partition(|found| {
        let inside = found.head.around.iter().any(|around| ids.contains(around));
        let chosen = !inside && !found.head.in_closure && is_candidate(found);
        ids.extend(chosen.then_some(found.head.id));
        chosen
    })
}

fn is_marked(found: &FoundLoop) -> bool {
    !found.head.marks.is_empty()
}

fn fills(found: &FoundLoop, reduces: Reduces<'_>) -> bool {
    !collections(found, &reduces(found.head.id)).is_empty()
}

/// It fills, sums up or updates in place.
fn makes_something(found: &FoundLoop, reduces: Reduces<'_>) -> bool {
    !outputs(found, &reduces(found.head.id)).is_empty()
}

fn changes_something(function: &ItemFn, found: &FoundLoop) -> bool {
    !outer_writes(found, &[]).is_empty() || !effects(function, found, &[], &[]).is_empty()
}

/// By more than a `break`, which alone would have no effect.
fn leaves(found: &FoundLoop) -> bool {
    found
        .body
        .exits
        .iter()
        .any(|exit| exit.kind != ExitKind::Break)
}

/// `#[parallel_for]` on anything in the function but a `for`.
fn misplaced_marks(function: &ItemFn) -> Vec<Mark> {
    struct Misplaced(Vec<Mark>);

    impl<'ast> Visit<'ast> for Misplaced {
        fn visit_attribute(&mut self, attribute: &'ast Attribute) {
            self.0.extend(Mark::of(attribute));
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
