//! Reductions by `+=` and `-=` together.

use serde::{Deserialize, Serialize};

use super::operators::{Difference, Sum};
use super::reduced::Reduced;
use super::tally::Tally;
use super::{Operator, Reduce, Reducible, walk};

/// The contributions of `+=` and `-=`.
#[derive(Debug)]
pub struct Balance;

/// One of them.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub enum Change<T> {
    /// `x += e`
    Plus(T),
    /// `x -= e`
    Minus(T),
}

/// Lends a variable that the loop adds to and subtracts from.
#[track_caller]
pub fn balance<T>(target: &mut T) -> Reduce<'_, T, Change<T>, Balance>
where
    Balance: Operator<Change<T>, Target = T>,
{
    Reduce::new(target)
}

impl<T: Reducible> Operator<Change<T>> for Balance
where
    Sum: Operator<T, Target = T>,
    Difference: Operator<T, Target = T>,
{
    type Target = T;

    const ROUNDS: bool = <Sum as Operator<T>>::ROUNDS;

    #[inline]
    fn merge(earlier: &mut Change<T>, later: Change<T>) -> Option<Change<T>> {
        match (earlier, later) {
            (Change::Plus(earlier), Change::Plus(later)) => {
                Sum::merge(earlier, later).map(Change::Plus)
            }
            (Change::Minus(earlier), Change::Minus(later)) => {
                Difference::merge(earlier, later).map(Change::Minus)
            }
            (Change::Plus(earlier), Change::Minus(later))
            | (Change::Minus(earlier), Change::Plus(later))
                if Self::ROUNDS =>
            {
                Difference::apply(earlier, later);
                None
            }
            (_, later) => Some(later),
        }
    }

    fn append(entries: &mut Vec<Change<T>>, open: usize, entry: Change<T>) {
        walk::append(entries, open, entry);
    }

    #[inline]
    fn tally(tally: &mut Tally, entry: Change<T>, _: bool) -> Option<Change<T>> {
        if T::RANGE.is_none() {
            return Some(entry);
        }
        match entry {
            Change::Plus(value) => tally.step(value.wide()),
            Change::Minus(value) => tally.step(-value.wide()),
        }
        None
    }

    #[inline]
    fn apply_tally(target: &mut T, tally: Tally) {
        tally.take(target, |target, by| {
            if by > 0 {
                Sum::apply(target, T::narrow(by));
            } else {
                Difference::apply(target, T::narrow(-by));
            }
        });
    }

    #[inline]
    fn apply(target: &mut T, entry: Change<T>) {
        match entry {
            Change::Plus(value) => Sum::apply(target, value),
            Change::Minus(value) => Difference::apply(target, value),
        }
    }
}

/// Values that can be added to a `T`, and subtracted from it.
#[diagnostic::on_unimplemented(
    message = "the loop reduces to a value of type `{T}`, and this one is of type `{Self}`",
    label = "expected `{T}`, found `{Self}`",
    note = "convert it, `{T}::from(x)` or `x as {T}`, or let the variable be of that type"
)]
pub trait Amount<T> {
    /// As a value of the variable's type.
    fn amount(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T> Amount<T> for T {
    #[inline]
    fn amount(self) -> T {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone> Amount<T> for &T {
    #[inline]
    fn amount(self) -> T {
        self.clone()
    }
}

/// What `x += value` is in the body.
#[inline]
pub fn gain<T, A: Amount<T>>(part: &mut Reduced<Change<T>, Balance>, value: A)
where
    Balance: Operator<Change<T>>,
{
    part.add(Change::Plus(value.amount()));
}

/// What `x -= value` is in the body.
#[inline]
pub fn lose<T, A: Amount<T>>(part: &mut Reduced<Change<T>, Balance>, value: A)
where
    Balance: Operator<Change<T>>,
{
    part.add(Change::Minus(value.amount()));
}

// Tests write the same statement for the variable and for the part.
#[cfg(test)]
impl<T, A: Amount<T>> std::ops::AddAssign<A> for Reduced<Change<T>, Balance>
where
    Balance: Operator<Change<T>>,
{
    fn add_assign(&mut self, value: A) {
        gain(self, value);
    }
}

#[cfg(test)]
impl<T, A: Amount<T>> std::ops::SubAssign<A> for Reduced<Change<T>, Balance>
where
    Balance: Operator<Change<T>>,
{
    fn sub_assign(&mut self, value: A) {
        lose(self, value);
    }
}
