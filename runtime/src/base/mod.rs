//! What everything stands on: numbers of ranks, values as bytes, panics, waiting.
//!
//! Invariant: nothing here knows of loops, messages or other ranks.

pub(crate) mod aligned;
pub(crate) mod clock;
pub(crate) mod error;
pub(crate) mod faithful;
pub(crate) mod fallible;
pub(crate) mod fingerprint;
pub(crate) mod hashed;
pub(crate) mod interned;
pub(crate) mod lock;
pub(crate) mod panicking;
pub(crate) mod phrases;
pub(crate) mod plain;
pub(crate) mod program;
pub(crate) mod rank;
pub(crate) mod raw;
pub(crate) mod recycled;
pub(crate) mod shared;
pub(crate) mod slots;
pub(crate) mod stderr;
pub(crate) mod text;
pub(crate) mod thread_context;
pub(crate) mod type_level;
pub(crate) mod usage;
pub(crate) mod wait;
pub(crate) mod whereabouts;
pub(crate) mod wire;
