//! The calls of an expansion, by who may run the body and who has the items.

use std::vec;

use super::movers::Moves;
use super::way::{ByEachRank, ByMaster};
use super::{LoopRun, looked_at};
use crate::base::rank::TRAVELS;
use crate::base::thread_context;
use crate::base::wire::Transport;
use crate::engine;
use crate::loop_parts::captures::Captures;
use crate::loop_parts::gather::{Absorb, Filled, Output};
use crate::loop_parts::items::{Chunk, ItemSource, MasterItems, Moved};
use crate::loop_parts::options::Options;
use crate::loop_parts::sharing::{Settings, SharedBody};
use crate::process::crew::Alone;
use crate::process::world::World;

/// What is captured, with what iterations read of the outputs.
pub(super) fn and_of<O: Absorb>(
    outputs: &mut O,
    captures: impl FnOnce(&mut Captures),
) -> impl FnOnce(&mut Captures) {
    |all| {
        captures(all);
        outputs.tell(all);
    }
}

/// What is told of variables before the loop can change them, where somebody compares it.
#[must_use]
pub fn told(tell: impl FnOnce(&mut Captures)) -> Captures {
    told_before(false, tell)
}

/// The same of a loop that names the folder in which it is kept.
#[must_use]
pub fn told_kept(tell: impl FnOnce(&mut Captures)) -> Captures {
    told_before(true, tell)
}

fn told_before(names_folder: bool, tell: impl FnOnce(&mut Captures)) -> Captures {
    if thread_context::in_body() {
        return Captures::default();
    }
    let world = World::current();
    let recorded = TRAVELS && world.may_record(names_folder);
    looked_at(&world, world.link(), recorded, tell)
}

/// Runs `body` for all items, on all threads of all ranks, and adds what it filled to `outputs` in
/// the order of the items.
///
/// # Panics
/// Panics on every rank when the body panics for some item, with the message for the lowest one,
/// or when the ranks disagree on the loop or its items.
#[track_caller]
pub fn distribute<Q, S, O, F>(
    settings: Q,
    mut source: S,
    body: F,
    mut outputs: O,
    captures: impl FnOnce(&mut Captures),
) where
    Q: Settings,
    S: Moved<Mover: Moves<S>>,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part> + SharedBody<Q::Answers>,
{
    let options = settings.options();
    let captures = and_of(&mut outputs, captures);
    let Some(mut run) = LoopRun::capturing(&options, captures) else {
        return engine::run_sequentially(source, &body, &mut outputs);
    };
    if run.is_arithmetic(&options) {
        run.alike = source.samples();
    }
    let halt = S::Mover::on_all_ranks(&run, &options, source, &body, &mut outputs);
    debug_assert!(halt.is_none(), "this body can't leave its loop");
}

/// As [`distribute`] on one thread of each rank, so that the body may use what threads can't
/// share. The master of several ranks only manages.
///
/// # Panics
/// As [`distribute`].
#[track_caller]
pub fn distribute_unshared<S, O, F>(
    options: Options,
    source: S,
    body: F,
    mut outputs: O,
    captures: impl FnOnce(&mut Captures),
) where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
{
    let captures = and_of(&mut outputs, captures);
    let Some(run) = LoopRun::capturing(&options, captures) else {
        return engine::run_sequentially(source, &body, &mut outputs);
    };
    let halt = run.run(
        &options,
        ByEachRank(source),
        &body,
        &mut outputs,
        Some(&Alone),
    );
    debug_assert!(halt.is_none(), "this body can't leave its loop");
}

/// The options of a loop whose items the master alone has: the other ranks can't run it by themselves, whatever the
/// environment says.
pub(super) fn from_master(options: Options) -> Options {
    Options {
        local: Some(false),
        ..options
    }
}

/// As [`distribute`], with items that the master's main thread alone iterates over.
///
/// # Panics
/// As [`distribute`], and when serde can't write or read an item.
#[track_caller]
pub fn distribute_from_master<Q, I, O, F>(
    settings: Q,
    source: MasterItems<I>,
    body: F,
    mut outputs: O,
    captures: impl FnOnce(&mut Captures),
) where
    Q: Settings,
    I: Iterator<Item: Transport>,
    O: Output,
    F: Fn(Chunk<vec::IntoIter<I::Item>>, O::Part) -> Filled<O::Part> + SharedBody<Q::Answers>,
{
    let options = from_master(settings.options());
    let captures = and_of(&mut outputs, captures);
    let Some(run) = LoopRun::capturing(&options, captures) else {
        return engine::run_sequentially(source, &body, &mut outputs);
    };
    let halt = run.pooled(&options, ByMaster(source), &body, &mut outputs);
    debug_assert!(halt.is_none(), "this body can't leave its loop");
}
