//! The desk of a rank that asks the master for its chunks: the master's orders fill it.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::Stumble;
use super::desk::{Assignment, Desk, take};
use crate::items::{Limit, Source};
use crate::panicking::Report;
use crate::protocol::message::Halt;
use crate::wire::Encoded;

/// A desk that the master's orders fill.
#[derive(Debug)]
pub(crate) struct QueueDesk<S> {
    inner: Mutex<Queue<S>>,
    bell: Condvar,
    limit: Limit,
}

#[derive(Debug)]
struct Queue<S> {
    orders: VecDeque<(Range<u64>, Option<Encoded>)>,
    closed: bool,
    source: S,
}

impl<S: Source> QueueDesk<S> {
    pub(crate) fn new(source: S) -> Self {
        Self {
            inner: Mutex::new(Queue {
                orders: VecDeque::new(),
                closed: false,
                source,
            }),
            bell: Condvar::new(),
            limit: Limit::none(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue<S>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An order has come. The iterations before `settled` are finished.
    pub(crate) fn push(&self, chunk: Range<u64>, shipped: Option<Encoded>, settled: u64) {
        let mut queue = self.lock();
        queue.orders.push_back((chunk, shipped));
        queue.source.release(settled);
        self.bell.notify_one();
    }
}

impl<S: Source> Desk for QueueDesk<S> {
    type Iter = S::Iter;

    fn next(&self, wait: bool) -> Option<Assignment<S::Iter>> {
        let mut queue = self.lock();
        while wait && queue.orders.is_empty() && !queue.closed {
            queue = self
                .bell
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
        }
        if queue.closed {
            return None;
        }
        let (chunk, shipped) = queue.orders.pop_front()?;
        let source = &mut queue.source;
        let items = match shipped {
            None => take(chunk.start, || source.take(chunk.clone(), true)),
            Some(shipped) => source.unpack(&shipped).map_err(|message| Stumble {
                iteration: chunk.start,
                report: Report {
                    message,
                    location: None,
                    backtrace: None,
                },
            }),
        };
        Some((chunk, items))
    }

    fn finish(&self, _chunk: &Range<u64>, _nanos: u64) {}

    fn stop_at(&self, halt: Halt) {
        self.until(halt.iteration);
    }

    fn until(&self, iteration: u64) {
        self.limit.lower(iteration);
    }

    fn limit(&self) -> &Limit {
        &self.limit
    }

    fn close(&self) {
        self.lock().closed = true;
        self.bell.notify_all();
    }
}
