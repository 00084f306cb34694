//! The functions at the crate's root: calls of the world, with the master as their root, that
//! panic where the methods return an error.
//!
//! In a loop's body and in code that only the master runs they act as in a world of one.

use super::{Destination, Source, world};
use crate::base::error::Error;
use crate::base::wire::Transport;

/// Unwinds with the error's words.
#[track_caller]
fn done<T>(result: Result<T, Error>) -> T {
    // No closure: its panics would be told of this line.
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}

/// Returns when every rank has called it. Waiting costs next to no CPU time.
///
/// [`Communicator::barrier`](crate::Communicator::barrier) of the [`world`]; it returns at once
/// where there is nobody to wait for.
///
/// # Panics
/// Panics when another rank is in another call or has left the program.
///
/// ```
/// parallel_for::barrier();
/// ```
#[track_caller]
#[doc(alias = "MPI_Barrier")]
pub fn barrier() {
    done(world().barrier());
}

/// Gives every rank the master's value: the master passes `Some`, what the others pass is ignored.
///
/// [`Communicator::broadcast`](crate::Communicator::broadcast) of the [`world`].
///
/// # Panics
/// Panics when the master passes `None`, when another rank is in another call or has left, or when
/// serde can't write or read the value.
///
/// ```
/// let seed = parallel_for::is_master().then(|| 42);
/// assert_eq!(parallel_for::broadcast(seed), 42);
/// ```
#[track_caller]
#[doc(alias = "MPI_Bcast")]
#[doc(alias = "bcast")]
pub fn broadcast<T: Transport>(value: Option<T>) -> T {
    done(world().broadcast(0, value))
}

/// Gives each rank one of the master's values, which has as many as there are ranks.
///
/// [`Communicator::scatter`](crate::Communicator::scatter) of the [`world`].
///
/// # Panics
/// Panics on every rank when the master passes `None` or doesn't pass one value for each rank;
/// otherwise as [`broadcast`].
///
/// ```
/// let tasks = parallel_for::is_master().then(|| vec!["task"; parallel_for::size()]);
/// let mine: String = parallel_for::scatter(tasks.map(|tasks| tasks.into_iter().map(String::from).collect()));
/// assert_eq!(mine, "task");
/// ```
#[track_caller]
#[must_use]
#[doc(alias = "MPI_Scatter")]
pub fn scatter<T: Transport>(values: Option<Vec<T>>) -> T {
    done(world().scatter(0, values))
}

/// Brings one value of each rank to the master: `Some` there, in rank order, `None` elsewhere.
///
/// [`Communicator::gather`](crate::Communicator::gather) of the [`world`].
///
/// # Panics
/// Panics when another rank is in another call or has left, or when serde can't write or read a
/// value.
///
/// ```
/// let ranks = parallel_for::gather(parallel_for::rank());
/// if let Some(ranks) = ranks {
///     assert_eq!(ranks, (0..parallel_for::size()).collect::<Vec<_>>());
/// }
/// ```
#[track_caller]
#[doc(alias = "MPI_Gather")]
#[doc(alias = "MPI_Gatherv")]
pub fn gather<T: Transport>(value: T) -> Option<Vec<T>> {
    done(world().gather(0, value))
}

/// The values of all ranks, in rank order, on every rank.
///
/// [`Communicator::all_gather`](crate::Communicator::all_gather) of the [`world`].
///
/// # Panics
/// As [`gather`].
///
/// ```
/// assert_eq!(parallel_for::all_gather('x').len(), parallel_for::size());
/// ```
#[track_caller]
#[doc(alias = "MPI_Allgather")]
#[doc(alias = "allgather")]
pub fn all_gather<T: Transport>(value: T) -> Vec<T> {
    done(world().all_gather(value))
}

/// Sends the n-th of this rank's values to rank n, and returns what the ranks have sent to this one.
///
/// [`Communicator::all_to_all`](crate::Communicator::all_to_all) of the [`world`].
///
/// # Panics
/// Panics on every rank when some rank doesn't pass one value for each rank; otherwise as
/// [`gather`].
///
/// ```
/// let mine = vec![parallel_for::rank(); parallel_for::size()];
/// assert_eq!(parallel_for::all_to_all(mine), (0..parallel_for::size()).collect::<Vec<_>>());
/// ```
#[track_caller]
#[must_use]
#[doc(alias = "MPI_Alltoall")]
#[doc(alias = "alltoall")]
pub fn all_to_all<T: Transport>(values: Vec<T>) -> Vec<T> {
    done(world().all_to_all(values))
}

/// Folds the values of all ranks in rank order: `Some` on the master, `None` elsewhere.
///
/// [`Communicator::reduce`](crate::Communicator::reduce) of the [`world`].
///
/// # Panics
/// As [`gather`].
///
/// ```
/// if let Some(sum) = parallel_for::reduce(1, |a, b| a + b) {
///     assert_eq!(sum, parallel_for::size());
/// }
/// ```
#[track_caller]
#[doc(alias = "MPI_Reduce")]
pub fn reduce<T: Transport>(value: T, operation: impl Fn(T, T) -> T) -> Option<T> {
    done(world().reduce(0, value, operation))
}

/// Folds the values of all ranks in rank order, on every rank.
///
/// [`Communicator::all_reduce`](crate::Communicator::all_reduce) of the [`world`].
///
/// # Panics
/// As [`gather`].
///
/// ```
/// assert_eq!(parallel_for::all_reduce(1, |a, b| a + b), parallel_for::size());
/// ```
#[track_caller]
#[doc(alias = "MPI_Allreduce")]
#[doc(alias = "allreduce")]
pub fn all_reduce<T: Transport>(value: T, operation: impl Fn(T, T) -> T) -> T {
    done(world().all_reduce(value, operation))
}

/// Folds the values of the ranks up to this one, in rank order.
///
/// [`Communicator::scan`](crate::Communicator::scan) of the [`world`].
///
/// # Panics
/// As [`gather`].
///
/// ```
/// assert_eq!(parallel_for::scan(1, |a, b| a + b), parallel_for::rank() + 1);
/// ```
#[track_caller]
#[doc(alias = "MPI_Scan")]
pub fn scan<T: Transport>(value: T, operation: impl Fn(T, T) -> T) -> T {
    done(world().scan(value, operation))
}

/// Folds the values of the ranks before this one, in rank order; `None` on the master.
///
/// [`Communicator::exclusive_scan`](crate::Communicator::exclusive_scan) of the [`world`].
///
/// # Panics
/// As [`gather`].
///
/// ```
/// let before = parallel_for::exclusive_scan(1, |a, b| a + b);
/// assert_eq!(before.unwrap_or(0), parallel_for::rank());
/// ```
#[track_caller]
#[doc(alias = "MPI_Exscan")]
#[doc(alias = "exscan")]
pub fn exclusive_scan<T: Transport>(value: T, operation: impl Fn(T, T) -> T) -> Option<T> {
    done(world().exclusive_scan(value, operation))
}

/// Sends a value to a rank: `send(1, &v)`, `send((1, tag), &v)`.
///
/// [`Communicator::send`](crate::Communicator::send) of the [`world`].
///
/// # Panics
/// Panics when there is no such rank, or when serde can't write the value.
///
/// ```
/// parallel_for::send(0, &"to the master".to_owned());
/// # if parallel_for::is_master() {
/// for _ in 0..parallel_for::size() {
///     let text: String = parallel_for::receive(parallel_for::ANY);
///     assert_eq!(text, "to the master");
/// }
/// # }
/// ```
#[track_caller]
#[doc(alias = "MPI_Send")]
pub fn send<T: Transport>(to: impl Into<Destination>, value: &T) {
    done(world().send(to, value));
}

/// The next value from a rank, or from any: `receive(0)`, `receive((0, tag))`, `receive(ANY)`.
///
/// [`Communicator::receive`](crate::Communicator::receive) of the [`world`].
///
/// # Panics
/// Panics when there is no such rank, when the message holds a value of a different type, and when
/// it can never come.
#[track_caller]
#[doc(alias = "MPI_Recv")]
#[doc(alias = "recv")]
pub fn receive<T: Transport>(from: impl Into<Source>) -> T {
    done(world().receive(from))
}
