//! Uses of captured variables whose names suggest a change, or that may be one: `x.entry(..)`,
//! `x.set(..);`, `f(x)`. A name proves nothing, so none of them is refused here: `expand` asks the
//! types.
//!
//! Invariant: of variables that the walk can't tell from others of their name, nothing is asked.

use super::replayed::is_setter;
use crate::model::{Declared, Doubt, DoubtKind, Doubtful, Mention, Output, Usage};
use crate::syntax::declarations::{is_mutable, lent_parameter};
use crate::syntax::methods::{DRAWS, WRITES, is_generator, lends_an_element};
use crate::walk::LoopSummary;
use syn::ItemFn;

/// The doubtful uses of places that are no outputs, each way of using one once.
pub(crate) fn doubts(function: &ItemFn, summary: &LoopSummary, outputs: &[Output]) -> Vec<Doubt> {
    let mut doubts: Vec<Doubt> = Vec::new();
    for mention in &summary.body.mentions {
        let place = &mention.place;
        let is_known = mention.declared != Declared::Unknown
            && parameter(function, mention) != Some(false)
            && !summary.body.bound.contains_key(&place.root.to_string())
            && !outputs.iter().any(|output| output.place.overlaps(place));
        let is_set = is_set(summary, mention);
        let Some((usage, kind)) = doubt(function, mention, is_set).filter(|_| is_known) else {
            continue;
        };
        if !doubts.iter().any(|d| d.place == *place && d.usage == usage) {
            doubts.push(Doubt {
                place: place.clone(),
                usage,
                kind,
            });
        }
    }
    doubts
}

/// Of a reference that is a parameter, and no other variable of its name: whether it is `&mut`.
fn parameter(function: &ItemFn, mention: &Mention) -> Option<bool> {
    lent_parameter(function, &mention.place).filter(|_| mention.declared.is_reference())
}

/// A statement that could be run elsewhere calls a method to change it: `x.set(e)?;`
fn is_set(summary: &LoopSummary, mention: &Mention) -> bool {
    let mut sites = summary.body.sites.iter();
    let site = sites.find(|(number, _)| mention.site == Some(*number));
    site.is_some_and(|(_, site)| site.targets.contains(&mention.place))
}

fn doubt(function: &ItemFn, mention: &Mention, is_set: bool) -> Option<(Doubtful, DoubtKind)> {
    let place = &mention.place;
    let (method, kind) = match &mention.usage {
        Usage::Append { method, .. } if is_doubtful(&mention.usage) => {
            (method, DoubtKind::AppendValue)
        }
        Usage::Method { name, statement } => {
            let may_change = statement.is_some() || is_set || is_setter(name);
            let changes = may_change && is_mutable(function, place);
            let kind = match &**name {
                method if method.ends_with("entry") => DoubtKind::Entry,
                "into_mut" | "as_mut" => return None,
                method if lends_an_element(method) => DoubtKind::Elements,
                method if is_generator(place) && DRAWS.contains(&method) => DoubtKind::Draw,
                "next" if is_generator(place) => DoubtKind::Draw,
                method if ADVANCES.contains(&method) => DoubtKind::Advance,
                method if WRITES.contains(&method) => DoubtKind::Write,
                _ if changes => DoubtKind::Change,
                _ => return None,
            };
            (name, kind)
        }
        Usage::Value if place.fields.is_empty() && parameter(function, mention) == Some(true) => {
            return Some((Doubtful::Argument, DoubtKind::Lend));
        }
        _ => return None,
    };
    Some((Doubtful::Receiver(method.clone()), kind))
}

/// What readers and iterators are asked for.
const ADVANCES: [&str; 9] = [
    "next",
    "next_back",
    "next_if",
    "next_line",
    "nth",
    "peek",
    "read_line",
    "read_to_end",
    "read_to_string",
];

/// An append whose value is used, where those of the standard library have none, or one that
/// depends on earlier iterations.
pub(crate) fn is_doubtful(usage: &Usage) -> bool {
    match usage {
        Usage::Append {
            method,
            dropped,
            used,
            ..
        } => *used || (method == "insert" && !dropped),
        _ => false,
    }
}
