//! Chunks whose items the main thread brings: for iterators that must not leave it.

use std::marker::PhantomData;

use super::queue::{ChunkQueue, Open};
use super::{Assignment, ChunkSource, Managed};
use crate::engine::tray::Done;
use crate::loop_parts::items::Limit;
use crate::protocol::message::Outcome;

/// See the module.
pub(crate) type FedChunks<I> = ChunkQueue<Assignment<I>, AsBrought<I>>;

/// There is nothing to open.
#[derive(Debug)]
pub(crate) struct AsBrought<I>(PhantomData<fn() -> I>);

impl<I> Open<Assignment<I>> for AsBrought<I> {
    type Iter = I;

    fn open(&mut self, assignment: Assignment<I>) -> Assignment<I> {
        assignment
    }
}

impl<I> FedChunks<I> {
    /// `limit` is the one that the managed chunks lower.
    pub(crate) fn new(limit: Limit) -> Self {
        Self::with(AsBrought(PhantomData), limit)
    }

    pub(in crate::engine) fn push(&self, assignment: Assignment<I>) {
        self.add(assignment);
    }

    /// Brings the next of these chunks, if there is one.
    pub(in crate::engine) fn bring(&self, chunks: &impl ChunkSource<Iter = I>) -> bool {
        let Some(assignment) = chunks.next(false) else {
            return false;
        };
        self.push(assignment);
        true
    }
}

/// Keeps a [`FedChunks`] supplied.
pub(in crate::engine) struct Feeder<'a> {
    /// Brings a chunk, if there is one.
    bring: &'a dyn Fn() -> bool,
    threads: usize,
    in_hand: usize,
}

impl<'a> Feeder<'a> {
    pub(in crate::engine) fn new(bring: &'a dyn Fn() -> bool, threads: usize) -> Self {
        Self {
            bring,
            threads: threads.max(1),
            in_hand: 0,
        }
    }

    /// Brings a chunk for each thread that has none, and one in `reserve`; whether any was brought.
    pub(in crate::engine) fn supply(&mut self, reserve: bool) -> bool {
        let target = self.threads * if reserve { 2 } else { 1 };
        let before = self.in_hand;
        while self.in_hand < target && (self.bring)() {
            self.in_hand += 1;
        }
        self.in_hand > before
    }

    /// Tells the manager what a thread has done with chunks that were brought to it.
    pub(in crate::engine) fn settle(&mut self, chunks: &dyn Managed, done: &Done) {
        self.in_hand -= done.finished.chunks.len();
        if let Outcome::Halted { halt, .. } = &done.finished.outcome {
            chunks.stop_at(halt.clone());
        }
        for chunk in &done.finished.chunks {
            match &done.finished.outcome {
                Outcome::Failed(halt) => chunks.fail(chunk, halt.clone()),
                _ => chunks.finish(chunk, done.finished.cost.nanos),
            }
        }
    }
}
