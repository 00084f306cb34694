//! An ordinary `for` loop on every core of a laptop and every rank of a cluster, with exactly the
//! result that the sequential loop gives.

// The expansions in this crate's own tests name it from outside.
#[cfg(test)]
extern crate self as parallel_for;

pub use parallel_for_macros::parallel_for;

pub use crate::map::{MapUnordered, map, map_unordered};
pub use crate::ranks::{
    barrier, broadcast, flatten, gather, is_master, on_master, processor_name, rank, size, threads,
};
pub use crate::split::{SplitManaged, SplitRoundRobin, split_managed, split_round_robin};
pub use crate::wire::Transport;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

// From the top of the layers to the bottom; see CONTRIBUTING.md.
mod distribute;
mod map;
mod ranks;
mod split;

mod dispatch;
mod world;

mod collectives;
mod cores;
mod crew;
mod launcher;
#[cfg(feature = "mpi")]
mod lifecycle;
mod link;
mod mailbox;
mod options;
mod pools;

mod communicator;
mod gather;
mod items;
mod protocol;
mod schedule;

mod fingerprint;
mod panicking;
mod place;
mod wait;
mod wire;
