//! This process among the others: how it was launched and set up, which ranks there are, its compute
//! threads, how it ends.

pub(crate) mod agreement;
pub(crate) mod cores;
pub(crate) mod crew;
pub(crate) mod environment;
pub(crate) mod interruption;
pub(crate) mod launcher;
pub(crate) mod lifecycle;
pub(crate) mod neighbours;
pub(crate) mod plan;
pub(crate) mod progress;
pub(crate) mod report;
pub(crate) mod skipped;
#[cfg(any(test, feature = "tracing"))]
mod spans;
pub(crate) mod timeline;
pub(crate) mod world;
