//! One walk over the function: every loop, and every mention of a variable in it.

mod aliases;
mod announced;
mod branches;
mod calls;
mod captures;
mod changes;
mod closures;
mod definitions;
mod guards;
mod hidden;
mod mentions;
mod names;
mod open_loop;
mod opening;
mod order;
mod origins;
mod resets;
mod scope;
mod side_effects;
mod statics;
mod streams;
mod summary;
mod target;
mod visit;
mod walker;

pub(crate) use captures::Captured;
pub(crate) use resets::ResetKind;
pub(crate) use summary::LoopSummary;
pub(crate) use visit::walk;
