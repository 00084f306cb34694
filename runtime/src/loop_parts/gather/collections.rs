//! The collections of the standard library as outputs.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, VecDeque};
use std::hash::{BuildHasher, Hash};

use super::log::{HeapLog, MapLog, SetLog};
use super::{Keyed, Output, Rewind};
use crate::base::wire::Transport;

impl<T: Transport> Output for Vec<T> {
    type Part = Vec<T>;

    fn absorb(&mut self, mut part: Vec<T>) {
        if self.is_empty() && self.capacity() < part.len() {
            *self = part;
        } else {
            self.append(&mut part);
        }
    }
}

impl<T> Rewind for Vec<T> {
    type Mark = usize;

    fn mark(&self) -> usize {
        self.len()
    }

    fn rewind(&mut self, mark: usize) {
        self.truncate(mark);
    }
}

impl<T: Transport> Output for VecDeque<T> {
    type Part = VecDeque<T>;

    fn absorb(&mut self, mut part: VecDeque<T>) {
        self.append(&mut part);
    }
}

impl<T> Rewind for VecDeque<T> {
    type Mark = usize;

    fn mark(&self) -> usize {
        self.len()
    }

    fn rewind(&mut self, mark: usize) {
        self.truncate(mark);
    }
}

impl Output for String {
    type Part = String;

    fn absorb(&mut self, part: String) {
        self.push_str(&part);
    }
}

impl Rewind for String {
    type Mark = usize;

    fn mark(&self) -> usize {
        self.len()
    }

    fn rewind(&mut self, mark: usize) {
        self.truncate(mark);
    }
}

// The parts of all others are logs. The order of hash tables and heaps depends on how they grew;
// sorted collections keep the first of equal keys and the last of their values; and of none of them
// could what an iteration did be undone.

impl<K: Transport + Ord, V: Transport> Output for BTreeMap<K, V> {
    type Part = MapLog<K, V>;

    fn absorb(&mut self, part: MapLog<K, V>) {
        part.replay_sorted(self);
    }
}

impl<T: Transport + Ord> Output for BTreeSet<T> {
    type Part = SetLog<T>;

    fn absorb(&mut self, part: SetLog<T>) {
        part.replay_sorted(self);
    }
}

impl<K: Transport + Eq + Hash, V: Transport, S: BuildHasher> Output for HashMap<K, V, S> {
    type Part = MapLog<K, V>;

    fn absorb(&mut self, part: MapLog<K, V>) {
        part.replay(self);
    }
}

impl<T: Transport + Eq + Hash, S: BuildHasher> Output for HashSet<T, S> {
    type Part = SetLog<T>;

    fn absorb(&mut self, part: SetLog<T>) {
        part.replay(self);
    }
}

impl<T: Transport + Ord> Output for BinaryHeap<T> {
    type Part = HeapLog<T>;

    fn absorb(&mut self, part: HeapLog<T>) {
        part.replay(self);
    }
}

impl<K, V, S> Keyed for HashMap<K, V, S> {}
impl<K, V> Keyed for BTreeMap<K, V> {}
impl<T, S> Keyed for HashSet<T, S> {}
impl<T> Keyed for BTreeSet<T> {}
