//! What the walk knows of a loop, judged by everyone who has a part of the model to fill.

use super::found::FoundLoop;
use super::{ahead, asserted, doubts, effects, order, outputs, scratch, shared, state, writes};
use crate::args::{Args, Reduce};
use crate::model::{Denied, Gather, ItemsFrom, Lint, Loop, Options, Place, Schedule, WriteKind};
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
    let compared = shared::compared(&found, &outputs, &per_rank);
    let lints = effects::lints(&found, &outputs, &per_rank);
    let mut made = Loop {
        id: found.id,
        span: found.span,
        options: options(&found, own, defaults, gather),
        denied_master,
        misuses: outputs::misuses(&found, &outputs),
        captures: shared::captures(function, &found, &outputs),
        ordered: order::ordered(&found, &compared),
        listed: order::listed(&found, &compared),
        compared,
        state: state::state(&found, &outputs, &per_rank),
        writes: writes::outer_writes(&found, &outputs),
        effects: effects::effects(function, &found, &outputs, &per_rank),
        doubts: doubts::doubts(function, &found, &outputs),
        outputs,
        index: found.index.clone(),
        may_move: found.trace == ahead::Trace::Perhaps,
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
    made.exits = found.exits;
    made.returned = found.returned;
    made.scratch = found.scratch;
    (made, lints)
}

fn options(found: &FoundLoop, own: &Args, defaults: &Args, gather: Gather) -> Options {
    let schedule = own.schedule.or(defaults.schedule);
    let threads = own.threads.or(defaults.threads).map(|given| given.value);
    // The thread that has the lock of a stream is the only one that can print.
    let threads = if found.held_stream.is_some() {
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
