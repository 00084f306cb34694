//! The thread pools that run bodies: one for each number of threads that a loop has asked for.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::place::{Identity, become_compute_thread};

/// See the module.
#[derive(Debug)]
pub(crate) struct Pools {
    identity: Arc<Identity>,
    by_size: Mutex<BTreeMap<usize, Arc<ThreadPool>>>,
}

impl Pools {
    pub(crate) fn new(identity: Arc<Identity>) -> Self {
        Self {
            identity,
            by_size: Mutex::default(),
        }
    }

    /// The pools that all threads of a program without ranks share.
    pub(crate) fn of_this_process(identity: &Arc<Identity>) -> Arc<Self> {
        static POOLS: OnceLock<Arc<Pools>> = OnceLock::new();
        Arc::clone(POOLS.get_or_init(|| Arc::new(Self::new(Arc::clone(identity)))))
    }

    /// The pool with so many threads.
    pub(crate) fn with(&self, threads: usize) -> Arc<ThreadPool> {
        let mut by_size = self.by_size.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(by_size.entry(threads).or_insert_with(|| {
            let identity = Arc::clone(&self.identity);
            let pool = ThreadPoolBuilder::new()
                .num_threads(threads)
                .stack_size(stack_size())
                .thread_name(|index| format!("parallel-for {index}"))
                .start_handler(move |_| become_compute_thread(Arc::clone(&identity)))
                .build();
            Arc::new(pool.unwrap_or_else(|error| {
                panic!("{threads} compute threads can't be started: {error}")
            }))
        }))
    }
}

/// As much as the main thread has: a body that ran in the sequential loop must not overflow here.
fn stack_size() -> usize {
    const USUAL: usize = 8 << 20;
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let limit = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max stack size"));
    match limit.and_then(|limit| limit.split_whitespace().next()) {
        // Address space, not memory: only what is used is ever there.
        Some("unlimited") => 8 * USUAL,
        Some(bytes) => bytes.parse().map_or(USUAL, |bytes: usize| bytes.max(USUAL)),
        None => USUAL,
    }
}
