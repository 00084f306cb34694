//! Variables of which every iteration, or every chunk, has a copy of its own.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};

/// Lends a variable of which every iteration, or every chunk, has a copy of its own.
pub fn scratch<T>(variable: &mut T) -> &T {
    variable
}

/// Lends one that each iteration empties first.
pub fn cleared<T: Clear>(variable: &mut T) -> &T {
    variable
}

/// Types whose `clear` leaves nothing of what was in them.
#[diagnostic::on_unimplemented(
    message = "`{Self}::clear` is not known to remove everything",
    label = "something may be handed from one iteration to the next, which may run on another rank",
    note = "declare it inside of the loop; or name it in `#[parallel_for(private(..))]`, if each iteration may start from a clone of it"
)]
pub trait Clear {}

impl<T> Clear for Vec<T> {}
impl<T> Clear for VecDeque<T> {}
impl<T> Clear for LinkedList<T> {}
impl<T> Clear for BinaryHeap<T> {}
impl<T> Clear for BTreeSet<T> {}
impl<K, V> Clear for BTreeMap<K, V> {}
impl<T, S> Clear for HashSet<T, S> {}
impl<K, V, S> Clear for HashMap<K, V, S> {}
impl Clear for String {}
impl Clear for std::ffi::OsString {}
impl Clear for std::path::PathBuf {}
