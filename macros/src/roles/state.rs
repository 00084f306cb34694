//! Uses that may change what iterations share behind a shared reference: of captured variables, of what local
//! closures and the items bring with them, of statics. The type says whether they do (`expand/state` asks).
//!
//! Invariant: uses that are left out here only read, whatever the type. Locks that are used as caches are
//! left to a lint (`effects`).

use crate::model::{Output, Place, State, Static, Usage};
use crate::walk::LoopSummary;
use proc_macro2::Ident;

/// Methods that only read atomics, locks, cells and lists of them, or open a lock, which `guards` judges.
const READS: [&str; 15] = [
    "borrow",
    "borrow_mut",
    "get",
    "is_completed",
    "is_empty",
    "is_poisoned",
    "len",
    "load",
    "lock",
    "read",
    "try_borrow_mut",
    "try_lock",
    "try_read",
    "try_write",
    "write",
];

/// The questions to the types of a loop; `own` are the variables of which each rank may have its own.
pub(crate) fn state(summary: &LoopSummary, outputs: &[Output], own: &[Ident]) -> State {
    let is_asked = |place: &Place| {
        !own.contains(&place.root)
            && !summary.is_empty(&place.root)
            && !outputs.iter().any(|o| o.place.overlaps(place))
    };
    let asked = |places: &[Place]| {
        let mut asked: Vec<Place> = Vec::new();
        for place in places.iter().filter(|place| is_asked(place)) {
            if !asked.contains(place) {
                asked.push(place.clone());
            }
        }
        asked
    };
    let misused = summary
        .variables()
        .filter(|m| summary.head.misused.contains(&m.place.root))
        .map(|m| m.place.clone());
    let renamed = summary
        .head
        .changed
        .variables
        .iter()
        .filter(|place| summary.variables().any(|m| m.place.root == place.root));
    let renamed = renamed.cloned();
    let used: Vec<Place> = summary
        .variables()
        .filter(|m| !reads(&m.usage))
        .map(|m| m.place.clone())
        .chain(misused)
        .chain(renamed)
        .collect();
    // Each chunk has scratch of its own.
    let is_scratch = |place: &Place| summary.scratch.iter().any(|it| it.name == place.root);
    let passed = summary
        .body
        .passed
        .iter()
        .filter(|place| !is_scratch(place));
    let shared: Vec<Place> = passed.cloned().collect();
    let is_own = |of: &Static| {
        of.path
            .segments
            .last()
            .is_some_and(|s| own.contains(&s.ident))
    };
    let statics = summary.body.statics.iter().cloned().map(|path| Static {
        path,
        fields: Vec::new(),
    });
    let statics = statics.chain(summary.head.changed.statics.iter().cloned());
    let mut asked_statics: Vec<Static> = Vec::new();
    for of in statics.filter(|of| !is_own(of)) {
        if !asked_statics.contains(&of) {
            asked_statics.push(of);
        }
    }
    let by_closures = summary.by_closures.body.iter();
    let by_closures = by_closures.filter(|(_, place)| is_asked(place));
    let is_lent = |root: &Ident| {
        outputs.iter().any(|output| output.place.root == *root)
            || summary.scratch.iter().any(|it| it.name == *root)
    };
    let mut inside = summary.head.changed.inside.clone();
    inside.retain(|(root, _)| !own.contains(root) && !is_lent(root));
    State {
        of_items: summary.head.changed.of_items.clone(),
        inside: inside.into_iter().map(|(_, inside)| inside).collect(),
        used: asked(&used),
        by_closures: by_closures.cloned().collect(),
        by_items: asked(&summary.by_closures.items),
        passed: asked(&shared),
        statics: asked_statics,
    }
}

/// Whether the loop uses a variable, or a static, of that name.
pub(crate) fn is_used(summary: &LoopSummary, name: &Ident) -> bool {
    let mut captured = summary.captured.iter();
    let mut mentioned = summary.body.mentions.iter();
    let mut by_items = summary.by_closures.items.iter();
    let mut by_closures = summary.by_closures.body.iter();
    let renamed = summary.head.changed.statics.iter().map(|of| &of.path);
    let statics = summary.body.statics.iter().chain(renamed);
    let mut statics = statics.filter_map(|path| path.segments.last());
    captured.any(|captured| *name == captured.name)
        || mentioned.any(|mention| mention.place.root == *name)
        || by_items.any(|place| place.root == *name)
        || by_closures.any(|(_, place)| place.root == *name)
        || statics.any(|segment| segment.ident == *name)
        || summary.body.assigned.contains(name)
}

fn reads(usage: &Usage) -> bool {
    match usage {
        Usage::Method { name, .. }
        | Usage::ElementMethod(name)
        | Usage::Channel(name)
        | Usage::Append { method: name, .. } => READS.contains(&&**name),
        // Judged by the use behind the lock, or refused for itself.
        Usage::FormatString(_)
        | Usage::BehindGuard(_)
        | Usage::Step(_)
        | Usage::Choice
        | Usage::Reversed { .. }
        | Usage::AssignPart(_)
        | Usage::AssignElement { .. }
        | Usage::ChangeInMacro(_) => true,
        _ => false,
    }
}
