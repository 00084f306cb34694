//! What the master gives another rank that asks.

use std::ops::Range;
use std::time::Duration;

use crate::base::rank::Rank;
use crate::base::wire::Encoded;
use crate::loop_parts::items::Panic;
use crate::loop_parts::schedule::Reserve;

/// What came of granting a wish: nothing, if there was none.
#[derive(Debug, Default)]
pub(crate) struct Granted {
    pub(crate) grant: Option<Grant>,
    /// The user's iterator panicked, behind the chunk.
    pub(crate) panic: Option<Panic>,
}

/// A chunk for another rank.
#[derive(Debug)]
pub(crate) struct Grant {
    pub(crate) rank: Rank,
    pub(crate) chunk: Range<u64>,
    /// The chunk's items, where only the master has them.
    pub(crate) shipped: Option<Encoded>,
    /// What each of the rank's threads should hold in reserve.
    pub(crate) reserve: Option<Reserve>,
    /// For how long the wish was known.
    pub(crate) waited: Option<Duration>,
    /// The iterations before this one are finished.
    pub(crate) settled: u64,
}
