//! The threads that run a loop's body on one rank.
//!
//! Invariant: [`Crew::work_beside`] returns when every thread that began has come back, also when it
//! unwinds.
//! The threads belong to the thread that reaches the loop, run nothing but its loops, and wait for
//! nobody else's: so loops of two threads, and whatever a body starts, can't block each other.

mod lend;
mod mates;
mod stack;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::base::thread_context::Identity;
use mates::Mate;

/// What each thread does.
pub(crate) trait Job {
    /// Does it, to the end.
    fn run(&self);

    /// The threads beside the present one are not likely to come.
    fn expect_nobody(&self) {}
}

/// The threads that run jobs, beside the present one.
pub(crate) trait Crew {
    /// How many.
    fn threads(&self) -> usize;
}

/// Runs a job on some threads while the present one does something else.
pub(crate) trait Runs<J>: Crew {
    /// Runs `job` on each of the threads that comes to it while the present one runs `main`: a thread
    /// that wakes late is not waited for, and none is woken that has nothing to do.
    fn work_beside(&self, job: &J, main: &mut dyn FnMut());
}

/// Threads of the present one's own.
#[derive(Debug)]
pub(crate) struct Threads {
    identity: Arc<Identity>,
    count: usize,
    _at_work: AtWork,
}

impl Threads {
    /// So many, which belong to this rank; `None` where already `most` crews of this process, if that
    /// is said, are at work.
    pub(crate) fn new(
        identity: &Arc<Identity>,
        threads: usize,
        most: Option<usize>,
    ) -> Option<Self> {
        Some(Self {
            identity: Arc::clone(identity),
            count: threads,
            _at_work: AtWork::new(most)?,
        })
    }
}

impl Crew for Threads {
    fn threads(&self) -> usize {
        self.count
    }
}

impl<J: Job + Sync> Runs<J> for Threads {
    fn work_beside(&self, job: &J, main: &mut dyn FnMut()) {
        self.run(job, main);
    }
}

impl Threads {
    /// The same for jobs of all types.
    fn run(&self, job: &(dyn Job + Sync), main: &mut dyn FnMut()) {
        mates::with(&self.identity, self.count, |mates| {
            if mates.iter().all(Mate::is_held_up) {
                job.expect_nobody();
            }
            lend::lend(&|| job.run(), mates, main);
        });
    }
}

/// No threads: the present one runs the bodies between its other duties.
#[derive(Debug)]
pub(crate) struct Alone;

impl Crew for Alone {
    fn threads(&self) -> usize {
        0
    }
}

impl<J> Runs<J> for Alone {
    fn work_beside(&self, _job: &J, main: &mut dyn FnMut()) {
        main();
    }
}

/// The crews of this process that are at work.
static AT_WORK: AtomicUsize = AtomicUsize::new(0);

/// One of them.
#[derive(Debug)]
struct AtWork;

impl AtWork {
    fn new(most: Option<usize>) -> Option<Self> {
        let one_more = |now| (most.is_none_or(|most| now < most)).then_some(now + 1);
        AT_WORK
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more)
            .ok()
            .map(|_| Self)
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        AT_WORK.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests;
