//! Changes of captured variables that are no outputs. Each would be made on one rank only, in a
//! copy that nobody reads.

use crate::model::{
    By, Form, Mention, OuterWrite, Output, Place, Step, Unreduced, Usage, WriteKind,
};
use crate::syntax::methods::{self, is_generator, lends_an_element};
use crate::syntax::sources::Items;
use crate::walk::LoopSummary;
use proc_macro2::{Ident, Span};

/// Every change of a place that is no output, and of the items.
pub(crate) fn outer_writes(summary: &LoopSummary, outputs: &[Output]) -> Vec<OuterWrite> {
    let is_known = |place: &Place| outputs.iter().any(|output| output.place.overlaps(place));
    let others: Vec<&Mention> = summary
        .body
        .mentions
        .iter()
        .filter(|m| !is_known(&m.place))
        .collect();
    let writes = others.iter().filter_map(|mention| {
        let same = others.iter().filter(|m| m.place.overlaps(&mention.place));
        let same: Vec<&Mention> = same.copied().collect();
        Some(OuterWrite {
            place: mention.place.clone(),
            span: mention.span,
            kind: kind(mention, &same, summary.head.index.as_ref())?,
        })
    });
    writes.chain(mutable_items(summary)).collect()
}

/// Those of a loop that is distributed. Changes that are refused by their name alone are for the types to decide, unless
/// the loop would do nothing else; and each rank may have its `own`.
pub(crate) fn judged(summary: &LoopSummary, outputs: &[Output], own: &[Ident]) -> Vec<OuterWrite> {
    let mut writes = outer_writes(summary, outputs);
    let has_effect = !outputs.is_empty() || !summary.body.exits.is_empty();
    writes.retain(|write| match write.kind {
        WriteKind::Entry(_) => !has_effect,
        WriteKind::Atomic(_) => !own.contains(&write.place.root),
        _ => true,
    });
    writes
}

/// The fault of one mention, `same` being all of that place.
fn kind(mention: &Mention, same: &[&Mention], index: Option<&Ident>) -> Option<WriteKind> {
    let index = || index.map(Ident::to_string);
    Some(match &mention.usage {
        Usage::Step(step) => return wrong_step(mention, step, same),
        Usage::AssignPart(operator) if operator == Usage::UNPACKED => WriteKind::Unpacked,
        Usage::AssignPart(operator) if operator != "=" => {
            WriteKind::Unreduced(Unreduced::Operator(operator.clone()))
        }
        Usage::AssignPart(_) => WriteKind::Carried,
        Usage::Choice => WriteKind::Unreduced(Unreduced::Choice),
        Usage::Reversed { written, instead } => WriteKind::Unreduced(Unreduced::Reversed {
            written: written.clone(),
            instead: instead.clone(),
        }),
        Usage::ChangeInMacro(name) => WriteKind::Unreduced(Unreduced::InMacro(name.clone())),
        Usage::BorrowMut | Usage::BorrowElementMut if is_generator(&mention.place) => {
            WriteKind::LentGenerator
        }
        Usage::AssignElement { .. } | Usage::BorrowElementMut => {
            WriteKind::InPlace { own: index() }
        }
        Usage::BorrowMut => WriteKind::Lent,
        Usage::ElementMethod(method) if methods::APPENDS.contains(&&**method) => {
            WriteKind::Scatter {
                method: method.clone(),
                own: index(),
            }
        }
        Usage::Method { name, .. } if lends_an_element(name) => WriteKind::Entry(name.clone()),
        Usage::Method { name, .. } if methods::fetches(name) => WriteKind::Atomic(name.clone()),
        _ => return None,
    })
}

/// A step that is none of a reduction, because of what else happens to the variable.
fn wrong_step(mention: &Mention, step: &Step, same: &[&Mention]) -> Option<WriteKind> {
    let is_read = same.iter().any(|m| reads(m));
    let steps = same.iter().filter_map(|m| match &m.usage {
        Usage::Step(step) => Some((m.span, step)),
        _ => None,
    });
    let is_choice = same.iter().any(|m| m.usage == Usage::Choice);
    let is_folded = matches!(step, Step::By(By::Folded { .. }));
    let is_lent = matches!(
        step,
        Step::By(By::Folded {
            form: Form::Lent,
            ..
        })
    );
    Some(match step {
        Step::By(By::Last) if is_choice => return None,
        _ if is_lent && is_generator(&mention.place) => WriteKind::LentGenerator,
        _ if is_lent && is_read => WriteKind::Lent,
        Step::By(By::Last) if is_read => WriteKind::Carried,
        _ if is_folded && is_read => WriteKind::Carried,
        step if is_read => WriteKind::Unreduced(Unreduced::Counter(step.to_string())),
        Step::By(By::Folded { function, form }) => WriteKind::Unreduced(Unreduced::Foldable {
            how: called(&mention.place, function, *form),
            function: function.clone(),
        }),
        Step::Operator(operator) => WriteKind::Unreduced(Unreduced::Operator(operator.clone())),
        Step::By(_) => {
            let (first, of_first) = steps.min_by_key(|(span, _)| position(*span))?;
            if position(first) == position(mention.span) {
                return None;
            }
            WriteKind::Unreduced(Unreduced::Mixed {
                first: of_first.to_string(),
                this: step.to_string(),
            })
        }
    })
}

fn position(span: Span) -> (usize, usize) {
    (span.start().line, span.start().column)
}

/// `x = f(x, value)`
fn called(x: &Place, function: &str, form: Form) -> String {
    match form {
        Form::Assigned => format!("{x} = {function}({x}, ..)"),
        Form::AssignedMethod => format!("{x} = {x}.{function}(..)"),
        Form::Lent => format!("{function}(&mut {x}, ..)"),
        Form::Method => format!("{x}.{function}(..)"),
    }
}

fn reads(mention: &Mention) -> bool {
    !matches!(
        mention.usage,
        Usage::Step(_)
            | Usage::AssignPart(_)
            | Usage::Choice
            | Usage::Reversed { .. }
            | Usage::ChangeInMacro(_)
    )
}

/// Items that the loop changes in a form that can't be had.
fn mutable_items(summary: &LoopSummary) -> Option<OuterWrite> {
    let (span, kind) = match &summary.head.items {
        Items::Unknown { how, span } => (*span, WriteKind::MutableItems(how.clone())),
        Items::Mutable {
            repeatable: false, ..
        } if !summary.body.exits.is_empty() => {
            let how = "the head of this `for`".to_owned();
            (summary.head.span, WriteKind::MutableItems(how))
        }
        _ => return None,
    };
    Some(OuterWrite {
        place: Place {
            root: Ident::new("items", span),
            fields: Vec::new(),
        },
        span,
        kind,
    })
}
