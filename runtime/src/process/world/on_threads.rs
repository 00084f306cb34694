//! Ranks that are threads of this process, for tests.

use std::rc::Rc;

use super::{CURRENT, World};
use crate::base::rank::Rank;
use crate::observe::Observers;
use crate::process::environment::Environment;
use crate::transport::fabric::Fabric;
use crate::transport::fabric::threads::{self, Threads, Weather};

/// From now on the present thread's world is that of this fabric.
pub(crate) fn enter(fabric: Box<dyn Fabric>, threads: usize) {
    let (environment, nobody) = (Environment::default(), Observers::default());
    enter_with(fabric, threads, &environment, nobody);
}

fn enter_with(
    fabric: Box<dyn Fabric>,
    threads: usize,
    environment: &Environment,
    observers: Observers,
) {
    let mut world = World::new(fabric, threads, environment, observers);
    world.record().unwrap_or_else(|words| panic!("{words}"));
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
    let enter = |fabric| enter(Box::new(fabric), threads);
    run(size, weather, enter, program)
}

/// The same where the variables of each rank say this.
pub(crate) fn run_with<R: Send>(
    environment: &Environment,
    size: usize,
    threads: usize,
    weather: Weather,
    program: impl Fn() -> R + Sync,
) -> Vec<std::thread::Result<R>> {
    let nobody = Observers::default;
    let enter = |fabric| enter_with(Box::new(fabric), threads, environment, nobody());
    run(size, weather, enter, program)
}

/// The same where somebody looks on at each rank.
pub(crate) fn run_observed<R: Send>(
    observers: impl Fn(Rank) -> Observers + Sync,
    size: usize,
    threads: usize,
    weather: Weather,
    program: impl Fn() -> R + Sync,
) -> Vec<std::thread::Result<R>> {
    let environment = Environment::default();
    let enter = |fabric: Threads| {
        let observers = observers(fabric.rank());
        enter_with(Box::new(fabric), threads, &environment, observers);
    };
    run(size, weather, enter, program)
}

fn run<R: Send>(
    size: usize,
    weather: Weather,
    enter: impl Fn(Threads) + Sync,
    program: impl Fn() -> R + Sync,
) -> Vec<std::thread::Result<R>> {
    std::thread::scope(|scope| {
        let (enter, program) = (&enter, &program);
        let handles: Vec<_> = threads::world(size, weather)
            .into_iter()
            .map(|fabric| {
                scope.spawn(move || {
                    enter(fabric);
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
