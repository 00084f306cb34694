//! What the walk knows of a loop, judged by everyone who has a part of the model to fill.

use crate::model::{Denied, Gather, ItemsFrom, Lint, Loop, Options, Place, Schedule, WriteKind};
use crate::options::{Args, Reduce};
use crate::roles::{captures, doubts, outputs, scratch, state};
use crate::rules::{asserted, effects, writes};
use crate::walk::{FoundLoop, Trace};
use proc_macro2::{Ident, Span};
use syn::ItemFn;

/// The loop with its own options and those of the function, and what may be wrong with it. The
/// variables that are private to it are taken off the list.
pub(super) fn made(
    function: &ItemFn,
    mut found: FoundLoop,
    (own, defaults): (&Args, &Args),
    (gather, denied_master): (Gather, Option<(Span, Denied)>),
    never_private: &mut Vec<Ident>,
) -> (Loop, Vec<Lint>) {
    let scratch_mistakes = scratch::all(&mut found, &own.private, defaults, never_private);
    let reduces: Vec<Reduce> = own.reduce.iter().chain(&defaults.reduce).cloned().collect();
    let outputs = outputs::outputs(&found, &reduces);
    let per_rank: Vec<Ident> = own
        .per_rank
        .iter()
        .chain(&defaults.per_rank)
        .cloned()
        .collect();
    let lints = effects::lints(&found, &outputs, &per_rank);
    let mut made = Loop {
        id: found.head.id,
        span: found.head.span,
        options: options(&found, own, defaults, gather),
        denied_master,
        misuses: outputs::misuses(&found, &outputs),
        captures: captures::captures(function, &found, &outputs),
        compared: captures::compared(&found, &outputs, &per_rank),
        state: state::state(&found, &outputs, &per_rank),
        writes: writes::outer_writes(&found, &outputs),
        effects: effects::effects(function, &found, &outputs, &per_rank),
        doubts: doubts::doubts(function, &found, &outputs),
        outputs,
        index: found.head.index.clone(),
        may_move: found.trace == Trace::Perhaps,
        exits: Vec::new(),
        returned: Vec::new(),
        scratch: Vec::new(),
        scratch_mistakes,
    };
    doubts::settle(&found, &mut made);
    let is_own = |place: &Place| per_rank.contains(&place.root);
    made.writes
        .retain(|write| !matches!(write.kind, WriteKind::Atomic(_)) || !is_own(&write.place));
    asserted::check(&found, &own.reduce, &defaults.reduce, &mut made);
    made.exits = found.body.exits;
    made.returned = found.body.returned;
    made.scratch = found.scratch;
    (made, lints)
}

fn options(found: &FoundLoop, own: &Args, defaults: &Args, gather: Gather) -> Options {
    let schedule = own.schedule.or(defaults.schedule);
    let threads = own.threads.or(defaults.threads).map(|given| given.value);
    // The thread that has the lock of a stream is the only one that can print.
    let threads = if found.head.held_stream.is_some() {
        Some(1)
    } else {
        threads
    };
    let items = own.items.or(defaults.items);
    Options {
        gather,
        schedule: schedule.map_or(Schedule::Managed { chunk: None }, |given| given.value),
        threads,
        items: items.map_or(ItemsFrom::All, |given| given.value),
    }
}
