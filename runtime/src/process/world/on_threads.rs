//! Ranks that are threads of this process, for tests.

use std::rc::Rc;

use super::{CURRENT, World};
use crate::base::rank::Rank;
use crate::observe::Observers;
use crate::transport::fabric::Fabric;
use crate::transport::fabric::threads::{self, Weather};

/// From now on the present thread's world is that of this fabric.
pub(crate) fn enter(fabric: Box<dyn Fabric>, threads: usize) {
    enter_observed(fabric, threads, Observers::default());
}

fn enter_observed(fabric: Box<dyn Fabric>, threads: usize, observers: Observers) {
    CURRENT.set(Some(Rc::new(World::new(fabric, threads, observers))));
}

/// Runs `program` on `size` ranks that are threads of this process, with `threads` compute threads
/// each; what each returned, or its panic.
pub(crate) fn run_on_threads<R: Send>(
    size: usize,
    threads: usize,
    weather: Weather,
    program: impl Fn() -> R + Sync,
) -> Vec<std::thread::Result<R>> {
    run_observed(size, threads, weather, |_| Observers::default(), program)
}

/// The same, where somebody looks on at each rank.
pub(crate) fn run_observed<R: Send>(
    size: usize,
    threads: usize,
    weather: Weather,
    observers: impl Fn(Rank) -> Observers,
    program: impl Fn() -> R + Sync,
) -> Vec<std::thread::Result<R>> {
    std::thread::scope(|scope| {
        let program = &program;
        let handles: Vec<_> = threads::world(size, weather)
            .into_iter()
            .map(|fabric| {
                let observers = observers(fabric.rank());
                scope.spawn(move || {
                    enter_observed(Box::new(fabric), threads, observers);
                    program()
                })
            })
            .collect();
        handles
            .into_iter()
            .map(std::thread::ScopedJoinHandle::join)
            .collect()
    })
}
