//! The lazy map for results whose order does not matter.

use super::lazy::{Lazy, lazy_map};
use super::result_queue::Arrivals;
use super::words;
use crate::base::wire::Transport;

/// Applies `f` to every item: an iterator over the results on the master, in the order in which
/// they arrive, and an empty one on the other ranks (dlp_mpi's `map_unordered`,
/// `multiprocessing.Pool.imap_unordered`).
///
/// The other ranks compute, on all their threads, while the master consumes: it hands out items
/// and receives results whenever `next` is called, and computes none itself. In one process, `next`
/// computes the next few items on all threads, one for each thread at first and up to some 50 ms of
/// work; so the memory is bounded whatever the number of items, and no thread runs between two
/// calls.
///
/// Only the master consumes results: in that code, parallel loops and the functions of this crate
/// use the master's own threads. Every rank calls `map_unordered`, and continues when the iterator
/// ends or is dropped; items that were not handed out by then are not computed. So a lazy map must
/// end before the next call that all ranks make: zipping two of them is an error under a launcher.
/// In a loop's body, `next` computes one item.
///
/// # Panics
/// As [`map`](crate::map), but on the master, in `next` or when the iterator is dropped; results
/// not yet returned may be lost then.
///
/// ```
/// let mut squares: Vec<u32> = parallel_for::map_unordered(1..=4, |i| i * i).collect();
/// squares.sort();
/// assert_eq!(squares, [1, 4, 9, 16]);
/// ```
#[track_caller]
#[doc(alias = "imap_unordered")]
#[doc(alias = "as_completed")]
pub fn map_unordered<I, R, F>(items: I, f: F) -> MapUnordered<I::IntoIter, R, F>
where
    I: IntoIterator<IntoIter: Send>,
    R: Transport,
    F: Fn(I::Item) -> R + Sync,
{
    MapUnordered(Lazy::new(words::MAP_UNORDERED, items.into_iter(), f))
}

lazy_map! {
    /// See [`map_unordered`].
    MapUnordered of Arrivals
}
