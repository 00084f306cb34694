//! Ranks that are threads of this process, for tests.

use std::rc::Rc;

use super::{CURRENT, World};
use crate::process::environment::Environment;
use crate::transport::fabric::Fabric;
use crate::transport::fabric::threads::{self, Weather};

/// From now on the present thread's world is that of this fabric.
pub(crate) fn enter(fabric: Box<dyn Fabric>, threads: usize) {
    enter_with(&Environment::default(), fabric, threads);
}

fn enter_with(environment: &Environment, fabric: Box<dyn Fabric>, threads: usize) {
    let world = World::new(fabric, threads, environment);
    CURRENT.set(Some(Rc::new(world)));
}

/// Runs `program` on `size` ranks that are threads of this process, with `threads` compute threads
/// each; what each returned, or its panic.
pub(crate) fn run_on_threads<R: Send>(
    size: usize,
    threads: usize,
    weather: Weather,
    program: impl Fn() -> R + Sync,
) -> Vec<std::thread::Result<R>> {
    run_with(&Environment::default(), size, threads, weather, program)
}

/// The same where the variables of each rank say this.
pub(crate) fn run_with<R: Send>(
    environment: &Environment,
    size: usize,
    threads: usize,
    weather: Weather,
    program: impl Fn() -> R + Sync,
) -> Vec<std::thread::Result<R>> {
    std::thread::scope(|scope| {
        let program = &program;
        let handles: Vec<_> = threads::world(size, weather)
            .into_iter()
            .map(|fabric| {
                scope.spawn(move || {
                    enter_with(environment, Box::new(fabric), threads);
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
