//! What users call themselves: messages and collective calls, pools, results to write into.

pub mod collection;
pub(crate) mod communicator;
pub(crate) mod dispatch;
pub(crate) mod map;
pub mod operation;
pub(crate) mod prints;
#[cfg(feature = "random")]
pub(crate) mod random;
pub(crate) mod ranks;
pub(crate) mod skipped;
pub(crate) mod split;
pub(crate) mod topology;
