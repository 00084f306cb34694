//! Values that a loop reduces to as outputs: the part of a chunk is what its iterations contribute,
//! and absorbing it replays that with the type's own operator.
//!
//! Invariant: contributions come to the target in the order of the iterations, and two of them are
//! made one before only where that changes nothing. So floats get the bits of the sequential loop,
//! and integers overflow where they do there.

mod balance;
mod called;
mod contribution;
mod either;
mod extremes;
mod folded;
mod last;
mod operand;
mod operators;
mod ordered;
mod reduced;
mod reducible;
mod replayed;
mod tally;
#[cfg(test)]
mod tests;
mod text;
mod value;
mod walk;

use std::marker::PhantomData;
use std::panic::Location;

pub use balance::{balance, gain, lose};
pub use called::{
    FloatMethod, FloatMethodByReference, IsKnown, IsOther, called, never, own_method,
};
pub use contribution::{contribute, contribute_once};
pub use either::Either;
pub use extremes::{greatest, greatest_last, least, least_last, maximum, minimum};
pub use folded::folded;
pub(super) use folded::{Arguments, Folded};
pub use last::last;
pub use operand::{IsOperand, IsReducible};
pub use operators::{bit_and, bit_or, bit_xor, difference, product, sum};
use ordered::OfTotalOrder;
pub use reducible::{Operation, Reducible};
pub use replayed::{replaying, replaying_locally, stopping, stopping_locally};

use super::blanks::Spare;
use super::{Absorb, Output};
use crate::base::panicking;
use crate::base::raw::{Packer, Plain, Unpacker};
use crate::base::wire::Transport;
use crate::loop_parts::schedule::Length;
use reduced::Reduced;
use tally::Tally;
pub use text::Text;

/// How contributions that leave behind an `E` change the target.
#[diagnostic::on_unimplemented(
    message = "a parallel loop can't reduce values of type `{E}` in this way",
    label = "there is no `{Self}` of values of this type",
    note = "floats and the ordered types of the standard library have a maximum and a minimum; what the methods `max` and `min` of other types do is not known: write `if e > x {{ x = e }}`, or `if e >= x {{ x = e }}` where the last of equal ones is to stay"
)]
pub trait Operator<E> {
    /// What is reduced to.
    type Target;

    /// Whether two entries can only be merged by rounding: then they are not, except for the
    /// excess of an iteration that contributes very often.
    const ROUNDS: bool = false;

    /// Adds `later` to the entry right before it, or gives it back where that would change the
    /// result for some target.
    fn merge(earlier: &mut E, later: E) -> Option<E>;

    /// Appends an entry that could not be merged; those from `open` on may become others with the
    /// same effect.
    fn append(entries: &mut Vec<E>, open: usize, entry: E) {
        let _ = open;
        entries.push(entry);
    }

    /// Keeps what an entry does in a tally instead, where it is an integer that a tally takes, or gives it back. `once`:
    /// see [`Reduced::add_once`].
    #[inline]
    fn tally(tally: &mut Tally, entry: E, once: bool) -> Option<E> {
        let _ = (tally, once);
        Some(entry)
    }

    /// The value of the target, of which others can be made at no cost.
    #[inline]
    fn present(target: &Self::Target) -> Option<E> {
        let _ = target;
        None
    }

    /// What the sequential loop does, to a value that was [`present`](Self::present).
    #[inline]
    fn change(value: &mut E, entry: E) {
        let _ = (value, entry);
        unreachable!("values of this type are not given away")
    }

    /// The target takes on such a value.
    fn take_on(target: &mut Self::Target, value: E) {
        let _ = (target, value);
        unreachable!("values of this type are not given away")
    }

    /// What the sequential loop does.
    fn apply(target: &mut Self::Target, entry: E);

    /// What it does by the entries of a tally.
    #[inline]
    fn apply_tally(target: &mut Self::Target, tally: Tally) {
        let _ = (target, tally);
    }
}

/// A variable that a loop reduces to, lent as an output.
#[derive(Debug)]
pub struct Reduce<'a, T, E, O> {
    target: &'a mut T,
    // Not by the operator's trait: a type without the operator is refused once, where it is lent.
    replay: fn(&mut T, &mut Reduced<E, O>),
    go_on: fn(&T, &mut Reduced<E, O>),
    operator: PhantomData<O>,
    /// Where the loop changes the variable.
    at: &'static Location<'static>,
}

impl<'a, T, E, O: Operator<E, Target = T>> Reduce<'a, T, E, O> {
    #[track_caller]
    fn new(target: &'a mut T) -> Self {
        Self {
            target,
            replay: |target, part| part.replay(target),
            go_on: |target, blank| blank.go_on(target),
            operator: PhantomData,
            at: Location::caller(),
        }
    }
}

/// An overflow of a number is one of the user's statement, which is replayed here.
fn is_none_of_the_users(location: &str) -> bool {
    let ours = file!().trim_end_matches("mod.rs");
    location.starts_with(ours) || location.contains("/library/core/")
}

impl<T, E: Transport, O> Output for Reduce<'_, T, E, O> {}

impl<T, E: Send, O> Absorb for Reduce<'_, T, E, O> {
    type Part = Reduced<E, O>;
    type Blanks = Spare<Reduced<E, O>>;

    fn blanks(&mut self, _: Length) -> Spare<Reduced<E, O>> {
        Spare::default()
    }

    fn go_on(&self, blank: &mut Reduced<E, O>) {
        (self.go_on)(self.target, blank);
    }

    fn absorb(&mut self, part: &mut Reduced<E, O>) {
        let replayed = panicking::catch(|| (self.replay)(self.target, part));
        if let Err(mut report) = replayed {
            if report.location.as_deref().is_none_or(is_none_of_the_users) {
                report.location = Some(self.at.to_string());
            }
            panicking::resume(report);
        }
    }

    fn is_value() -> bool {
        Plain::<T>::of().is_some()
    }

    fn pack_value(&self, packer: &mut Packer) {
        value::pack(self.target, packer);
    }

    fn unpack_value(&mut self, unpacker: &mut Unpacker) -> Result<(), String> {
        value::unpack(self.target, unpacker)
    }
}
