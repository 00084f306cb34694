//! One loop of the plan: the summary of the walk, judged by all roles and rules.

use super::outputs;
use crate::model::{
    Declared, Denied, Gather, ItemsFrom, Lint, Loop, Options, OuterWrite, Output, Place, Role,
    Schedule, WriteKind,
};
use crate::options::{Args, Reduce};
use crate::roles::{arithmetic, captures, doubts, replayed, scratch, state};
use crate::rules::{effects, misuses, reduce_option, splits, writes};
use crate::walk::LoopSummary;
use proc_macro2::{Ident, Span};
use syn::ItemFn;

/// The loop with its own options and those of the function, and what may be wrong with it. The
/// variables that are private to it are taken off the list.
pub(super) fn made(
    function: &ItemFn,
    mut summary: LoopSummary,
    (own, defaults): (&Args, &Args),
    (gather, denied_master): (Gather, Option<(Span, Denied)>),
    never_private: &mut Vec<Ident>,
) -> (Loop, Vec<Lint>) {
    let scratch_mistakes = scratch::all(&mut summary, &own.private, defaults, never_private);
    let reduces: Vec<Reduce> = own.reduce.iter().chain(&defaults.reduce).cloned().collect();
    let options = options(&summary, own, defaults, gather);
    let mut outputs = outputs::outputs(function, &summary, &reduces);
    // What an iteration has changed is not undone in these loops.
    let moves_items = options.local && summary.body.exits.is_empty() && !options.goes_on();
    if moves_items {
        // Each iteration has its items to itself, whatever they are a part of.
        outputs.retain(|output| output.role != Role::Items);
    }
    let per_rank: Vec<Ident> = own
        .per_rank
        .iter()
        .chain(&defaults.per_rank)
        .cloned()
        .collect();
    let compared = captures::compared(&summary, &outputs, &per_rank);
    let lints = effects::lints(&summary, &outputs, &per_rank);
    let written = replayed::written(&summary, &outputs, &reduces);
    let is_everywhere = options.gather == Gather::All && !options.local;
    let mut misuses = misuses::misuses(&summary, &outputs);
    misuses.extend(misuses::beside_leaving(&summary, &outputs));
    let mut writes = writes::judged(&summary, &outputs, &per_rank);
    let reduces = (&*own.reduce, &*defaults.reduce);
    reduce_option::check(&summary, reduces, &outputs, &mut misuses, &mut writes);
    let are_changed = |write: &OuterWrite| matches!(write.kind, WriteKind::MutableItems(_));
    if moves_items {
        writes.retain(|write| !are_changed(write));
    } else if options.items == ItemsFrom::All && writes.iter().any(are_changed) {
        writes.retain(|write| !are_changed(write));
        outputs.retain(|output| output.role != Role::Items);
        outputs.push(changed_items());
    }
    let effects_of_body = effects::judged(function, &summary, &outputs, &per_rank);
    let is_sound_else = effects_of_body.is_empty() && scratch_mistakes.is_empty();
    let split = is_sound_else
        .then(|| splits::split(function, &summary, &outputs, &misuses, &writes))
        .flatten();
    let made = Loop {
        id: summary.head.id,
        span: summary.head.span,
        code: summary.head.code,
        arithmetic: arithmetic::arithmetic(&summary, &outputs, &options, &per_rank),
        options,
        denied_master,
        misuses,
        captures: captures::captures(function, &summary, &outputs),
        ordered: captures::ordered(&summary, &compared),
        listed: captures::listed(&summary, &compared),
        compared,
        state: state::state(&summary, &outputs, &per_rank),
        writes,
        effects: effects_of_body,
        doubts: doubts::doubts(function, &summary, &outputs),
        outputs,
        locals: locals(&summary),
        written: if is_everywhere { written } else { Vec::new() },
        index: summary.head.index,
        prints_alone: summary.body.prints_alone,
        items_have_effects: summary.items_have_effects,
        exits: summary.body.exits,
        ends: summary.body.ends,
        scratch: summary.scratch,
        scratch_mistakes,
        split,
    };
    (made, lints)
}

/// What is behind items that are changed in a form that does not tell which elements of which array they are.
fn changed_items() -> Output {
    Output {
        place: Place {
            root: Ident::new("items", Span::mixed_site()),
            fields: Vec::new(),
        },
        declared: Declared::Owned,
        role: Role::ChangedItems,
        window: None,
    }
}

/// The names that mean something of the iteration's, or of the chunk's.
fn locals(summary: &LoopSummary) -> Vec<String> {
    let bound = summary.body.bound.keys().cloned();
    let scratch = summary.scratch.iter();
    let mut locals: Vec<String> = bound.chain(scratch.map(|s| s.name.to_string())).collect();
    locals.sort();
    locals
}

fn options(summary: &LoopSummary, own: &Args, defaults: &Args, gather: Gather) -> Options {
    let schedule = own.schedule.or(defaults.schedule);
    let threads = own.threads.or(defaults.threads).map(|given| given.value);
    // The thread that has the lock of a stream is the only one that can print.
    let threads = if summary.head.held_stream.is_some() {
        Some(1)
    } else {
        threads
    };
    let items = own.items.or(defaults.items);
    let checkpoint = own.checkpoint.as_ref().or(defaults.checkpoint.as_ref());
    let progress = own.progress.as_ref().or(defaults.progress.as_ref());
    Options {
        gather,
        schedule: schedule.map_or(Schedule::Managed { chunk: None }, |given| given.value),
        threads,
        items: items.map_or(ItemsFrom::All, |given| given.value),
        local: own.local.or(defaults.local).is_some(),
        on_error: own.on_error.or(defaults.on_error).map(|given| given.value),
        checkpoint: checkpoint.map(|given| given.value.clone()),
        progress: progress.map(|given| given.value.clone()),
        collapse: own.collapse.or(defaults.collapse).is_some(),
    }
}
