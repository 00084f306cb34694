//! Types that are seen as bytes, as lists or as tables, also behind references and boxes.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::rc::Rc;
use std::sync::Arc;

use bytemuck::NoUninit;
use serde::Serialize;

use super::digest::{by_hash, by_serde, knows, of_entries, of_pair};

/// Numbers, or text, as they lie in memory.
pub trait Numbers {
    /// The bytes, and how many make one element.
    fn bytes(&self) -> (&[u8], usize);
}

impl<N: NoUninit> Numbers for [N] {
    fn bytes(&self) -> (&[u8], usize) {
        match size_of::<N>() {
            0 => (&[], 1),
            size => (bytemuck::cast_slice(self), size),
        }
    }
}

impl<N: NoUninit> Numbers for Vec<N> {
    fn bytes(&self) -> (&[u8], usize) {
        self.as_slice().bytes()
    }
}

impl<N: NoUninit, const LENGTH: usize> Numbers for [N; LENGTH] {
    fn bytes(&self) -> (&[u8], usize) {
        self.as_slice().bytes()
    }
}

impl Numbers for str {
    fn bytes(&self) -> (&[u8], usize) {
        (self.as_bytes(), 1)
    }
}

impl Numbers for String {
    fn bytes(&self) -> (&[u8], usize) {
        (self.as_bytes(), 1)
    }
}

/// A list of anything.
pub trait List {
    /// What it is a list of.
    type Element;

    /// The elements.
    fn elements(&self) -> &[Self::Element];
}

impl<T> List for [T] {
    type Element = T;

    fn elements(&self) -> &[T] {
        self
    }
}

impl<T> List for Vec<T> {
    type Element = T;

    fn elements(&self) -> &[T] {
        self
    }
}

impl<T, const LENGTH: usize> List for [T; LENGTH] {
    type Element = T;

    fn elements(&self) -> &[T] {
        self
    }
}

/// A hash table whose keys and values can be hashed.
pub trait Table {
    /// The number of entries, and their digest in any order where they are steady.
    fn entries(&self, is_steady: &dyn Fn() -> bool) -> (usize, u64);
}

impl<K: Hash, V: Hash, S> Table for HashMap<K, V, S> {
    fn entries(&self, is_steady: &dyn Fn() -> bool) -> (usize, u64) {
        let one = |(key, value): (&K, &V)| of_pair(by_hash(key), by_hash(value));
        (
            self.len(),
            if knows(self.len()) && is_steady() {
                of_entries(self.iter(), one)
            } else {
                0
            },
        )
    }
}

impl<K: Hash, S> Table for HashSet<K, S> {
    fn entries(&self, is_steady: &dyn Fn() -> bool) -> (usize, u64) {
        (
            self.len(),
            if knows(self.len()) && is_steady() {
                of_entries(self.iter(), by_hash)
            } else {
                0
            },
        )
    }
}

/// A hash table whose keys can be hashed and whose values can be serialised.
pub trait SerdeTable {
    /// As [`Table::entries`].
    fn entries(&self, is_steady: &dyn Fn() -> bool) -> (usize, u64);
}

impl<K: Hash, V: Serialize, S> SerdeTable for HashMap<K, V, S> {
    fn entries(&self, is_steady: &dyn Fn() -> bool) -> (usize, u64) {
        /// Of each value.
        const NODES: usize = 64;
        let one = |(key, value): (&K, &V)| of_pair(by_hash(key), by_serde(value, NODES));
        (
            self.len(),
            if knows(self.len()) && is_steady() {
                of_entries(self.iter(), one)
            } else {
                0
            },
        )
    }
}

/// The same behind a reference or a box.
macro_rules! behind {
    ($($pointer:ty),+) => {$(
        impl<T: Numbers + ?Sized> Numbers for $pointer {
            fn bytes(&self) -> (&[u8], usize) {
                T::bytes(self)
            }
        }

        impl<T: List + ?Sized> List for $pointer {
            type Element = T::Element;

            fn elements(&self) -> &[T::Element] {
                T::elements(self)
            }
        }

        impl<T: Table + ?Sized> Table for $pointer {
            fn entries(&self, is_steady: &dyn Fn() -> bool) -> (usize, u64) {
                T::entries(self, is_steady)
            }
        }

        impl<T: SerdeTable + ?Sized> SerdeTable for $pointer {
            fn entries(&self, is_steady: &dyn Fn() -> bool) -> (usize, u64) {
                T::entries(self, is_steady)
            }
        }
    )+};
}

behind!(&T, &mut T, Box<T>, Rc<T>, Arc<T>);
