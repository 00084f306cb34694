//! The outputs of a loop, which the code after it uses.

use super::doubts::is_doubtful;
use super::{in_place, reductions};
use crate::model::{Mention, Output, Place, Role, Usage};
use crate::options::Reduce;
use crate::walk::LoopSummary;

/// Everything that the loop makes: the collections it appends to, the arrays it updates in place
/// and the variables it reduces.
pub(crate) fn outputs(summary: &LoopSummary, reduces: &[Reduce]) -> Vec<Output> {
    let mut outputs = collections(summary, reduces);
    outputs.extend(in_place::updates(summary, &places(&outputs)));
    let known = places(&outputs);
    outputs.extend(reductions::reductions(summary, reduces, &known));
    if outputs.is_empty() && summary.body.exits.is_empty() {
        // Its effect on them is all that it can be meant for.
        return appended(summary, reduces, |_| true);
    }
    outputs
}

fn places(outputs: &[Output]) -> Vec<Place> {
    outputs.iter().map(|output| output.place.clone()).collect()
}

/// The places that the loop appends to, in the order of their first append.
pub(crate) fn collections(summary: &LoopSummary, reduces: &[Reduce]) -> Vec<Output> {
    appended(summary, reduces, |usage| !is_doubtful(usage))
}

/// Whether nothing happens to it in the body but pushes, one of which every iteration gets to.
fn is_pushed_once(summary: &LoopSummary, place: &Place) -> bool {
    let mentions = summary.body.mentions.iter();
    let mentions: Vec<&Mention> = mentions.filter(|m| m.place.overlaps(place)).collect();
    let is_push = |mention: &&Mention| {
        mention.place == *place
            && matches!(&mention.usage, Usage::Append { method, .. } if method == "push")
    };
    let mut pushed = summary.head.pushed.iter();
    mentions.iter().all(is_push)
        && !summary.body.bound.contains_key(&place.root.to_string())
        && pushed.any(|pushed| pushed.place == *place && pushed.calls == mentions.len())
}

fn appended(
    summary: &LoopSummary,
    reduces: &[Reduce],
    counts: impl Fn(&Usage) -> bool,
) -> Vec<Output> {
    let mut outputs: Vec<Output> = Vec::new();
    for mention in summary.body.mentions.iter().filter(|m| counts(&m.usage)) {
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
            Some(Role::Collection { keyed, .. }) => *keyed |= now_keyed,
            _ => outputs.push(Output {
                place: place.clone(),
                declared: mention.declared,
                role: Role::Collection {
                    keyed: now_keyed,
                    once: is_pushed_once(summary, place),
                    own: None,
                },
                window: None,
            }),
        }
    }
    outputs
}
