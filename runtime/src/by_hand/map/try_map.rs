//! The map for functions that can fail.

use std::error::Error;
use std::fmt::{self, Display};

use super::words;
use crate::base::wire::Transport;
use crate::distribute::exits::exits;
use crate::loop_parts::gather::{mark, part_until};
use crate::loop_parts::items::{Copies, Digest, Keeping, block};
use crate::loop_parts::options::Options;

/// Applies `f` to every item, on all threads of all ranks. Every rank gets all results, in the
/// order of the items, or the first error in that order with its item's index.
///
/// This is the annotated loop `for item in items { results.push(f(item)?); }` as a function. Errors
/// don't travel, so they can be of any type: the first item that failed runs again on every rank,
/// which is why items are cloned. References are cheap to clone.
///
/// # Errors
/// The error of the first item that failed. Items after it may have been computed, or not.
///
/// # Panics
/// As [`map`](crate::map), and when `f` fails on one rank, but not when it runs again on another.
///
/// ```
/// let numbers = parallel_for::try_map(["1", "2", "3"], str::parse::<u8>);
/// assert_eq!(numbers.unwrap(), [1, 2, 3]);
///
/// let error = parallel_for::try_map(["1", "many", "much"], str::parse::<u8>).unwrap_err();
/// assert_eq!(error.to_string(), "item 1: invalid digit found in string");
/// ```
#[track_caller]
pub fn try_map<I, R, E, F>(items: I, f: F) -> Result<Vec<R>, ItemError<E>>
where
    I: IntoIterator<IntoIter: Send, Item: Clone + Send>,
    R: Transport,
    F: Fn(I::Item) -> Result<R, E> + Sync,
{
    let numbered = (0_u64..).zip(items);
    let source = Keeping::new(numbered, Digest::none(), Copies::by_clone());
    let mut results = Vec::new();
    // As the macro expands it.
    let mut this = exits(source).in_words(words::TRY_MAP);
    while this.run(
        Options::DEFAULT,
        |mut chunk, mut results: Vec<R>| {
            let mut start = mark(&mut results);
            while let Some(block) = block(&mut chunk) {
                for (_, item) in block {
                    start = mark(&mut results);
                    let Ok(result) = f(item) else { break };
                    results.push(result);
                }
            }
            part_until(results, start)
        },
        &mut results,
        |_| (),
    ) {
        for (index, item) in this.again() {
            match f(item) {
                Ok(result) => results.push(result),
                Err(error) => return Err(ItemError { index, error }),
            }
        }
    }
    Ok(results)
}

/// What went wrong, and for which item.
///
/// ```
/// let error = parallel_for::ItemError { index: 17, error: "no answer" };
/// assert_eq!(error.to_string(), "item 17: no answer");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemError<E> {
    /// The number of the item, from 0.
    pub index: u64,
    /// The function's own error.
    pub error: E,
}

impl<E: Display> Display for ItemError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "item {}: {}", self.index, self.error)
    }
}

impl<E: Error + 'static> Error for ItemError<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error.source()
    }
}
