//! One walk over the function: every loop, and every mention of a variable in it.

mod ahead;
mod aliases;
mod announced;
mod branches;
mod calls;
mod captures;
mod changes;
mod closures;
mod definitions;
mod found;
mod guards;
mod hidden;
mod mentions;
mod open_loop;
mod opening;
mod order;
mod origins;
mod resets;
mod scope;
mod statics;
mod streams;
mod target;
mod visit;
mod walker;

pub(crate) use ahead::Trace;
pub(crate) use captures::Captured;
pub(crate) use found::FoundLoop;
pub(crate) use resets::ResetKind;
pub(crate) use visit::walk;
