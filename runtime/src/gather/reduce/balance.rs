//! Reductions by `+=` and `-=` together.

use std::ops::{AddAssign, SubAssign};

use serde::{Deserialize, Serialize};

use super::operators::{Difference, Sum};
use super::reduced::Reduced;
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
    fn apply(target: &mut T, entry: Change<T>) {
        match entry {
            Change::Plus(value) => Sum::apply(target, value),
            Change::Minus(value) => Difference::apply(target, value),
        }
    }
}

macro_rules! operators {
    ($($change:ident: $trait:ident::$method:ident;)+) => {$(
        impl<T> $trait<T> for Reduced<Change<T>, Balance>
        where
            Balance: Operator<Change<T>>,
        {
            #[inline]
            fn $method(&mut self, value: T) {
                self.add(Change::$change(value));
            }
        }

        impl<T: Clone> $trait<&T> for Reduced<Change<T>, Balance>
        where
            Balance: Operator<Change<T>>,
        {
            #[inline]
            fn $method(&mut self, value: &T) {
                self.add(Change::$change(value.clone()));
            }
        }
    )+};
}

operators! {
    Plus: AddAssign::add_assign;
    Minus: SubAssign::sub_assign;
}
