//! The order of a hash table, for bodies that go through it in a way that shows the order: each process
//! seeds its tables anew.
//!
//! Invariant: what has the same order in every process looks the same; what is no hash table has no
//! order here.

use std::any::type_name;
use std::collections::{HashMap, HashSet};
use std::fmt::{self, Debug};
use std::hash::Hash;
use std::rc::Rc;
use std::sync::Arc;

use super::address;
use super::digest;
use super::look::{Look, is_steady_type};

/// A hash table that can be gone through.
pub trait Ordered {
    /// Of its first keys, in its order.
    fn order(&self) -> u64;

    /// Whether sums of what it holds may depend on the order.
    fn holds_floats() -> bool;
}

impl<K: Hash, V, S> Ordered for HashMap<K, V, S> {
    fn order(&self) -> u64 {
        of_keys(self.keys())
    }

    fn holds_floats() -> bool {
        is_of_floats::<V>()
    }
}

impl<K: Hash, S> Ordered for HashSet<K, S> {
    fn order(&self) -> u64 {
        of_keys(self.iter())
    }

    fn holds_floats() -> bool {
        is_of_floats::<K>()
    }
}

macro_rules! behind {
    ($($pointer:ty),+) => {$(
        impl<T: Ordered + ?Sized> Ordered for $pointer {
            fn order(&self) -> u64 {
                T::order(self)
            }

            fn holds_floats() -> bool {
                T::holds_floats()
            }
        }
    )+};
}

behind!(&T, &mut T, Box<T>, Rc<T>, Arc<T>);

fn of_keys<'a, K: Hash + 'a>(keys: impl Iterator<Item = &'a K>) -> u64 {
    if is_steady_type::<K>() {
        digest::of_first(keys, digest::by_hash)
    } else {
        0
    }
}

fn is_of_floats<T>() -> bool {
    let mut words = type_name::<T>().split(|sign: char| !sign.is_alphanumeric() && sign != '_');
    words.any(|word| word == "f64" || word == "f32")
}

/// How the order of a type's values is seen.
pub struct Order<T: ?Sized>(Option<See<T>>);

struct See<T: ?Sized> {
    order: fn(*const T) -> Option<u64>,
    holds_floats: bool,
}

impl<T: ?Sized> Order<T> {
    /// Of a value; nothing of what holds no floats, where `only_floats` count.
    pub(super) fn sketch(&self, value: *const T, only_floats: bool) -> Option<u64> {
        let see = self.0.as_ref()?;
        (see.holds_floats || !only_floats).then(|| (see.order)(value))?
    }
}

impl<T: ?Sized> Debug for Order<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Order").field(&self.0.is_some()).finish()
    }
}

/// Hash tables have an order.
pub trait HasOrder<T> {
    /// How it is seen.
    fn parallel_for_order(&self) -> Order<T>;
}

impl<T: Ordered> HasOrder<T> for &Look<T> {
    fn parallel_for_order(&self) -> Order<T> {
        Order(Some(See {
            order: |pointer| address::aligned(pointer).map(T::order),
            holds_floats: T::holds_floats(),
        }))
    }
}

/// Whatever else there is.
pub trait HasNoOrder<T: ?Sized> {
    /// Not seen.
    fn parallel_for_order(&self) -> Order<T>;
}

impl<T: ?Sized> HasNoOrder<T> for Look<T> {
    fn parallel_for_order(&self) -> Order<T> {
        Order(None)
    }
}
