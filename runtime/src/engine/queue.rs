//! The desk of a rank that asks the master for its chunks: the master's orders fill it.

use std::ops::Range;

use super::Stumble;
use super::desk::{Assignment, exhaust, take};
use super::tray::{Open, Tray};
use crate::base::panicking::Report;
use crate::base::wire::Encoded;
use crate::loop_parts::items::{Ahead, Limit, Source};

/// A chunk, its items where only the master has them, and before which iteration all are finished.
type OrderedChunk = (Range<u64>, Option<Encoded>, u64);

/// A desk that the master's orders fill.
pub(crate) type QueueDesk<S> = Tray<OrderedChunk, S>;

impl<S: Source> QueueDesk<S> {
    pub(crate) fn new(source: S) -> Self {
        Self::with(source, Limit::none())
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

impl<S: Source> Open<OrderedChunk> for S {
    type Iter = S::Iter;

    fn open(&mut self, (chunk, shipped, settled): OrderedChunk) -> Assignment<S::Iter> {
        let items = match shipped {
            None => take(chunk.start, || {
                self.release(settled);
                self.take(chunk.clone(), true, &Ahead::all())
            }),
            Some(shipped) => self.unpack(&shipped).map_err(|message| Stumble {
                iteration: chunk.start,
                report: Report {
                    message,
                    location: None,
                    backtrace: None,
                },
            }),
        };
        (chunk, items)
    }
}
