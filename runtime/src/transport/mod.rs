//! Messages between ranks: from the library that carries them up to collective steps, and which of
//! them a receive is for.
//!
//! Invariant: every wait hears of refusals and departures.

pub(crate) mod collectives;
pub(crate) mod fabric;
pub(crate) mod link;
pub(crate) mod mailbox;
pub(crate) mod matching;
