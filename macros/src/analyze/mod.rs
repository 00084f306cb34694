//! From the syntax tree of the function to the model. Only what needs a decision here is reported
//! here, which loops are meant; `check` judges the rest.

mod ahead;
mod asserted;
mod captures;
mod changes;
mod comparisons;
mod contributions;
mod definitions;
mod doubts;
mod effects;
mod exits;
mod files;
mod find_loop;
mod formats;
mod found;
mod heads;
mod in_place;
mod items;
mod lints;
mod macros;
mod making;
mod mentions;
mod outputs;
mod places;
mod reductions;
mod returns;
mod scope;
mod scratch;
mod shared;
mod sources;
mod unconditional;
mod walk;
mod writes;

pub(crate) use contributions::{Contribution, contribution};
pub(crate) use exits::returns_at_end;
pub(crate) use heads::Mark;
pub(crate) use macros::has_arguments;
pub(crate) use mentions::APPENDS;
pub(crate) use places::{element, pointee, whole};
pub(crate) use returns::is_failure;
pub(crate) use sources::{Source, source};
pub(crate) use unconditional::surely;

use crate::args::{Args, Reduce};
use crate::diagnostics::{Errors, scratch as messages};
use crate::model::{Denied, Gather, ItemsFrom, Leave, Loop, LoopId, Options, Plan, Schedule};
use found::FoundLoop;
use syn::ItemFn;
use walk::Walker;

/// The loops of the function that are distributed, and what has to happen around them.
pub(crate) fn analyze(function: &ItemFn, defaults: &Args, errors: &mut Errors) -> Plan {
    let found = Walker::walk(function);
    let options: Vec<Args> = found
        .iter()
        .map(|found| Args::parse(found.marks.iter().map(|mark| mark.options.clone()), errors))
        .collect();
    let reduces = |id: LoopId| -> Vec<Reduce> {
        let own = options[id.0].reduce.iter();
        own.chain(&defaults.reduce).cloned().collect()
    };
    let found = find_loop::choose(function, found, &reduces, errors);
    asserted::check_defaults(&found, &defaults.reduce, errors);
    let is_main = function.sig.ident == "main" && function.sig.receiver().is_none();
    let last = found.last().map(|found| found.id);
    let mut leave = None;
    let mut loops = Vec::new();
    let mut lints = Vec::new();
    let mut never_private = defaults.private.clone();
    for mut found in found {
        let own = &options[found.id.0];
        let scratch_mistakes = scratch::all(&mut found, &own.private, defaults, &mut never_private);
        let wanted = own.gather.or(defaults.gather);
        let (gather, denied) = gather(
            &found,
            last == Some(found.id),
            wanted.map(|w| w.value),
            is_main,
        );
        let only_master_goes_on =
            gather == Gather::Master || (is_main && wanted.is_none() && last == Some(found.id));
        if only_master_goes_on {
            leave = Some(leave_after(function, &found, gather));
        }
        // A default of the function is meant for the loop that can have it.
        let said_here = own
            .gather
            .or(wanted.filter(|_| denied == Some(Denied::InsideLoop)));
        let outputs = outputs::outputs(&found, &reduces(found.id));
        lints.extend(effects::lints(&found, &outputs));
        let mut made = Loop {
            id: found.id,
            span: found.span,
            options: loop_options(own, defaults, gather),
            denied_master: said_here.map(|given| given.span).zip(denied),
            misuses: outputs::misuses(&found, &outputs),
            captures: shared::captures(function, &found, &outputs),
            writes: writes::outer_writes(&found, &outputs),
            effects: effects::effects(function, &found, &outputs),
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
        asserted::check(&found, &own.reduce, &defaults.reduce, &mut made);
        made.exits = found.exits;
        made.returned = found.returned;
        made.scratch = found.scratch;
        loops.push(made);
    }
    for name in &never_private {
        errors.push(messages::not_captured(name));
    }
    lints.extend(lints::lints(function, &mut loops, leave.is_some()));
    Plan {
        loops,
        is_main,
        leave,
        lints,
    }
}

/// Where the outputs go, and why not where the user wants them.
fn gather(
    found: &FoundLoop,
    is_last: bool,
    wanted: Option<Gather>,
    is_main: bool,
) -> (Gather, Option<Denied>) {
    let hindrance = match (is_last, found.in_loop) {
        (_, true) => Some(Denied::InsideLoop),
        (false, false) => Some(Denied::NotLast),
        (true, false) => None,
    };
    let by_default = is_main && hindrance.is_none();
    let master = wanted.map_or(by_default, |wanted| wanted == Gather::Master);
    match hindrance.filter(|_| master) {
        None if master => (Gather::Master, None),
        hindrance => (Gather::All, hindrance),
    }
}

/// A loop inside a branch is left inside and after the branch, so that the rest of the function is
/// the master's whether or not the branch was taken. Inside another loop there are more rounds to
/// come, which need every rank.
fn leave_after(function: &ItemFn, found: &FoundLoop, gather: Gather) -> Leave {
    let has_tail = found.statement + 1 < function.block.stmts.len();
    Leave {
        after_loop: (gather == Gather::Master).then_some(found.id),
        after_statement: (!found.is_statement && has_tail).then_some(found.statement),
    }
}

fn loop_options(own: &Args, defaults: &Args, gather: Gather) -> Options {
    let schedule = own.schedule.or(defaults.schedule);
    let threads = own.threads.or(defaults.threads);
    let items = own.items.or(defaults.items);
    Options {
        gather,
        schedule: schedule.map_or(Schedule::Managed { chunk: None }, |given| given.value),
        threads: threads.map(|given| given.value),
        items: items.map_or(ItemsFrom::All, |given| given.value),
    }
}
