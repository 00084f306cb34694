//! The chunks of a rank that asks the master for them.

use std::ops::Range;

use super::queue::{ChunkQueue, Open};
use super::{Assignment, exhaust, take};
use crate::base::panicking::PanicReport;
use crate::base::wire::Encoded;
use crate::loop_parts::items::{ItemSource, Limit, Panic, Prefetch};

/// A chunk, its items where only the master has them, and before which iteration all are finished.
type OrderedChunk = (Range<u64>, Option<Encoded>, u64);

/// Chunks that the master's orders bring.
pub(crate) type OrderedChunks<S> = ChunkQueue<OrderedChunk, S>;

impl<S: ItemSource> OrderedChunks<S> {
    pub(crate) fn new(source: S) -> Self {
        Self::with(source, Limit::shared())
    }

    /// An order has come. The iterations before `settled` are finished.
    pub(crate) fn push(&self, chunk: Range<u64>, shipped: Option<Encoded>, settled: u64) {
        self.add((chunk, shipped, settled));
    }

    /// The loop has run to its end.
    pub(crate) fn exhaust(&self) {
        exhaust(&mut *self.opener());
    }
}

impl<S: ItemSource> Open<OrderedChunk> for S {
    type Iter = S::Iter;

    fn open(&mut self, entry: OrderedChunk) -> Assignment<S::Iter> {
        open(self, entry)
    }
}

/// The items of a chunk that was ordered.
pub(in crate::engine) fn open<S: ItemSource>(
    source: &mut S,
    (chunk, shipped, settled): OrderedChunk,
) -> Assignment<S::Iter> {
    let items = match shipped {
        None => take(chunk.start, || {
            source.release(settled);
            source.take(chunk.clone(), true, &Prefetch::all())
        }),
        Some(shipped) => source.unpack(&shipped).map_err(|message| Panic {
            iteration: chunk.start,
            report: Box::new(PanicReport {
                message,
                location: None,
                backtrace: None,
            }),
        }),
    };
    (chunk, items)
}
