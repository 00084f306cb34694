//! All items at once, of a loop that changes them.

use super::{ItemSource, Next, Prefetch, Taken};
use crate::base::panicking;
use crate::base::thread_context;

/// The items, in a vector.
///
/// # Panics
/// Panics where the making of an item does.
pub fn all<S: ItemSource>(mut source: S) -> Vec<S::Item> {
    let _upkeep = thread_context::enter_upkeep();
    let Taken {
        iter, length, next, ..
    } = source.take(0..u64::MAX, false, &Prefetch::all());
    if let Next::Panic(panic) = next {
        panicking::resume(panic.report);
    }
    iter.take(usize::try_from(length).unwrap_or(usize::MAX))
        .collect()
}
