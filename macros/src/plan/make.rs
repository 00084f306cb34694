//! What the walk knows of a loop, judged by everyone who has a part of the model to fill.

use crate::model::{Denied, Gather, ItemsFrom, Lint, Loop, Options, Schedule};
use crate::options::{Args, Reduce};
use crate::roles::{captures, doubts, outputs, scratch, state};
use crate::rules::{asserted, effects, misuses, writes};
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
    let compared = captures::compared(&found, &outputs, &per_rank);
    let lints = effects::lints(&found, &outputs, &per_rank);
    let mut misuses = misuses::misuses(&found, &outputs);
    let mut writes = writes::judged(&found, &outputs, &per_rank);
    let reduces = (&*own.reduce, &*defaults.reduce);
    asserted::check(&found, reduces, &outputs, &mut misuses, &mut writes);
    let made = Loop {
        id: found.head.id,
        span: found.head.span,
        code: found.head.code,
        options: options(&found, own, defaults, gather),
        denied_master,
        misuses,
        captures: captures::captures(function, &found, &outputs),
        ordered: captures::ordered(&found, &compared),
        listed: captures::listed(&found, &compared),
        compared,
        state: state::state(&found, &outputs, &per_rank),
        writes,
        effects: effects::judged(function, &found, &outputs, &per_rank),
        doubts: doubts::doubts(function, &found, &outputs),
        outputs,
        index: found.head.index,
        may_move: found.trace == Trace::Perhaps,
        exits: found.body.exits,
        returned: found.body.returned,
        scratch: found.scratch,
        scratch_mistakes,
    };
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
