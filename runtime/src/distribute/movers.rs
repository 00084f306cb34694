//! Loops by who moves their iterator.
//!
//! Invariant: what the calling thread moves is never lent to another one. The compiler sees to that: here nothing is
//! asked of such an iterator but that its items can be sent.

#![expect(
    private_interfaces,
    reason = "expansions name these traits' bounds, and call none of their functions"
)]

use super::LoopRun;
use super::way::{ByEachCaller, ByEachRank, ByThisCaller, ByThisRank};
use crate::loop_parts::gather::{Filled, Output};
use crate::loop_parts::items::{AnyThread, CallingThread, Chunk, ItemSource};
use crate::loop_parts::options::Options;
use crate::protocol::message::Halt;

/// The movers of items from such a source, on all threads of a rank.
pub trait Moves<S: ItemSource> {
    /// Runs a loop on all threads of all ranks. Returns the iteration that left it, if one did.
    fn on_all_ranks<O, F>(
        run: &LoopRun,
        options: &Options,
        source: S,
        body: &F,
        outputs: &mut O,
    ) -> Option<Halt>
    where
        O: Output,
        F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part> + Sync;

    /// The same on all threads of this process.
    fn here<O, F>(
        run: &LoopRun,
        options: &Options,
        source: S,
        body: &F,
        outputs: &mut O,
    ) -> Option<Halt>
    where
        O: Output,
        F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part> + Sync;
}

macro_rules! moves {
    ($mover:ident, [$($bounds:tt)+], $each:ident, $this:ident) => {
        impl<S: $($bounds)+> Moves<S> for $mover {
            fn on_all_ranks<O, F>(
                run: &LoopRun,
                options: &Options,
                source: S,
                body: &F,
                outputs: &mut O,
            ) -> Option<Halt>
            where
                O: Output,
                F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part> + Sync,
            {
                run.pooled(options, $each(source), body, outputs)
            }

            fn here<O, F>(
                run: &LoopRun,
                options: &Options,
                source: S,
                body: &F,
                outputs: &mut O,
            ) -> Option<Halt>
            where
                O: Output,
                F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part> + Sync,
            {
                run.pooled(options, $this(source), body, outputs)
            }
        }
    };
}

moves!(AnyThread, [ItemSource + Send], ByEachRank, ByThisRank);
moves!(
    CallingThread,
    [ItemSource<Iter: Send>],
    ByEachCaller,
    ByThisCaller
);
