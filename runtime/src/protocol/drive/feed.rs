//! A desk whose items the main thread brings: for iterators that must not leave it.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::desk::{Assignment, Desk};
use crate::items::Limit;
use crate::protocol::message::Halt;

/// See the module.
#[derive(Debug)]
pub(crate) struct FeedDesk<I> {
    queue: Mutex<Queue<I>>,
    bell: Condvar,
    limit: Limit,
}

#[derive(Debug)]
struct Queue<I> {
    assignments: VecDeque<Assignment<I>>,
    closed: bool,
}

impl<I> FeedDesk<I> {
    /// `limit` is the one that the manager's desk lowers.
    pub(crate) fn new(limit: Limit) -> Self {
        let queue = Queue {
            assignments: VecDeque::new(),
            closed: false,
        };
        Self {
            queue: Mutex::new(queue),
            bell: Condvar::new(),
            limit,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue<I>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, assignment: Assignment<I>) {
        self.lock().assignments.push_back(assignment);
        self.bell.notify_one();
    }
}

impl<I> Desk for FeedDesk<I> {
    type Iter = I;

    fn next(&self, wait: bool) -> Option<Assignment<I>> {
        let mut queue = self.lock();
        while wait && queue.assignments.is_empty() && !queue.closed {
            queue = self
                .bell
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
        }
        if queue.closed {
            None
        } else {
            queue.assignments.pop_front()
        }
    }

    // The main thread tells the manager, which is not at this desk.
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

/// Keeps a [`FeedDesk`] supplied.
#[derive(Debug)]
pub(super) struct Feeder<'a, I> {
    desk: &'a FeedDesk<I>,
    threads: usize,
    in_hand: usize,
}

impl<'a, I> Feeder<'a, I> {
    pub(super) fn new(desk: &'a FeedDesk<I>, threads: usize) -> Self {
        Self {
            desk,
            threads: threads.max(1),
            in_hand: 0,
        }
    }

    /// Brings a chunk for each thread that has none, and one in `reserve`; whether any was brought.
    pub(super) fn supply(
        &mut self,
        reserve: bool,
        mut next: impl FnMut() -> Option<Assignment<I>>,
    ) -> bool {
        let target = self.threads * if reserve { 2 } else { 1 };
        let before = self.in_hand;
        while self.in_hand < target
            && let Some(assignment) = next()
        {
            self.desk.push(assignment);
            self.in_hand += 1;
        }
        self.in_hand > before
    }

    /// A thread has finished a chunk.
    pub(super) fn finish(&mut self) {
        self.in_hand -= 1;
    }
}
