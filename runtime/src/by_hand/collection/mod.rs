//! Collections that every rank writes to and the master reads: what a program that divides its work
//! by hand ([`split_managed`](crate::split_managed), [`split_round_robin`](crate::split_round_robin))
//! puts its results into.
//!
//! Writing sends nothing; [`NestedMap::gather`] and [`Unordered::gather`] bring everything to the
//! master, and every rank must call them. Invariant: what was written is either gathered or said to
//! be lost, and no value ever takes the place of another.
use crate::base::stderr::say;

mod clash;
mod duplicate;
mod key;
mod nested_map;
#[cfg(test)]
mod tests;
mod tree;
mod unordered;

pub use duplicate::DuplicateKey;
pub use key::Key;
pub use nested_map::{At, NestedMap};
pub use tree::Tree;
pub use unordered::Unordered;

/// Says that a collection is dropped with so many values that the master never got.
fn note_lost(collection: &str, values: usize) {
    if values > 0 && !std::thread::panicking() {
        let (s, were) = if values == 1 {
            ("", "was")
        } else {
            ("s", "were")
        };
        say(format_args!(
            "note: a `{collection}` is dropped with {values} value{s} that {were} never gathered\n\
             help: call `gather` on every rank when everything is written"
        ));
    }
}
