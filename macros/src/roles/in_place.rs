//! Arrays of which each iteration changes one element of its own: `out[i]`, with the loop's own
//! index, or the element that is its item.

use crate::model::{Mention, Output, Place, Role, Usage};
use crate::syntax::methods;
use crate::syntax::sources::Items;
use crate::walk::LoopSummary;

/// The arrays that the loop updates, in the order of their first update.
pub(super) fn updates(summary: &LoopSummary, taken: &[Place]) -> Vec<Output> {
    let mut outputs: Vec<Output> = items(summary);
    let is_taken = |place: &Place| taken.iter().any(|taken| taken.overlaps(place));
    for mention in &summary.body.mentions {
        let place = &mention.place;
        let known = outputs.iter().any(|output| output.place.overlaps(place));
        if !mention.own || !changes(&mention.usage) || known || is_taken(place) {
            continue;
        }
        let elements = summary
            .body
            .mentions
            .iter()
            .filter(|m| m.place == *place && m.own);
        let only_set = |m: &Mention| m.usage == (Usage::AssignElement { whole: true });
        let role = if elements.clone().all(only_set) {
            Role::Elements
        } else {
            Role::Updates
        };
        outputs.push(Output {
            place: place.clone(),
            declared: mention.declared,
            role,
            window: window(summary, place),
        });
    }
    outputs
}

/// Where every iteration surely gets to its own element, which no other place of the body needs to know of, and
/// nothing is undone but by a panic.
fn window(summary: &LoopSummary, place: &Place) -> Option<usize> {
    let is_sure = summary.head.sure.contains(place);
    let mut all = summary.body.mentions.iter();
    let is_own = all.all(|mention| mention.own || !mention.place.overlaps(place));
    (is_sure && is_own && summary.body.exits.is_empty())
        .then_some(summary.head.first)
        .flatten()
}

fn items(summary: &LoopSummary) -> Vec<Output> {
    let Items::Mutable { arrays, .. } = &summary.head.items else {
        return Vec::new();
    };
    let output = |(place, declared): &(Place, _)| Output {
        place: place.clone(),
        declared: *declared,
        role: Role::Items,
        window: summary.body.exits.is_empty().then_some(0),
    };
    arrays.iter().map(output).collect()
}

/// Of the element: `x[i] = ..`, `x[i].push(..)`, `&mut x[i]`
fn changes(usage: &Usage) -> bool {
    match usage {
        Usage::AssignElement { .. } | Usage::BorrowElementMut => true,
        Usage::ElementMethod(method) => {
            methods::APPENDS.contains(&&**method) || methods::changes(method)
        }
        _ => false,
    }
}
