//! Arrays of which each iteration changes one element of its own: `out[i]`, with the loop's own
//! index, or the element that is its item.

use super::uses;
use crate::model::{Mention, MisuseKind, Output, Place, Role, Usage};
use crate::syntax::methods;
use crate::syntax::sources::Items;
use crate::walk::FoundLoop;

/// The arrays that the loop updates, in the order of their first update.
pub(super) fn updates(found: &FoundLoop, taken: &[Place]) -> Vec<Output> {
    let mut outputs: Vec<Output> = items(found);
    let is_taken = |place: &Place| taken.iter().any(|taken| taken.overlaps(place));
    for mention in &found.body.mentions {
        let place = &mention.place;
        let known = outputs.iter().any(|output| output.place.overlaps(place));
        if !mention.own || !changes(&mention.usage) || known || is_taken(place) {
            continue;
        }
        let elements = found
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
        });
    }
    outputs
}

fn items(found: &FoundLoop) -> Vec<Output> {
    let Items::Mutable { arrays, .. } = &found.head.items else {
        return Vec::new();
    };
    let output = |(place, declared): &(Place, _)| Output {
        place: place.clone(),
        declared: *declared,
        role: Role::Items,
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

/// What an iteration does with other elements, or the array as a whole.
pub(super) fn misuse(found: &FoundLoop, mention: &Mention, output: &Output) -> Option<MisuseKind> {
    let how = uses::describe(mention);
    if output.role == Role::Items {
        return Some(MisuseKind::MutableItems(how));
    }
    if mention.place.fields.len() < output.place.fields.len() {
        return Some(MisuseKind::Whole(how));
    }
    let is_length = matches!(&mention.usage, Usage::Method { name, .. }
        if name == "len" || name == "is_empty");
    let is_allowed = match &mention.usage {
        Usage::AssignElement { .. }
        | Usage::BorrowElementMut
        | Usage::Element
        | Usage::ElementMethod(_) => mention.own,
        _ => is_length,
    };
    if is_allowed && mention.place == output.place {
        return None;
    }
    Some(match &mention.usage {
        Usage::ChangeInMacro(name) => MisuseKind::ChangeInMacro(name.clone()),
        Usage::UnknownMacro(name) => MisuseKind::UnknownMacro(name.clone()),
        _ => MisuseKind::OtherElement {
            how,
            own: found
                .head
                .index
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
        },
    })
}

/// The variables of these are named anew in the body, which a second one of the name would upset.
pub(super) fn is_renamed(output: &Output) -> bool {
    let is_field = !output.place.fields.is_empty() || output.place.root == "self";
    is_field
        || match &output.role {
            // The items are not mentioned.
            Role::Collection { .. } | Role::Items => false,
            Role::Reduction { by, dereferenced } => *dereferenced || by.is_put(),
            Role::Elements | Role::Updates => true,
        }
}
