//! What the loop makes for the code after it.

use super::doubts::is_doubtful;
use super::{in_place, reductions};
use crate::model::{Output, Place, Role, Usage};
use crate::options::Reduce;
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
