//! The lazy map for results in the order of the items.

use super::lazy::{Lazy, lazy_map};
use super::result_queue::Turns;
use super::words;
use crate::base::wire::Transport;

/// Applies `f` to every item, in the order of the items: an iterator over the results on the
/// master, and an empty one on the other ranks (`multiprocessing.Pool.imap`).
///
/// As [`map_unordered`](crate::map_unordered), but a result that arrives before its turn is kept.
/// If many results wait for a slow item, the ranks wait too: at most 64 chunks are kept for each of
/// their threads, where a chunk is one item, or a few milliseconds of work if items are quick.
///
/// # Panics
/// As [`map_unordered`](crate::map_unordered).
///
/// ```
/// let lines = ["one", "two three", "four"];
/// for (line, words) in lines.iter().zip(parallel_for::map_ordered(lines, |line| {
///     line.split(' ').count()
/// })) {
///     println!("{words} in {line:?}");
/// }
/// let first = parallel_for::map_ordered(0_u64.., |n| n * n).find(|square| *square > 50);
/// assert_eq!(first, Some(64));
/// ```
#[track_caller]
#[doc(alias = "imap")]
pub fn map_ordered<I, R, F>(items: I, f: F) -> MapOrdered<I::IntoIter, R, F>
where
    I: IntoIterator<IntoIter: Send>,
    R: Transport,
    F: Fn(I::Item) -> R + Sync,
{
    MapOrdered(Lazy::new(words::MAP_ORDERED, items.into_iter(), f))
}

lazy_map! {
    /// See [`map_ordered`].
    MapOrdered of Turns
}
