//! Parts of collections whose content depends on their history: the history itself.
//!
//! A heap with ties pops in an order, and a hash table with a fixed hasher iterates in one, that
//! follow from every single insertion; a sorted map keeps the first of equal keys. Replaying the
//! calls on the master gives the sequential result, ties included. The logs have the methods of
//! their collections that append.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet};
use std::fmt;
use std::hash::{BuildHasher, Hash};

use serde::{Deserialize, Serialize};

use super::Rewind;
use super::raw::RawPart;

/// One call that made a collection grow.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Growth<E> {
    One(E),
    /// An `extend`; `least` is what its iterator promised, by which a table reserves.
    Many {
        least: usize,
        elements: Vec<E>,
    },
    /// An `append`, in the inner order of the collection that was appended.
    Whole(Vec<E>),
}

/// The calls in their order.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Log<E>(Vec<Growth<E>>);

// The elements are what the user knows of it.
impl<E: fmt::Debug> fmt::Debug for Growth<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(element) => element.fmt(f),
            Self::Many { elements, .. } | Self::Whole(elements) => elements.fmt(f),
        }
    }
}

impl<E> Default for Log<E> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<E> Log<E> {
    fn extend(&mut self, elements: impl Iterator<Item = E>) {
        let least = elements.size_hint().0;
        self.0.push(Growth::Many {
            least,
            elements: elements.collect(),
        });
    }

    fn replay(self, collection: &mut impl Grow<E>) {
        for growth in self.0 {
            match growth {
                Growth::One(element) => collection.add(element),
                Growth::Many { least, elements } => collection.extend(Promising {
                    elements: elements.into_iter(),
                    least,
                }),
                Growth::Whole(elements) => collection.append_whole(elements),
            }
        }
    }
}

/// Collections that calls in a log make grow again.
pub(super) trait Grow<E>: Extend<E> {
    /// By the call that takes one element.
    fn add(&mut self, element: E);

    /// By an `append` of a collection with these elements, in its inner order.
    fn append_whole(&mut self, elements: Vec<E>);
}

impl<K: Ord, V> Grow<(K, V)> for BTreeMap<K, V> {
    fn add(&mut self, (key, value): (K, V)) {
        self.insert(key, value);
    }

    fn append_whole(&mut self, elements: Vec<(K, V)>) {
        self.append(&mut elements.into_iter().collect());
    }
}

impl<K: Eq + Hash, V, S: BuildHasher> Grow<(K, V)> for HashMap<K, V, S> {
    fn add(&mut self, (key, value): (K, V)) {
        self.insert(key, value);
    }

    fn append_whole(&mut self, elements: Vec<(K, V)>) {
        self.extend(elements);
    }
}

impl<T: Ord> Grow<T> for BTreeSet<T> {
    fn add(&mut self, element: T) {
        self.insert(element);
    }

    fn append_whole(&mut self, elements: Vec<T>) {
        self.append(&mut elements.into_iter().collect());
    }
}

impl<T: Eq + Hash, S: BuildHasher> Grow<T> for HashSet<T, S> {
    fn add(&mut self, element: T) {
        self.insert(element);
    }

    fn append_whole(&mut self, elements: Vec<T>) {
        self.extend(elements);
    }
}

impl<T: Ord> Grow<T> for BinaryHeap<T> {
    fn add(&mut self, element: T) {
        self.push(element);
    }

    fn append_whole(&mut self, elements: Vec<T>) {
        // A vector in heap order becomes the same heap again.
        self.append(&mut BinaryHeap::from(elements));
    }
}

/// The elements of an `extend` with the promise that its iterator had made.
struct Promising<I> {
    elements: I,
    least: usize,
}

impl<I: Iterator> Iterator for Promising<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.elements.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.least, None)
    }
}

macro_rules! logs {
    ($($(#[$doc:meta])* $name:ident<$($generic:ident),+> of $element:ty;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name<$($generic),+>(Log<$element>);

        impl<$($generic: fmt::Debug),+> fmt::Debug for $name<$($generic),+> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.0.fmt(f)
            }
        }

        impl<$($generic),+> Default for $name<$($generic),+> {
            fn default() -> Self {
                Self(Log::default())
            }
        }

        impl<$($generic),+> $name<$($generic),+> {
            pub(super) fn replay(self, collection: &mut impl Grow<$element>) {
                self.0.replay(collection);
            }
        }

        impl<$($generic),+> Extend<$element> for $name<$($generic),+> {
            fn extend<Elements: IntoIterator<Item = $element>>(&mut self, elements: Elements) {
                self.0.extend(elements.into_iter());
            }
        }

        impl<$($generic),+> RawPart for $name<$($generic),+> {}

        impl<$($generic),+> Rewind for $name<$($generic),+> {
            type Mark = usize;

            fn mark(&mut self) -> usize {
                self.0.0.len()
            }

            fn rewind(&mut self, mark: usize) {
                self.0.0.truncate(mark);
            }
        }
    )+};
}

logs! {
    /// What a chunk does to a `HashMap` or `BTreeMap`.
    MapLog<K, V> of (K, V);
    /// What a chunk does to a `HashSet` or `BTreeSet`.
    SetLog<T> of T;
    /// What a chunk does to a `BinaryHeap`.
    HeapLog<T> of T;
}

impl<K, V> MapLog<K, V> {
    /// As `HashMap::insert`, except that the former value is not known here.
    pub fn insert(&mut self, key: K, value: V) {
        self.0.0.push(Growth::One((key, value)));
    }

    /// As `BTreeMap::append`.
    pub fn append(&mut self, other: &mut BTreeMap<K, V>) {
        let elements = std::mem::take(other).into_iter().collect();
        self.0.0.push(Growth::Whole(elements));
    }
}

impl<'a, K: Copy, V: Copy> Extend<(&'a K, &'a V)> for MapLog<K, V> {
    fn extend<Elements: IntoIterator<Item = (&'a K, &'a V)>>(&mut self, elements: Elements) {
        self.0
            .extend(elements.into_iter().map(|(key, value)| (*key, *value)));
    }
}

impl<T> SetLog<T> {
    /// As `HashSet::insert`, except that it is not known here whether the value is new.
    pub fn insert(&mut self, value: T) {
        self.0.0.push(Growth::One(value));
    }

    /// As `BTreeSet::append`.
    pub fn append(&mut self, other: &mut BTreeSet<T>) {
        let elements = std::mem::take(other).into_iter().collect();
        self.0.0.push(Growth::Whole(elements));
    }
}

impl<'a, T: Copy> Extend<&'a T> for SetLog<T> {
    fn extend<Elements: IntoIterator<Item = &'a T>>(&mut self, elements: Elements) {
        self.0.extend(elements.into_iter().copied());
    }
}

impl<T> HeapLog<T> {
    /// As `BinaryHeap::push`.
    pub fn push(&mut self, value: T) {
        self.0.0.push(Growth::One(value));
    }

    /// As `BinaryHeap::append`.
    pub fn append(&mut self, other: &mut BinaryHeap<T>)
    where
        T: Ord,
    {
        self.0
            .0
            .push(Growth::Whole(std::mem::take(other).into_vec()));
    }
}

impl<'a, T: Copy> Extend<&'a T> for HeapLog<T> {
    fn extend<Elements: IntoIterator<Item = &'a T>>(&mut self, elements: Elements) {
        self.0.extend(elements.into_iter().copied());
    }
}
