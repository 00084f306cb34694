//! Uses of outputs other than filling them: an iteration may only append, since the content so far was
//! made elsewhere.

use crate::model::{By, Mention, Misuse, MisuseKind, Output, Place, Role, Site, Step, Usage};
use crate::roles::doubts::is_doubtful;
use crate::roles::replayed;
use crate::syntax::methods::{self, APPENDS, WRITES, lends_an_element};
use crate::syntax::spelling::meant;
use crate::walk::LoopSummary;

/// Every use of an output that an iteration can't have.
pub(crate) fn misuses(summary: &LoopSummary, outputs: &[Output]) -> Vec<Misuse> {
    let mut misuses = Vec::new();
    for output in outputs {
        let place = &output.place;
        let misuse = |span, kind| Misuse {
            output: place.clone(),
            span,
            kind,
        };
        if let Some(&span) = summary.body.bound.get(&place.root.to_string())
            && is_renamed(output)
        {
            misuses.push(misuse(span, MisuseKind::Shadowed));
            continue;
        }
        let mentions = summary
            .body
            .mentions
            .iter()
            .filter(|m| m.place.overlaps(place));
        let keyed = match output.role {
            Role::Collection { keyed, .. } => keyed,
            // All that is done with it are its steps.
            Role::Reduction { .. } | Role::ChangedItems | Role::Replayed => continue,
            Role::Elements | Role::Updates | Role::Items => {
                let kind = |m: &Mention| in_place(summary, m, output);
                misuses.extend(mentions.filter_map(|m| Some(misuse(m.span, kind(m)?))));
                continue;
            }
        };
        // A buffer that is emptied in the loop is no output at all: one mistake, not one per use.
        if let Some(reset) = mentions.clone().find(|m| empties(m, place)) {
            misuses.push(misuse(reset.span, MisuseKind::Scratch));
            continue;
        }
        misuses.extend(mentions.filter_map(|m| Some(misuse(m.span, mistake(m, place, keyed)?))));
    }
    misuses
}

/// The outputs beside a statement that may leave the loop.
pub(crate) fn beside_leaving(summary: &LoopSummary, outputs: &[Output]) -> Vec<Misuse> {
    let misuse = |(output, site): (&Output, Site)| {
        let mut mentions = summary.body.mentions.iter();
        // Items are not mentioned.
        let mention = mentions.find(|mention| mention.place.overlaps(&output.place));
        let call = site.calls.first();
        let written = call.map_or_else(
            || format!("{} .. ?", site.targets[0]),
            |call| format!("{}.{}(..)?", call.target, call.method),
        );
        Misuse {
            output: output.place.clone(),
            span: mention.map_or_else(|| output.place.root.span(), |mention| mention.span),
            kind: MisuseKind::BesideLeaving(written),
        }
    };
    replayed::beside_leaving(summary, outputs)
        .map(misuse)
        .collect()
}

/// `buffer.clear()`, `buffer = Vec::new()`
fn empties(mention: &Mention, output: &Place) -> bool {
    let empties = match &mention.usage {
        Usage::Method { name, .. } => name == "clear",
        Usage::Step(Step::By(By::Last)) => true,
        _ => false,
    };
    empties && mention.place == *output
}

fn mistake(mention: &Mention, output: &Place, keyed: bool) -> Option<MisuseKind> {
    let place = &mention.place;
    if place.fields.len() < output.fields.len() {
        return Some(MisuseKind::Whole(describe(mention)));
    }
    if place != output {
        return Some(MisuseKind::Read(describe(mention)));
    }
    let kind = match &mention.usage {
        Usage::Append { method, .. } if method == "insert" && is_doubtful(&mention.usage) => {
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
        // Of all collections only a `String` knows an operator, which appends.
        Usage::Step(Step::By(By::Sum)) if !keyed => return None,
        Usage::Step(Step::By(By::Folded { .. } | By::Last)) => {
            MisuseKind::Changed(describe(mention))
        }
        Usage::Step(step) => MisuseKind::Operator(step.to_string()),
        Usage::AssignPart(operator) => MisuseKind::Operator(operator.clone()),
        Usage::ChangeInMacro(name) => MisuseKind::ChangeInMacro(name.clone()),
        Usage::Method { name, .. } if WRITES.contains(&&**name) => {
            MisuseKind::Operator(name.clone())
        }
        Usage::Method { name, .. } if methods::changes(name) => {
            MisuseKind::Changed(describe(mention))
        }
        Usage::BorrowMut => MisuseKind::Changed(describe(mention)),
        Usage::Method { name, .. } if lends_an_element(name) => {
            MisuseKind::Element(describe(mention))
        }
        Usage::ElementMethod(method)
            if methods::changes(method) || APPENDS.contains(&&**method) =>
        {
            MisuseKind::Element(describe(mention))
        }
        Usage::AssignElement { .. } | Usage::BorrowElementMut => {
            MisuseKind::Element(describe(mention))
        }
        Usage::Method { name, .. } => match meant(name) {
            Some(append) => MisuseKind::Misspelt(name.clone(), append),
            None => MisuseKind::Read(describe(mention)),
        },
        _ => MisuseKind::Read(describe(mention)),
    };
    Some(kind)
}

/// What an iteration does with other elements, or the array as a whole.
fn in_place(summary: &LoopSummary, mention: &Mention, output: &Output) -> Option<MisuseKind> {
    let how = describe(mention);
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
            own: summary
                .head
                .index
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
        },
    })
}

/// The variables of these are named anew in the body, which a second one of the name would upset.
fn is_renamed(output: &Output) -> bool {
    let is_field = !output.place.fields.is_empty() || output.place.root == "self";
    // The items are not mentioned.
    output.role != Role::Items && is_field
        || match &output.role {
            Role::Collection { .. } | Role::Items | Role::ChangedItems => false,
            Role::Reduction {
                by, dereferenced, ..
            } => *dereferenced || by.is_put(),
            Role::Elements | Role::Updates | Role::Replayed => true,
        }
}

/// The use, as the subject of a sentence.
fn describe(mention: &Mention) -> String {
    let place = &mention.place;
    match &mention.usage {
        Usage::Method { name, .. } | Usage::Append { method: name, .. } => {
            format!("`{place}.{name}()`")
        }
        Usage::ElementMethod(method) => format!("`{place}[..].{method}()`"),
        Usage::Element => format!("`{place}[..]`"),
        Usage::AssignElement { .. } => format!("`{place}[..] = ..`"),
        Usage::Borrow => format!("`&{place}`"),
        Usage::BorrowMut => format!("`&mut {place}`"),
        Usage::BorrowElementMut => format!("`&mut {place}[..]`"),
        _ => format!("this use of `{place}`"),
    }
}
