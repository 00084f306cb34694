//! The collections of the standard library as outputs: the one list of them.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, VecDeque};
use std::hash::{BuildHasher, Hash};
use std::mem;

use super::blanks::Spare;
use super::fill::{FilledList, Filling, Opens};
use super::lent::{Collection, MayBeLeft, PushedOnce};
use super::log::{HeapLog, MapLog, SetLog};
use super::{Absorb, Keyed, Output, Rewind};
use crate::base::wire::Transport;
use crate::loop_parts::schedule::Length;

/// Each with the type of its elements, and the part that a chunk fills; with the bounds that it has by itself, what
/// its elements are, and how it absorbs a part.
macro_rules! collections {
    ($($name:ident<$($generic:ident),*> of $element:ty, part $part:ty, [$($bounds:tt)*] [$($part_of:ident)*]
        |$collection:ident, $added:ident| $absorb:expr;)+) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generic),*> Collection<Self, $part, $element> for $name<$($generic),*> {
            fn found(&mut self) -> &mut Self {
                self
            }
        }

        impl<$($generic),*> Output for $name<$($generic),*>
        where
            $($part_of: Transport,)*
            $($bounds)*
        {
        }

        impl<$($generic),*> Absorb for $name<$($generic),*>
        where
            $($part_of: Send,)*
            $($bounds)*
        {
            type Part = $part;
            type Blanks = Spare<$part>;

            fn blanks(&mut self, _: Length) -> Spare<$part> {
                Spare::default()
            }

            fn absorb(&mut self, $added: &mut $part) {
                let $collection = self;
                $absorb;
            }
        }
    )+};
}

// The parts of those with an order of their own are logs. The order of hash tables and heaps depends on
// how they grew; sorted collections keep the first of equal keys and the last of their values; and of
// none of them could what an iteration did be undone.
collections! {
    Vec<T> of T, part Self, [] [T]
        |list, part| append_or_become(list, part);
    VecDeque<T> of T, part Self, [] [T]
        |deque, part| deque.append(part);
    String<> of char, part Self, [] []
        |text, part| { text.push_str(part); part.clear() };
    BTreeMap<K, V> of (K, V), part MapLog<K, V>, [K: Ord] [K V]
        |map, log| mem::take(log).replay(map);
    BTreeSet<T> of T, part SetLog<T>, [T: Ord] [T]
        |set, log| mem::take(log).replay(set);
    HashMap<K, V, S> of (K, V), part MapLog<K, V>, [K: Eq + Hash, S: BuildHasher] [K V]
        |map, log| mem::take(log).replay(map);
    HashSet<T, S> of T, part SetLog<T>, [T: Eq + Hash, S: BuildHasher] [T]
        |set, log| mem::take(log).replay(set);
    BinaryHeap<T> of T, part HeapLog<T>, [T: Ord] [T]
        |heap, log| mem::take(log).replay(heap);
}

pub(super) fn append_or_become<T>(list: &mut Vec<T>, part: &mut Vec<T>) {
    if list.is_empty() && list.capacity() < part.len() {
        mem::swap(list, part);
    } else {
        list.append(part);
    }
}

impl<'a, T: 'a> PushedOnce<'a> for Vec<T> {
    type Part = Filling<'a, T>;
    type By = FilledList<'a, T>;

    fn pushed_once(&'a mut self) -> FilledList<'a, T> {
        FilledList::new(self)
    }
}

impl<T> MayBeLeft for FilledList<'_, T> {
    fn unless_left(self) -> Self {
        self.unless_left()
    }
}

/// Those that are filled like that as they always are.
macro_rules! as_always {
    ($($name:ident<$($generic:ident),*> by $part:ty;)+) => {$(
        impl<'a $(, $generic: 'a)*> PushedOnce<'a> for $name<$($generic),*> {
            type Part = $part;
            type By = &'a mut Self;

            fn pushed_once(&'a mut self) -> &'a mut Self {
                self
            }
        }
    )+};
}

// Those without a `push` are refused where it is.
as_always! {
    VecDeque<T> by Self;
    String<> by Self;
    BTreeMap<K, V> by MapLog<K, V>;
    BTreeSet<T> by SetLog<T>;
    HashMap<K, V, S> by MapLog<K, V>;
    HashSet<T, S> by SetLog<T>;
    BinaryHeap<T> by HeapLog<T>;
}

macro_rules! opens_itself {
    ($([$($generic:ident)*] $part:ty;)+) => {$(
        impl<$($generic),*> Opens for $part {
            type Opened<'part> = &'part mut Self where Self: 'part;

            #[inline]
            fn open(&mut self, _: usize) -> &mut Self {
                self
            }
        }
    )+};
}

opens_itself! {
    [T] VecDeque<T>;
    [] String;
    [K V] MapLog<K, V>;
    [T] SetLog<T>;
    [T] HeapLog<T>;
}

impl<K, V, S> Keyed for HashMap<K, V, S> {}
impl<K, V> Keyed for BTreeMap<K, V> {}
impl<T, S> Keyed for HashSet<T, S> {}
impl<T> Keyed for BTreeSet<T> {}

macro_rules! rewind_by_length {
    ($([$($generic:ident)*] $list:ty;)+) => {$(
        impl<$($generic),*> Rewind for $list {
            type Mark = usize;

            fn mark(&mut self) -> usize {
                self.len()
            }

            fn rewind(&mut self, mark: usize) {
                self.truncate(mark);
            }
        }
    )+};
}

rewind_by_length! {
    [T] Vec<T>;
    [T] VecDeque<T>;
    [] String;
}
