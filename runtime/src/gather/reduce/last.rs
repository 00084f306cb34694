//! Variables that the loop assigns and never reads: the last assignment wins.

use super::{Operator, Reduce};
use crate::wire::Transport;

/// `x = e`
#[derive(Debug)]
pub struct Last;

/// Lends a variable that the loop assigns.
pub fn last<T: Transport>(target: &mut T) -> Reduce<'_, T, Last> {
    Reduce::new(target)
}

impl<T: Transport> Operator<T> for Last {
    type Entry = T;

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
