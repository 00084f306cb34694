//! Variables that the loop assigns and never reads: the last assignment wins.

use super::{Operator, Reduce};

/// `x = e`
#[derive(Debug)]
pub struct Last;

/// Lends a variable that the loop assigns.
pub fn last<T>(target: &mut T) -> Reduce<'_, T, T, Last> {
    Reduce::new(target)
}

impl<T> Operator<T> for Last {
    type Target = T;

    #[inline]
    fn merge(earlier: &mut T, later: T) -> Option<T> {
        *earlier = later;
        None
    }

    #[inline]
    fn apply(target: &mut T, entry: T) {
        *target = entry;
    }
}
