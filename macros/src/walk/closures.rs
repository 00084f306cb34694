//! Places that a loop uses by closures made before it: those that its body calls, itself or through
//! others of them, and those that make its items.
//!
//! Invariant: a variable that a `move` closure took along is gone when the loop begins, so its type is
//! asked where the closure is made.

use super::open_loop::OpenLoop;
use super::walker::{Seen, Walker};
use crate::model::{LetId, Place, Usage};
use crate::syntax::initial_values::InitialValue;
use crate::syntax::methods::CHANGES;

/// Places that a loop may change otherwise than in its body.
#[derive(Clone, Debug, Default)]
pub(crate) struct ByClosures {
    /// By closures that the body calls, each by the `let` that it is made in.
    pub(crate) body: Vec<(LetId, Place)>,
    /// By closures that make the items.
    pub(crate) items: Vec<Place>,
}

/// After the walk.
pub(super) fn changed_by(walker: &Walker, open: &OpenLoop) -> ByClosures {
    let (start, _) = open.mentioned;
    let items = walker.seen[open.made..start].iter();
    let items = items.filter(|seen| seen.in_closure && walker.depth_of(seen.binding) < open.depth);
    let places = |seen: &Seen| seen.mention.place.clone();
    let mut body = Vec::new();
    for closure in called(walker, open) {
        let Some(made) = walker.lets.iter().find(|(binding, _)| *binding == closure) else {
            continue;
        };
        let changed = inside(walker, closure).filter(|seen| changes(&seen.mention.usage));
        body.extend(changed.map(|seen| (made.1, places(seen))));
    }
    ByClosures {
        body,
        items: items
            .filter(|seen| changes(&seen.mention.usage))
            .map(places)
            .collect(),
    }
}

/// The variables that hold the closures.
fn called(walker: &Walker, open: &OpenLoop) -> Vec<usize> {
    let is_closure = |seen: &&Seen| {
        let initial_value = walker.scope.initial_values[seen.binding];
        matches!(
            initial_value,
            InitialValue::Closure | InitialValue::MovingClosure
        )
    };
    let (start, end) = open.mentioned;
    let body = walker.seen[start..end].iter();
    let around = body.filter(|seen| walker.depth_of(seen.binding) < open.depth);
    let mut called: Vec<usize> = around.filter(is_closure).map(|seen| seen.binding).collect();
    let mut at = 0;
    while let Some(&closure) = called.get(at) {
        let others = inside(walker, closure).filter(is_closure);
        let others = others.map(|seen| seen.binding);
        let new: Vec<usize> = others.filter(|other| !called.contains(other)).collect();
        called.extend(new);
        at += 1;
    }
    called
}

/// The mentions of outer variables in the closure that a variable holds. Its parameters and its own
/// variables lie deeper than its name.
fn inside(walker: &Walker, closure: usize) -> impl Iterator<Item = &Seen> {
    let own = walker.depth_of(closure);
    let mentions = walker.origins.of(closure);
    let mentions = mentions.flat_map(|range| &walker.seen[range]);
    mentions.filter(move |seen| walker.depth_of(seen.binding) <= own)
}

/// The places that they look at, and that are still in the variables when the loop begins.
pub(super) fn borrowed(walker: &Walker, open: &OpenLoop) -> Vec<Place> {
    let called = called(walker, open).into_iter();
    let borrowing =
        called.filter(|&closure| walker.scope.initial_values[closure] == InitialValue::Closure);
    let looked_at = borrowing.flat_map(|closure| inside(walker, closure));
    looked_at.map(|seen| seen.mention.place.clone()).collect()
}

/// Uses by a method of shared state, which say more than that something is lent.
fn changes(usage: &Usage) -> bool {
    match usage {
        Usage::Method { name, .. }
        | Usage::ElementMethod(name)
        | Usage::Channel(name)
        | Usage::Append { method: name, .. } => CHANGES.contains(&&**name),
        Usage::Borrow => true,
        _ => false,
    }
}
