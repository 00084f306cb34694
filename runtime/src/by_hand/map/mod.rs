//! Parallel maps without the macro: what a pool of processes is used for elsewhere.
//!
//! Invariant: a map is the annotated loop as a function, with the same schedule, messages and order.

mod batches;
mod lazy;
mod ordered;
mod result_queue;
mod starmap;
#[cfg(test)]
mod tests;
mod try_map;
mod unordered;
mod words;

pub use ordered::{MapOrdered, map_ordered};
pub use starmap::{Arguments, starmap};
pub use try_map::{ItemError, try_map};
pub use unordered::{MapUnordered, map_unordered};

use crate::base::wire::Transport;
use crate::distribute::{ByEachRank, LoopRun, Words};
use crate::engine;
use crate::loop_parts::gather::{self, Filled};
use crate::loop_parts::items::{Chunk, Digest, Sequential, block};
use crate::loop_parts::options::Options;

/// Applies `f` to every item, on all threads of all ranks; every rank gets all results, in the
/// order of the items (`multiprocessing.Pool.map`).
///
/// This is the annotated loop `for item in items { results.push(f(item)); }` as a function: the
/// same schedule, which chooses the size of the chunks by itself, the same messages, the same
/// order. In a loop's body it computes one item after the other; in code that only the master runs
/// it uses the master's own threads.
///
/// # Panics
/// Panics on every rank when `f` panics for some item, with the message for the lowest one, or
/// when the ranks disagree on the items.
///
/// ```
/// assert_eq!(parallel_for::map(1..=4, |i| i * i), [1, 4, 9, 16]);
/// ```
#[track_caller]
#[doc(alias = "Pool.map")]
#[doc(alias = "par_iter")]
pub fn map<I, R, F>(items: I, f: F) -> Vec<R>
where
    I: IntoIterator<IntoIter: Send>,
    R: Transport,
    F: Fn(I::Item) -> R + Sync,
{
    all(words::MAP, items.into_iter(), f)
}

/// The results for all items on every rank, in the order of the items.
#[track_caller]
fn all<I, R, F>(words: Words, items: I, f: F) -> Vec<R>
where
    I: Iterator + Send,
    R: Transport,
    F: Fn(I::Item) -> R + Sync,
{
    let options = Options::DEFAULT;
    let source = Sequential::new(items, Digest::none());
    let body = |chunk, part| fill(&f, chunk, part);
    let mut results = Vec::new();
    match LoopRun::new(&options) {
        None => engine::run_sequentially(source, &body, &mut &mut results),
        Some(mut run) => {
            run.words = words;
            let halt = run.pooled(&options, ByEachRank(source), &body, &mut &mut results);
            debug_assert!(halt.is_none(), "this body can't leave its loop");
        }
    }
    results
}

/// The body of the loop that a map is.
fn fill<T, R: Transport>(
    f: impl Fn(T) -> R,
    mut chunk: Chunk<impl Iterator<Item = T>>,
    mut part: Vec<R>,
) -> Filled<Vec<R>> {
    while let Some(block) = block(&mut chunk) {
        part.extend(block.map(&f));
    }
    gather::part(part)
}
