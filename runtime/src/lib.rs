//! An ordinary `for` loop on every core of a laptop and every rank of a cluster, unchanged, with
//! exactly the result of the sequential loop.
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
//! A loop may fill collections, reduce variables, search, update arrays in place, and be left by `?`,
//! `return` or `break`:
//!
//! ```
//! use parallel_for::parallel_for;
//!
//! #[parallel_for]
//! fn mean(texts: &[&str]) -> Result<f64, std::num::ParseFloatError> {
//!     let mut sum = 0.0;
//!     for text in texts {
//!         sum += text.parse::<f64>()?; // The first error is returned; the sum has its usual bits.
//!     }
//!     Ok(sum / texts.len() as f64)
//! }
//!
//! assert_eq!(mean(&["1", "2.5"]), Ok(1.75));
//! assert!(mean(&["1", "x"]).is_err());
//! ```
//!
//! The [`guide`] has it all: [the language](guide::language) of loops, [options](guide::options), [running](guide::running)
//! programs, a page for each of the [`errors`], and the [`limits`]. [`parallel_for`](macro@parallel_for) is the
//! manual of the attribute in short.
//!
//! Without a launcher a loop runs on all cores of one process; built with the feature `mpi` and started by
//! `mpiexec` or `srun`, it runs on all ranks. When a body panics, the whole job ends with one message and exit code 101.
//!
//! For what is not a loop, ranks can be handled [by hand](guide::by_hand): [`world`] is the [`Communicator`] of all
//! ranks, with messages and collective calls, and the functions below are shorthands for it. [`split_managed`]
//! divides items, [`map`] and its relatives are pools, and [`collection`] has types to write results into.
//! [`coming_from`] sets mpi4py, dlp_mpi, multiprocessing, OpenMP and rayon next to it.
//!
//! # Features
//!
//! - `mpi`: ranks over MPI (Open MPI, MPICH and their relatives; needs `mpicc`, libclang, glibc). The names on these pages are the same
//!   with it: a program that is built with it runs on all ranks of its launcher.
//! - `progress`, on by default: a bar on the terminal for loops that take long; see [watching](guide::watching).
//! - `checkpoint`, on by default: what is finished of a [long job](guide::long_jobs) is kept where `PARALLEL_FOR_CHECKPOINT` says
//!   so. Without it, loops of programs without `mpi` compile twice as fast.
//! - `tracing`: loops and chunks are spans of the crate [tracing](https://docs.rs/tracing), on every rank; see [watching](guide::watching).
//! - `random`, on by default: [`random`], a random number generator for each iteration.
//! - `sequential`: the macro checks as usual and leaves every function unchanged.

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
#[cfg(feature = "random")]
pub use crate::by_hand::random::{IterationNumber, Random, WholeNumber, random};
pub use crate::by_hand::ranks::{
    flatten, is_master, on_master, processor_name, rank, require_ranks, size, threads,
};
pub use crate::by_hand::skipped::skipped;
pub use crate::by_hand::split::{SplitManaged, SplitRoundRobin, split_managed, split_round_robin};
pub use crate::by_hand::topology::Shift;
pub use crate::loop_parts::gather::{Operation, Reducible};
pub use crate::process::skipped::Skipped;

pub use crate::by_hand::{collection, operation};

pub mod guide;
// Short paths, for links from elsewhere.
#[doc(inline)]
pub use crate::guide::{coming_from, errors, limits};

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

// From the top of the layers to the bottom; see CONTRIBUTING.md.
mod base;
mod by_hand;
mod checkpoint;
mod distribute;
mod engine;
mod loop_parts;
mod observe;
mod process;
mod protocol;
mod transport;

/// The README's snippets are tests. In a package, it lies elsewhere.
#[cfg(doctest)]
#[doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/", env!("CARGO_PKG_README")))]
struct Readme;
