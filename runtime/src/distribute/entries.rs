//! The calls of an expansion, by who may run the body and who has the items.

use std::vec;

use super::way::{ByEachRank, ByMaster};
use super::{LoopRun, looked_at};
use crate::base::thread_context;
use crate::base::wire::Transport;
use crate::engine;
use crate::loop_parts::captures::Captures;
use crate::loop_parts::gather::{Arguments, Filled, Output, Owned, folded};
use crate::loop_parts::items::{Chunk, ItemSource, MasterItems};
use crate::loop_parts::options::Options;
use crate::loop_parts::sharing::{Settings, SharedBody};
use crate::process::crew::Alone;
use crate::process::world::World;

/// What is captured, with what iterations read of the outputs.
fn and_of<O: Output>(
    outputs: &mut O,
    captures: impl FnOnce(&mut Captures),
) -> impl FnOnce(&mut Captures) {
    |all| {
        captures(all);
        outputs.tell(all);
    }
}

/// What is told of variables before the loop can change them, where ranks compare it.
#[must_use]
pub fn told(tell: impl FnOnce(&mut Captures)) -> Captures {
    if thread_context::in_body() {
        return Captures::default();
    }
    looked_at(&World::current(), tell)
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
    source: S,
    body: F,
    mut outputs: O,
    captures: impl FnOnce(&mut Captures),
) where
    Q: Settings,
    S: ItemSource + Send,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part> + SharedBody<Q::Answers>,
{
    let options = settings.options();
    let captures = and_of(&mut outputs, captures);
    let Some(run) = LoopRun::capturing(&options, captures) else {
        return engine::run_sequentially(source, &body, &mut outputs);
    };
    let halt = run.pooled(&options, ByEachRank(source), &body, &mut outputs);
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
    let options = settings.options();
    let captures = and_of(&mut outputs, captures);
    let Some(run) = LoopRun::capturing(&options, captures) else {
        return engine::run_sequentially(source, &body, &mut outputs);
    };
    let halt = run.pooled(&options, ByMaster(source), &body, &mut outputs);
    debug_assert!(halt.is_none(), "this body can't leave its loop");
}

/// As [`distribute`], with statements that change `targets` on this thread, in the order of the items: `replay` runs one
/// of them, with what `body` has put into its part. The last argument is the literal `0`: see [`Owned`].
//
// The closure that replays comes after the body, which says what its arguments are.
///
/// # Panics
/// As [`distribute`], and as a statement panics.
#[expect(clippy::too_many_arguments, reason = "the entries of an expansion")]
#[track_caller]
pub fn distribute_replaying<Q, S, O, T, E, F, Literal, Kind>(
    settings: Q,
    source: S,
    body: F,
    outputs: O,
    captures: impl FnOnce(&mut Captures),
    mut targets: T,
    replay: impl Fn(&mut T, E),
    _: Literal,
) where
    Q: Settings,
    S: ItemSource + Send,
    O: Output,
    E: Owned<Literal, Kind> + Transport,
    F: Fn(Chunk<S::Iter>, (O::Part, Arguments<E>)) -> Filled<(O::Part, Arguments<E>)>
        + SharedBody<Q::Answers>,
{
    let outputs = (outputs, folded(&mut targets, replay));
    distribute(settings, source, body, outputs, captures);
}

/// As [`distribute_unshared`] and [`distribute_replaying`].
///
/// # Panics
/// As these.
#[expect(clippy::too_many_arguments, reason = "the entries of an expansion")]
#[track_caller]
pub fn distribute_unshared_replaying<S, O, T, E, F, Literal, Kind>(
    options: Options,
    source: S,
    body: F,
    outputs: O,
    captures: impl FnOnce(&mut Captures),
    mut targets: T,
    replay: impl Fn(&mut T, E),
    _: Literal,
) where
    S: ItemSource,
    O: Output,
    E: Owned<Literal, Kind> + Transport,
    F: Fn(Chunk<S::Iter>, (O::Part, Arguments<E>)) -> Filled<(O::Part, Arguments<E>)>,
{
    let outputs = (outputs, folded(&mut targets, replay));
    distribute_unshared(options, source, body, outputs, captures);
}

/// As [`distribute_from_master`] and [`distribute_replaying`].
///
/// # Panics
/// As these.
#[expect(clippy::too_many_arguments, reason = "the entries of an expansion")]
#[track_caller]
pub fn distribute_from_master_replaying<Q, I, O, T, E, F, Literal, Kind>(
    settings: Q,
    source: MasterItems<I>,
    body: F,
    outputs: O,
    captures: impl FnOnce(&mut Captures),
    mut targets: T,
    replay: impl Fn(&mut T, E),
    _: Literal,
) where
    Q: Settings,
    I: Iterator<Item: Transport>,
    O: Output,
    E: Owned<Literal, Kind> + Transport,
    F: Fn(
            Chunk<vec::IntoIter<I::Item>>,
            (O::Part, Arguments<E>),
        ) -> Filled<(O::Part, Arguments<E>)>
        + SharedBody<Q::Answers>,
{
    let outputs = (outputs, folded(&mut targets, replay));
    distribute_from_master(settings, source, body, outputs, captures);
}
