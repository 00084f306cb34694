//! Loops in simulated time: the manager, the ranks that ask it, and messages that take long. Pure: nothing here takes the time
//! that it speaks of, so figures are exact.

mod run;
#[cfg(test)]
mod tests;
mod world;

pub(crate) use run::run;
pub(crate) use world::World;
