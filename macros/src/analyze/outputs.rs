//! What the loop fills, and what it does with it besides: an iteration may only append to an
//! output, since what is in it already was made elsewhere.

use super::walk::FoundLoop;
use crate::model::{Mention, Misuse, MisuseKind, Output, Place, Usage};

/// The places that the loop appends to, in the order of their first append.
pub(crate) fn outputs(found: &FoundLoop) -> Vec<Output> {
    let mut outputs: Vec<Output> = Vec::new();
    for mention in &found.mentions {
        let keyed = match &mention.usage {
            Usage::Append { method, .. } => method == "insert",
            Usage::WriteMacro { .. } | Usage::AppendInMacro(_) => false,
            _ => continue,
        };
        match outputs
            .iter_mut()
            .find(|known| known.place == mention.place)
        {
            Some(known) => known.keyed |= keyed,
            None => outputs.push(Output {
                place: mention.place.clone(),
                declared: mention.declared,
                keyed,
            }),
        }
    }
    outputs
}

/// Every use of an output that is not an append.
pub(crate) fn misuses(found: &FoundLoop, outputs: &[Output]) -> Vec<Misuse> {
    let mut misuses = Vec::new();
    for Output { place, .. } in outputs {
        let misuse = |span, kind| Misuse {
            output: place.clone(),
            span,
            kind,
        };
        if let Some(&span) = found.bound.get(&place.root.to_string())
            && !place.fields.is_empty()
        {
            misuses.push(misuse(span, MisuseKind::Shadowed));
            continue;
        }
        let mentions = found.mentions.iter().filter(|m| m.place.overlaps(place));
        // A buffer that is emptied in the loop is no output at all: one mistake, not one per use.
        if let Some(reset) = mentions.clone().find(|m| empties(m, place)) {
            misuses.push(misuse(reset.span, MisuseKind::Scratch));
            continue;
        }
        misuses.extend(mentions.filter_map(|m| Some(misuse(m.span, mistake(m, place)?))));
    }
    misuses
}

/// `buffer.clear()`, `buffer = Vec::new()`
fn empties(mention: &Mention, output: &Place) -> bool {
    let empties = match &mention.usage {
        Usage::Method(method) => method == "clear",
        Usage::Assign => true,
        _ => false,
    };
    empties && mention.place == *output
}

fn mistake(mention: &Mention, output: &Place) -> Option<MisuseKind> {
    let place = &mention.place;
    if place.fields.len() < output.fields.len() {
        return Some(MisuseKind::Whole(describe(mention)));
    }
    if place != output {
        return Some(MisuseKind::Read(describe(mention)));
    }
    let kind = match &mention.usage {
        Usage::Append { method, dropped } if method == "insert" && !dropped => {
            MisuseKind::InsertValue
        }
        Usage::WriteMacro {
            name,
            dropped: false,
        } => MisuseKind::WriteValue(name.clone()),
        Usage::Append { .. } | Usage::WriteMacro { .. } => return None,
        Usage::FormatString(name) => MisuseKind::FormatString(name.clone()),
        Usage::UnknownMacro(name) => MisuseKind::UnknownMacro(name.clone()),
        Usage::AppendInMacro(name) => MisuseKind::AppendInMacro(name.clone()),
        Usage::Operator(operator) => MisuseKind::Operator(operator.clone()),
        Usage::Method(method) if changes(method) => MisuseKind::Changed(describe(mention)),
        Usage::BorrowMut => MisuseKind::Changed(describe(mention)),
        Usage::Method(method) if lends_an_element(method) => MisuseKind::Element(describe(mention)),
        Usage::ElementMethod(method) if changes(method) || super::APPENDS.contains(&&**method) => {
            MisuseKind::Element(describe(mention))
        }
        Usage::AssignElement => MisuseKind::Element(describe(mention)),
        _ => MisuseKind::Read(describe(mention)),
    };
    Some(kind)
}

/// The use, as the subject of a sentence.
fn describe(mention: &Mention) -> String {
    let place = &mention.place;
    match &mention.usage {
        Usage::Method(method) | Usage::Append { method, .. } => format!("`{place}.{method}()`"),
        Usage::ElementMethod(method) => format!("`{place}[..].{method}()`"),
        Usage::Element => format!("`{place}[..]`"),
        Usage::AssignElement => format!("`{place}[..] = ..`"),
        Usage::Borrow => format!("`&{place}`"),
        Usage::BorrowMut => format!("`&mut {place}`"),
        _ => format!("this use of `{place}`"),
    }
}

/// Methods that change more of a collection than its end.
fn changes(method: &str) -> bool {
    const NAMES: [&str; 12] = [
        "drain",
        "fill",
        "insert_str",
        "push_front",
        "remove",
        "remove_entry",
        "replace",
        "resize",
        "reverse",
        "split_off",
        "take",
        "truncate",
    ];
    const FAMILIES: [&str; 6] = ["dedup", "pop", "retain", "rotate_", "sort", "swap"];
    NAMES.contains(&method) || FAMILIES.iter().any(|family| method.starts_with(family))
}

/// `entry`, `get_mut`, `last_mut`: a way to change what is there already.
pub(super) fn lends_an_element(method: &str) -> bool {
    method == "entry" || (method.ends_with("_mut") && method != "borrow_mut")
}
