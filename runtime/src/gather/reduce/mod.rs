//! Values that a loop reduces to as outputs: the part of a chunk is what its iterations contribute,
//! and absorbing it replays that with the type's own operator.
//!
//! Invariant: contributions come to the target in the order of the iterations, and two of them are
//! made one before only where that changes nothing. So floats get the bits of the sequential loop,
//! and integers overflow where they do there.

mod balance;
mod extremes;
mod folded;
mod last;
mod operators;
mod reduced;
mod reducible;
#[cfg(test)]
mod tests;

use std::marker::PhantomData;

pub use balance::balance;
pub use extremes::{greatest, greatest_last, least, least_last, maximum, minimum};
pub use folded::folded;
pub use last::last;
pub use operators::{bit_and, bit_or, bit_xor, difference, product, sum};
pub use reducible::{Operation, Reducible};

use super::Output;
use crate::wire::Transport;
use reduced::Reduced;

/// How contributions change a `T`.
#[diagnostic::on_unimplemented(
    message = "a parallel loop can't reduce values of type `{T}` in this way",
    label = "there is no `{Self}` of values of this type",
    note = "floats and types with a total order (`Ord`) have a maximum and a minimum; to compare in another way, write `if e > x {{ x = e }}`"
)]
pub trait Operator<T> {
    /// What one contribution leaves behind.
    type Entry: Transport;

    /// Whether two entries can only be merged by rounding: then they are not, except for the
    /// excess of an iteration that contributes very often.
    const ROUNDS: bool = false;

    /// Adds `later` to the entry right before it, or gives it back where that would change the
    /// result for some target.
    fn merge(earlier: &mut Self::Entry, later: Self::Entry) -> Option<Self::Entry>;

    /// What the sequential loop does.
    fn apply(target: &mut T, entry: Self::Entry);
}

/// A value that a loop reduces to, lent as an output.
#[derive(Debug)]
pub struct Reduce<'a, T, O> {
    target: &'a mut T,
    operator: PhantomData<O>,
}

impl<'a, T, O> Reduce<'a, T, O> {
    fn new(target: &'a mut T) -> Self {
        Self {
            target,
            operator: PhantomData,
        }
    }
}

impl<T, O: Operator<T>> Output for Reduce<'_, T, O> {
    type Part = Reduced<T, O>;

    fn absorb(&mut self, part: Reduced<T, O>) {
        for entry in part.into_entries() {
            O::apply(self.target, entry);
        }
    }
}
