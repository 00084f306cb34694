//! The threads that run a loop's body on one rank.
//!
//! Invariant: [`Crew::work_beside`] returns when every thread has come back, also when it unwinds.

use std::sync::Arc;

use rayon::ThreadPool;

use crate::pools::Pools;

/// What each thread does.
pub(crate) trait Job {
    /// Does it, to the end.
    fn run(&self);
}

/// Runs a job on some threads while the present one does something else.
pub(crate) trait Crew<J> {
    /// How many threads beside the present one.
    fn threads(&self) -> usize;

    /// Runs `job` on each of the threads, and `main` on the present one.
    fn work_beside<R>(&self, job: &J, main: impl FnOnce() -> R) -> R;
}

/// Threads of a pool. A body that uses rayon itself stays in the same pool.
#[derive(Debug)]
pub(crate) struct Pooled {
    pool: Arc<ThreadPool>,
    threads: usize,
}

impl Pooled {
    /// So many threads.
    pub(crate) fn new(pools: &Pools, threads: usize) -> Self {
        Self {
            pool: pools.with(threads),
            threads,
        }
    }
}

impl<J: Job + Sync> Crew<J> for Pooled {
    fn threads(&self) -> usize {
        self.threads
    }

    fn work_beside<R>(&self, job: &J, main: impl FnOnce() -> R) -> R {
        self.pool.in_place_scope(|scope| {
            for _ in 0..self.threads {
                scope.spawn(|_| job.run());
            }
            main()
        })
    }
}

/// No threads: the present one runs the bodies between its other duties.
#[derive(Debug)]
pub(crate) struct Alone;

impl<J> Crew<J> for Alone {
    fn threads(&self) -> usize {
        0
    }

    fn work_beside<R>(&self, _job: &J, main: impl FnOnce() -> R) -> R {
        main()
    }
}
