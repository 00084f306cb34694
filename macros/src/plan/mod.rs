//! From the syntax tree of the function to the model: walk, choose the loops, ask for the roles of their
//! variables and for broken rules. Errors about the choice of the loops are reported here; `check` judges
//! the rest.

mod choice;
mod make;
mod nest;
mod outputs;

use crate::diagnostics::{Errors, arguments, scratch as messages};
use crate::model::{Denied, Gather, Leave, LoopId, Plan};
use crate::options::{Args, Reduce};
use crate::roles::{scratch, state};
use crate::rules::{check, lints, reduce_option};
use crate::walk::{self, LoopSummary};
use choice::Choice;
pub(crate) use nest::collapsed;
use std::collections::HashMap;
use syn::ItemFn;

/// The loops of the function that are distributed, and what has to happen around them. Where it is not
/// said which are meant, those that break a rule are not. `gone_before` is the statement before which the
/// last loop stood that is gone by its condition: then there may be no other.
pub(crate) fn plan(
    function: &ItemFn,
    defaults: &Args,
    gone_before: Option<usize>,
    errors: &mut Errors,
) -> Plan {
    let mut summaries = walk::walk(function);
    summaries.iter_mut().for_each(scratch::proven);
    let parse = |summary: &LoopSummary| {
        let options = summary.head.marks.iter().map(|mark| mark.options.clone());
        (summary.head.id, Args::parse(options, errors))
    };
    let options: HashMap<LoopId, Args> = summaries.iter().map(parse).collect();
    let reduces = |id: LoopId| -> Vec<Reduce> {
        let own = options[&id].reduce.iter();
        own.chain(&defaults.reduce).cloned().collect()
    };
    let is_sound = |summary: &LoopSummary| {
        let mut never_private = Vec::new();
        let gather = (Gather::All, None);
        let own = &options[&summary.head.id];
        let (made, _) = make::made(
            function,
            summary.clone(),
            (own, defaults),
            gather,
            &mut never_private,
        );
        let mut alone = [made];
        lints::lints(function, &mut alone, true);
        alone.iter().all(check::stands_up)
    };
    let is_local = |summary: &LoopSummary| {
        let own = options[&summary.head.id].local;
        own.or(defaults.local).is_some()
    };
    let choice = Choice {
        is_local: &is_local,
        reduces: &reduces,
        is_sound: &is_sound,
        may_be_none: gone_before.is_some(),
    };
    let summaries = choice::choose(function, summaries, &choice, errors);
    reduce_option::check_defaults(&summaries, &defaults.reduce, errors);
    // A program's has no parameters, and of modules the compiler knows.
    let is_main = function.sig.ident == "main" && function.sig.inputs.is_empty();
    let last = summaries.last().map(|summary| summary.head.id);
    // Without its loop, all of `main` that would follow it is the master's.
    let gone_before = gone_before.filter(|_| is_main && summaries.is_empty());
    let mut leave = gone_before.map(|statement| Leave {
        by_default: true,
        after_loop: None,
        before_statement: Some(statement),
    });
    let mut loops = Vec::new();
    let mut lints = Vec::new();
    let mut never_private = defaults.private.clone();
    let mut never_per_rank = defaults.per_rank.clone();
    for summary in summaries {
        let own = &options[&summary.head.id];
        never_per_rank.retain(|name| !state::is_used(&summary, name));
        let unused = own
            .per_rank
            .iter()
            .filter(|name| !state::is_used(&summary, name));
        unused.for_each(|name| errors.push(arguments::not_per_rank(name)));
        let wanted = own.gather.or(defaults.gather);
        let (gather, denied) = gather(
            &summary,
            last == Some(summary.head.id),
            wanted.map(|w| w.value),
            is_main,
        );
        let only_master_goes_on =
            gather != Gather::All || (is_main && wanted.is_none() && last == Some(summary.head.id));
        if only_master_goes_on {
            leave = Some(Leave {
                by_default: wanted.is_none(),
                ..leave_after(function, &summary, gather)
            });
        }
        // A default of the function is meant for the loop that can have it.
        let said_here = own
            .gather
            .or(wanted.filter(|_| denied == Some(Denied::InsideLoop)));
        let gather = (gather, said_here.map(|given| given.span).zip(denied));
        let (made, of_the_loop) = make::made(
            function,
            summary,
            (own, defaults),
            gather,
            &mut never_private,
        );
        loops.push(made);
        lints.extend(of_the_loop);
    }
    for name in &never_private {
        errors.push(messages::not_captured(name));
    }
    for name in &never_per_rank {
        errors.push(arguments::not_per_rank(name));
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
    summary: &LoopSummary,
    is_last: bool,
    wanted: Option<Gather>,
    is_main: bool,
) -> (Gather, Option<Denied>) {
    let hindrance = match (is_last, summary.head.in_loop) {
        (_, true) => Some(Denied::InsideLoop),
        (false, false) => Some(Denied::NotLast),
        (true, false) => None,
    };
    let by_default = is_main && hindrance.is_none();
    let master = wanted.map_or(by_default, |wanted| wanted == Gather::Master);
    match hindrance.filter(|_| master) {
        None if master && wanted.is_none() => (Gather::OfMain, None),
        None if master => (Gather::Master, None),
        hindrance => (Gather::All, hindrance),
    }
}

/// A loop inside a branch is left inside and after the branch, so that the rest of the function is
/// the master's whether or not the branch was taken. Inside another loop there are more rounds to
/// come, which need every rank.
fn leave_after(function: &ItemFn, summary: &LoopSummary, gather: Gather) -> Leave {
    let has_tail = summary.head.statement + 1 < function.block.stmts.len();
    Leave {
        by_default: false,
        after_loop: (gather != Gather::All).then_some(summary.head.id),
        before_statement: (!summary.head.is_statement && has_tail)
            .then_some(summary.head.statement + 1),
    }
}
