//! The calls of an expansion for loops that the threads of one process run. Under a launcher every rank runs all of
//! such a loop by itself, as it does with code outside of loops.
//!
//! Invariant: nothing is asked of the outputs but that threads can send them to each other.

use super::LoopRun;
use super::entries::and_of;
use super::movers::Moves;
use super::way::ByThisRank;
use crate::engine;
use crate::loop_parts::captures::Captures;
use crate::loop_parts::gather::{Absorb, Filled, Local};
use crate::loop_parts::items::{Chunk, ItemSource, Moved};
use crate::loop_parts::options::Options;
use crate::loop_parts::sharing::{Settings, SharedBody};
use crate::process::crew::Alone;

/// The options of a loop on the threads of this process.
pub(super) fn kept(options: Options) -> Options {
    Options {
        local: Some(true),
        ..options
    }
}

/// As [`distribute`](super::distribute()), on all threads of this process.
///
/// # Panics
/// Panics when the body panics for some item, with the message for the lowest one.
#[track_caller]
pub fn distribute_locally<Q, S, O, F>(
    settings: Q,
    source: S,
    body: F,
    outputs: O,
    captures: impl FnOnce(&mut Captures),
) where
    Q: Settings,
    S: Moved<Mover: Moves<S>>,
    O: Absorb,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part> + SharedBody<Q::Answers>,
{
    let options = kept(settings.options());
    let mut outputs = Local(outputs);
    let body = |chunk: Chunk<S::Iter>, Local(part): Local<O::Part>| body(chunk, part).local();
    let captures = and_of(&mut outputs, captures);
    let Some(run) = LoopRun::capturing(&options, captures) else {
        return engine::run_sequentially(source, &body, &mut outputs);
    };
    let halt = S::Mover::here(&run, &options, source, &body, &mut outputs);
    debug_assert!(halt.is_none(), "this body can't leave its loop");
}

/// As [`distribute_locally`] on the present thread alone, so that the body may use what threads can't share.
///
/// # Panics
/// As [`distribute_locally`].
#[track_caller]
pub fn distribute_locally_unshared<S, O, F>(
    options: Options,
    source: S,
    body: F,
    outputs: O,
    captures: impl FnOnce(&mut Captures),
) where
    S: ItemSource,
    O: Absorb,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
{
    let options = kept(options);
    let mut outputs = Local(outputs);
    let body = |chunk: Chunk<S::Iter>, Local(part): Local<O::Part>| body(chunk, part).local();
    let captures = and_of(&mut outputs, captures);
    let Some(run) = LoopRun::capturing(&options, captures) else {
        return engine::run_sequentially(source, &body, &mut outputs);
    };
    let nobody = None::<&Alone>;
    let halt = run.run(&options, ByThisRank(source), &body, &mut outputs, nobody);
    debug_assert!(halt.is_none(), "this body can't leave its loop");
}
