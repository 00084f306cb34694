//! From the syntax tree of the function to the model. Only what needs a decision here is reported
//! here, which loops are meant; `check` judges the rest.

mod ahead;
mod aliases;
mod announced;
mod asserted;
mod branches;
mod captures;
mod changes;
mod closures;
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
mod guards;
mod heads;
mod in_place;
mod items;
mod iterating;
mod lints;
mod listed;
mod macros;
mod make;
mod making;
mod mentions;
mod opening;
mod order;
mod outputs;
mod places;
mod reductions;
mod returns;
mod scope;
mod scratch;
mod shared;
mod sources;
mod spelling;
mod state;
mod statics;
mod streams;
mod sums;
mod target;
mod unconditional;
mod walk;
mod writes;

pub(crate) use contributions::{Contribution, contribution};
pub(crate) use exits::returns_at_end;
pub(crate) use heads::Mark;
pub(crate) use macros::known_arguments;
pub(crate) use mentions::APPENDS;
pub(crate) use places::{element, pointee, whole};
pub(crate) use returns::is_failure;
pub(crate) use scope::names;
pub(crate) use sources::{Source, source};
pub(crate) use spelling::meant;
pub(crate) use unconditional::surely;

use crate::args::{Args, Reduce};
use crate::diagnostics::{Errors, arguments, scratch as messages};
use crate::model::{Denied, Gather, Leave, Loop, LoopId, Plan};
use find_loop::Choice;
use found::FoundLoop;
use std::collections::HashMap;
use syn::ItemFn;
use walk::Walker;

/// What the analysis is told by others.
pub(crate) struct Rules<'a> {
    /// Whether a loop keeps all rules: where it is not said which are meant, others are not.
    pub(crate) stands_up: &'a dyn Fn(&Loop) -> bool,
    /// The statement before which the last loop stood that is gone by its condition: then there may
    /// be no other.
    pub(crate) gone_before: Option<usize>,
}

/// The loops of the function that are distributed, and what has to happen around them.
pub(crate) fn analyze(
    function: &ItemFn,
    defaults: &Args,
    rules: &Rules<'_>,
    errors: &mut Errors,
) -> Plan {
    let found = Walker::walk(function);
    let parse = |found: &FoundLoop| {
        let options = found.marks.iter().map(|mark| mark.options.clone());
        (found.id, Args::parse(options, errors))
    };
    let options: HashMap<LoopId, Args> = found.iter().map(parse).collect();
    let reduces = |id: LoopId| -> Vec<Reduce> {
        let own = options[&id].reduce.iter();
        own.chain(&defaults.reduce).cloned().collect()
    };
    let is_sound = |found: &FoundLoop| {
        let mut never_private = Vec::new();
        let gather = (Gather::All, None);
        let own = &options[&found.id];
        let (made, _) = make::made(
            function,
            found.clone(),
            (own, defaults),
            gather,
            &mut never_private,
        );
        let mut alone = [made];
        lints::lints(function, &mut alone, true);
        alone.iter().all(rules.stands_up)
    };
    let choice = Choice {
        reduces: &reduces,
        is_sound: &is_sound,
        may_be_none: rules.gone_before.is_some(),
    };
    let found = find_loop::choose(function, found, &choice, errors);
    asserted::check_defaults(&found, &defaults.reduce, errors);
    // A program's has no parameters, and of modules the compiler knows.
    let is_main = function.sig.ident == "main" && function.sig.inputs.is_empty();
    let last = found.last().map(|found| found.id);
    // Without its loop, all of `main` that would follow it is the master's.
    let gone_before = rules.gone_before.filter(|_| is_main && found.is_empty());
    let mut leave = gone_before.map(|statement| Leave {
        by_default: true,
        after_loop: None,
        before_statement: Some(statement),
    });
    let mut loops = Vec::new();
    let mut lints = Vec::new();
    let mut never_private = defaults.private.clone();
    let mut never_per_rank = defaults.per_rank.clone();
    for found in found {
        let own = &options[&found.id];
        never_per_rank.retain(|name| !state::is_used(&found, name));
        let unused = own
            .per_rank
            .iter()
            .filter(|name| !state::is_used(&found, name));
        unused.for_each(|name| errors.push(arguments::not_per_rank(name)));
        let wanted = own.gather.or(defaults.gather);
        let (gather, denied) = gather(
            &found,
            last == Some(found.id),
            wanted.map(|w| w.value),
            is_main,
        );
        let only_master_goes_on =
            gather != Gather::All || (is_main && wanted.is_none() && last == Some(found.id));
        if only_master_goes_on {
            leave = Some(Leave {
                by_default: wanted.is_none(),
                ..leave_after(function, &found, gather)
            });
        }
        // A default of the function is meant for the loop that can have it.
        let said_here = own
            .gather
            .or(wanted.filter(|_| denied == Some(Denied::InsideLoop)));
        let gather = (gather, said_here.map(|given| given.span).zip(denied));
        let (made, of_the_loop) =
            make::made(function, found, (own, defaults), gather, &mut never_private);
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
        None if master && wanted.is_none() => (Gather::OfMain, None),
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
        by_default: false,
        after_loop: (gather != Gather::All).then_some(found.id),
        before_statement: (!found.is_statement && has_tail).then_some(found.statement + 1),
    }
}
