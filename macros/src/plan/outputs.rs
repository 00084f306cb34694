//! The outputs of a loop: each variable in the role that fits best, and where none does, as one whose changes run in the
//! order of the items.

use crate::model::{Output, Place};
use crate::options::Reduce;
use crate::roles::{outputs, replayed};
use crate::rules::{misuses, writes};
use crate::syntax::declarations::is_mutable;
use crate::walk::LoopSummary;
use syn::ItemFn;

/// All outputs of a loop; `reduces` are the user's words about them.
pub(super) fn outputs(function: &ItemFn, summary: &LoopSummary, reduces: &[Reduce]) -> Vec<Output> {
    let outputs = outputs::outputs(summary, reduces);
    let faulty = faulty(function, summary, &outputs);
    replayed::instead(summary, outputs, &faulty, reduces)
}

/// The places that the loop uses in a way that their roles don't have.
fn faulty(function: &ItemFn, summary: &LoopSummary, outputs: &[Output]) -> Vec<Place> {
    let misused = misuses::misuses(summary, outputs).into_iter();
    let written = writes::outer_writes(summary, outputs).into_iter();
    let is_output = |place: &Place| outputs.iter().any(|output| output.place == *place);
    let calls = summary.body.sites.iter().flat_map(|(_, site)| &site.calls);
    let called = calls.map(|call| call.target.clone());
    let called = called.filter(|place| is_mutable(function, place) && !is_output(place));
    misused
        .map(|misuse| misuse.output)
        .chain(written.map(|write| write.place))
        .chain(called)
        .collect()
}
