//! What the loop fills, and what it does with it besides: an iteration may only append to an
//! output, since what is in it already was made elsewhere.

use super::uses::{describe, is_doubtful};
use super::{in_place, reductions};
use crate::model::{By, Mention, Misuse, MisuseKind, Output, Place, Role, Step, Usage};
use crate::options::Reduce;
use crate::syntax::methods::{self, APPENDS, WRITES, lends_an_element};
use crate::syntax::spelling::meant;
use crate::walk::FoundLoop;

/// Everything that the loop makes: the collections it appends to, the arrays it updates in place
/// and the variables it reduces.
pub(crate) fn outputs(found: &FoundLoop, reduces: &[Reduce]) -> Vec<Output> {
    let mut outputs = collections(found, reduces);
    outputs.extend(in_place::updates(found, &places(&outputs)));
    let known = places(&outputs);
    outputs.extend(reductions::reductions(found, reduces, &known));
    if outputs.is_empty() && found.body.exits.is_empty() {
        // What it does to them is all that it can be meant for.
        return appended(found, reduces, |_| true);
    }
    outputs
}

fn places(outputs: &[Output]) -> Vec<Place> {
    outputs.iter().map(|output| output.place.clone()).collect()
}

/// The places that the loop appends to, in the order of their first append.
pub(crate) fn collections(found: &FoundLoop, reduces: &[Reduce]) -> Vec<Output> {
    appended(found, reduces, |usage| !is_doubtful(usage))
}

fn appended(found: &FoundLoop, reduces: &[Reduce], counts: impl Fn(&Usage) -> bool) -> Vec<Output> {
    let mut outputs: Vec<Output> = Vec::new();
    for mention in found.body.mentions.iter().filter(|m| counts(&m.usage)) {
        let now_keyed = match &mention.usage {
            Usage::Append { method, .. } => method == "insert",
            Usage::WriteMacro { .. } | Usage::AppendInMacro(_) => false,
            _ => continue,
        };
        let place = &mention.place;
        if reductions::function(reduces, place).is_some() {
            continue;
        }
        let known = outputs.iter_mut().find(|known| known.place == *place);
        match known.map(|known| &mut known.role) {
            Some(Role::Collection { keyed }) => *keyed |= now_keyed,
            _ => outputs.push(Output {
                place: place.clone(),
                declared: mention.declared,
                role: Role::Collection { keyed: now_keyed },
            }),
        }
    }
    outputs
}

/// Every use of an output that an iteration can't have.
pub(crate) fn misuses(found: &FoundLoop, outputs: &[Output]) -> Vec<Misuse> {
    let mut misuses = Vec::new();
    for output in outputs {
        let place = &output.place;
        let misuse = |span, kind| Misuse {
            output: place.clone(),
            span,
            kind,
        };
        if let Some(&span) = found.body.bound.get(&place.root.to_string())
            && in_place::is_renamed(output)
        {
            misuses.push(misuse(span, MisuseKind::Shadowed));
            continue;
        }
        let mentions = found
            .body
            .mentions
            .iter()
            .filter(|m| m.place.overlaps(place));
        let keyed = match output.role {
            Role::Collection { keyed } => keyed,
            // All that is done with it are its steps.
            Role::Reduction { .. } => continue,
            Role::Elements | Role::Updates | Role::Items => {
                let kind = |m: &Mention| in_place::misuse(found, m, output);
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
