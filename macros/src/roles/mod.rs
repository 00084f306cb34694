//! The role of each variable in a loop: an output, a reduction, an array that is updated in place, scratch, a
//! capture, shared state.

pub(crate) mod arithmetic;
pub(crate) mod captures;
pub(crate) mod doubts;
mod in_place;
pub(crate) mod outputs;
pub(crate) mod own_method;
mod reductions;
pub(crate) mod replayed;
pub(crate) mod scratch;
pub(crate) mod state;
