//! The variables that a loop captures: their content when an iteration begins, and whether the content
//! that the last one leaves is used.

use super::open_loop::OpenLoop;
use super::resets::ResetKind;
use super::scope::Binding;
use super::walker::Walker;
use crate::model::Declared;
use crate::syntax::initial_values::InitialValue;
use proc_macro2::Span;

/// A captured variable.
#[derive(Clone, Debug)]
pub(crate) struct Captured {
    pub(crate) name: String,
    pub(crate) declared: Declared,
    pub(crate) initial_value: InitialValue,
    /// Its first mention in the body leaves nothing of what was in it.
    pub(crate) reset: Option<(Span, ResetKind)>,
    /// It may have no value before the loop.
    pub(crate) unset: bool,
    /// It is a collection, or an `Option`, with nothing in it before the loop.
    pub(crate) empty: bool,
    /// It is mentioned after the loop, or in the next round of a loop around.
    pub(crate) used_later: bool,
}

/// After the walk.
pub(crate) fn of(walker: &Walker, open: &OpenLoop) -> Vec<Captured> {
    let (start, end) = open.mentioned;
    let mut seen: Vec<usize> = Vec::new();
    let mut captured = Vec::new();
    for (binding, name) in &walker.log[start..end] {
        if binding.depth >= open.depth || seen.contains(&binding.id) {
            continue;
        }
        seen.push(binding.id);
        let initial_value = walker.scope.initial_values[binding.id];
        let mut before = walker.log[..start].iter();
        let is_untouched = !before.any(|(known, _)| known.id == binding.id);
        let mut rounds = open.rounds.iter();
        let is_first_round = !rounds.any(|&(_, depth)| binding.depth < depth);
        captured.push(Captured {
            name: name.clone(),
            declared: binding.declared,
            initial_value,
            unset: initial_value == InitialValue::Nothing && !open.set.contains(&binding.id),
            empty: initial_value == InitialValue::Empty && is_untouched && is_first_round,
            reset: reset_first(walker, open, binding.id),
            used_later: used_from(walker, open, end, *binding),
        });
    }
    captured
}

fn reset_first(walker: &Walker, open: &OpenLoop, id: usize) -> Option<(Span, ResetKind)> {
    let mentions = |start: usize, end: usize| {
        let log = walker.log[start..end].iter();
        log.filter(|(binding, _)| binding.id == id).count()
    };
    let reset = open.resets.iter().find(|reset| reset.binding == id)?;
    let (start, end) = reset.statement;
    // Its only mention in the statement is the target.
    let is_first = mentions(open.mentioned.0, start) == 0 && mentions(start, end) == 1;
    is_first.then_some((reset.span, reset.kind))
}

/// Whether a variable is mentioned from this mention of the function on, or in the next round of a
/// loop around.
pub(super) fn used_from(walker: &Walker, open: &OpenLoop, first: usize, of: Binding) -> bool {
    let mentions = |log: &[(Binding, String)]| log.iter().any(|(binding, _)| binding.id == of.id);
    let start = open.mentioned.0;
    let next_round =
        |&(round, depth): &(usize, usize)| of.depth < depth && mentions(&walker.log[round..start]);
    mentions(&walker.log[first..]) || open.rounds.iter().any(next_round)
}
