//! An ordinary `for` loop on every core of a laptop and every rank of a cluster, unchanged, with
//! exactly the result that the sequential loop gives.
//!
//! ```
//! use parallel_for::parallel_for;
//!
//! #[parallel_for]
//! fn squares(n: u64) -> Vec<u64> {
//!     let mut results = Vec::new();
//!     for i in 0..n {
//!         results.push(i * i); // Runs once per item, on some thread of some rank.
//!     }
//!     results // The same on every rank, in the order of the items.
//! }
//!
//! assert_eq!(squares(4), [0, 1, 4, 9]);
//! ```
//!
//! Loops that fill collections, sum up, look for something, update arrays in place, and that are left by
//! `?`, `return` or `break`:
//!
//! ```
//! use parallel_for::parallel_for;
//!
//! #[parallel_for]
//! fn mean(texts: &[&str]) -> Result<f64, std::num::ParseFloatError> {
//!     let mut sum = 0.0;
//!     for text in texts {
//!         sum += text.parse::<f64>()?; // The lowest error is returned, the sum has all its bits.
//!     }
//!     Ok(sum / texts.len() as f64)
//! }
//!
//! assert_eq!(mean(&["1", "2.5"]), Ok(1.75));
//! assert!(mean(&["1", "x"]).is_err());
//! ```
//!
//! [`parallel_for`](macro@parallel_for) is the manual of the attribute: which loop it takes, what
//! runs where, its options, what it supports and what it refuses. [`errors`] has a page for each
//! refusal and warning, with the way to write it, and [`Reducible`] is for sums of your own types.
//! Without a launcher the loop runs on all cores of one process; built with the feature `mpi` and
//! started by `mpiexec` or `srun`, on all ranks.
//!
//! # By hand
//!
//! Where a loop is not enough, ranks can be handled as with mpi4py, dlp_mpi or
//! `multiprocessing`, typed: [`world`] is the [`Communicator`] of all ranks, with messages and
//! collective calls, and the functions below are short for it. [`split_managed`] divides items,
//! [`map`] and its kin are pools, [`collection`] has what to write results into.
//! [`coming_from`] has both sides next to each other. Ranks whose calls don't fit, and ranks that
//! wait for each other, are named in an error. In a loop's body and in code that only the master
//! runs these calls act as in a world of one.
//!
//! # How a program ends
//!
//! When the body panics, every rank unwinds, the exit code is 101, and the master prints one
//! message: for the lowest iteration that panicked, with the loop's line, the rank and its host.
//! When a rank ends in another way than the others, the job ends with that rank's exit code.
//!
//! # Features
//!
//! - `mpi`: ranks over MPI (Open MPI, MPICH and their relatives; needs `mpicc`, libclang, glibc).
//! - `sequential`: the macro checks as ever and leaves every function as it is written.

// The expansions in this crate's own tests name it from outside.
#[cfg(test)]
extern crate self as parallel_for;

pub use parallel_for_macros::parallel_for;

pub use crate::base::error::{Error, ErrorKind};
pub use crate::base::plain::Plain;
pub use crate::base::wire::Transport;
pub use crate::by_hand::communicator::root::{
    all_gather, all_reduce, all_to_all, barrier, broadcast, exclusive_scan, gather, receive,
    reduce, scan, scatter, send,
};
pub use crate::by_hand::communicator::{
    ANY, Any, Cartesian, Communicator, Destination, ReceiveRequest, SendRequest, Slices, Source,
    Status, wait_all, wait_any, world,
};
pub use crate::by_hand::map::{
    Arguments, ItemError, MapOrdered, MapUnordered, map, map_ordered, map_unordered, starmap,
    try_map,
};
pub use crate::by_hand::ranks::{
    flatten, is_master, on_master, processor_name, rank, require_ranks, size, threads,
};
pub use crate::by_hand::split::{SplitManaged, SplitRoundRobin, split_managed, split_round_robin};
pub use crate::by_hand::topology::Shift;
pub use crate::loop_parts::gather::{Operation, Reducible};

pub use crate::by_hand::{collection, operation};

pub mod coming_from;
pub mod errors;
pub mod limits;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

// From the top of the layers to the bottom; see CONTRIBUTING.md.
mod base;
mod by_hand;
mod distribute;
mod engine;
mod loop_parts;
mod process;
mod protocol;
mod transport;

/// The README's snippets are tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
