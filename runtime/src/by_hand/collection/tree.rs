//! What a nested map is on the master: an ordinary tree.

use std::collections::BTreeMap;
use std::collections::btree_map;
use std::ops::Index;

use serde::{Deserialize, Serialize};

/// A value, or a map of further trees; it can be read, compared and serialised like any value.
///
/// ```
/// use parallel_for::collection::{NestedMap, Tree};
///
/// let mut map: NestedMap<String, u32> = NestedMap::new();
/// map.insert(["a", "b"], 3)?;
/// map.insert(["a", "c"], 4)?;
/// let tree: Tree<String, u32> = map.gather()?.expect("this is the master");
///
/// assert_eq!(tree["a"]["b"].value(), Some(&3));
/// assert_eq!(tree.get("a").map(Tree::len), Some(2));
/// assert!(tree.get("z").is_none());
/// for (path, value) in &tree {
///     println!("{path:?}: {value}"); // ["a", "b"]: 3
/// }
/// # Ok::<(), parallel_for::collection::DuplicateKey<String>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tree<K: Ord, V> {
    /// A value.
    Leaf(V),
    /// What stands below each key.
    Branch(BTreeMap<K, Tree<K, V>>),
}

impl<K: Ord, V> Tree<K, V> {
    /// The tree below a key; `None` if there is none, or in a leaf.
    #[must_use]
    pub fn get(&self, key: impl Into<K>) -> Option<&Self> {
        self.branches()?.get(&key.into())
    }

    /// The value of a leaf.
    #[must_use]
    pub fn value(&self) -> Option<&V> {
        match self {
            Self::Leaf(value) => Some(value),
            Self::Branch(_) => None,
        }
    }

    /// The value of a leaf, by value.
    #[must_use]
    pub fn into_value(self) -> Option<V> {
        match self {
            Self::Leaf(value) => Some(value),
            Self::Branch(_) => None,
        }
    }

    /// The trees below a branch, by their keys.
    #[must_use]
    pub fn branches(&self) -> Option<&BTreeMap<K, Self>> {
        match self {
            Self::Leaf(_) => None,
            Self::Branch(branches) => Some(branches),
        }
    }

    /// The number of values.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// All values with their paths, in the order of the keys.
    #[must_use]
    pub fn iter(&self) -> Iter<'_, K, V> {
        let mut iter = Iter {
            root: None,
            open: Vec::new(),
            path: Vec::new(),
        };
        match self {
            Self::Leaf(value) => iter.root = Some(value),
            Self::Branch(branches) => iter.open.push(branches.iter()),
        }
        iter
    }

    /// The tree of some values. No path is that of another value or leads through one.
    pub(super) fn of(values: impl IntoIterator<Item = (Vec<K>, V)>) -> Self {
        let mut tree = Self::default();
        for (path, value) in values {
            let mut at = &mut tree;
            for key in path {
                let Self::Branch(branches) = at else {
                    unreachable!("a value stands in the way of another")
                };
                at = branches.entry(key).or_default();
            }
            *at = Self::Leaf(value);
        }
        tree
    }
}

/// Without any value.
impl<K: Ord, V> Default for Tree<K, V> {
    fn default() -> Self {
        Self::Branch(BTreeMap::new())
    }
}

/// `tree["a"]["b"]`; panics where there is no such key, as for any map.
impl<K: Ord, V, Q: Into<K>> Index<Q> for Tree<K, V> {
    type Output = Self;

    fn index(&self, key: Q) -> &Self {
        self.get(key).expect("the tree has this key")
    }
}

impl<'a, K: Ord, V> IntoIterator for &'a Tree<K, V> {
    type Item = (Vec<&'a K>, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

/// See [`Tree::iter`].
#[derive(Clone, Debug)]
pub struct Iter<'a, K: Ord, V> {
    /// The only value, where the tree is a leaf.
    root: Option<&'a V>,
    /// What is left of each branch from the root to the present one.
    open: Vec<btree_map::Iter<'a, K, Tree<K, V>>>,
    /// The keys that lead to the present branch.
    path: Vec<&'a K>,
}

impl<'a, K: Ord, V> Iterator for Iter<'a, K, V> {
    type Item = (Vec<&'a K>, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(value) = self.root.take() {
            return Some((Vec::new(), value));
        }
        loop {
            match self.open.last_mut()?.next() {
                None => {
                    self.open.pop();
                    self.path.pop();
                }
                Some((key, Tree::Leaf(value))) => {
                    let path = self.path.iter().copied().chain([key]).collect();
                    return Some((path, value));
                }
                Some((key, Tree::Branch(branches))) => {
                    self.path.push(key);
                    self.open.push(branches.iter());
                }
            }
        }
    }
}
