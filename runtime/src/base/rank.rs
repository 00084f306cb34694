//! Ranks by number.

/// A rank's number, from 0; rank 0 is the master.
pub(crate) type Rank = usize;

/// The rank that has the outputs, prints and manages.
pub(crate) const MASTER: Rank = 0;
