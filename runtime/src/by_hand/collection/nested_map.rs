//! A map with nested keys that every rank writes to.

use std::collections::BTreeMap;
use std::fmt::Debug;

use super::{DuplicateKey, Tree, clash, note_lost};
use crate::base::wire::Transport;
use crate::by_hand::communicator::root::{broadcast, gather};
use crate::by_hand::ranks::rank;

/// A map with nested keys, to write to on every rank and to read on the master (dlp_mpi's
/// `NestedDict`).
///
/// Keys are of one type; [`Key`](super::Key) holds text or numbers. A path can have any number of
/// keys, and each path is written to once, on one rank. Values that are dropped without having been
/// gathered are counted in a note on stderr.
///
/// ```
/// use parallel_for::collection::NestedMap;
///
/// let mut lengths: NestedMap<String, usize> = NestedMap::new();
/// for word in parallel_for::split_managed(["one", "two", "three"]) {
///     let mut entry = lengths.at(word);
///     entry.at("characters").insert(word.len())?;
///     entry.at("vowels").insert(word.matches(['o', 'e']).count())?;
/// }
/// if let Some(lengths) = lengths.gather()? {
///     assert_eq!(lengths["three"]["characters"].value(), Some(&5));
/// }
/// # Ok::<(), parallel_for::collection::DuplicateKey<String>>(())
/// ```
#[derive(Debug)]
#[doc(alias = "NestedDict")]
pub struct NestedMap<K: Ord, V> {
    pub(super) values: BTreeMap<Vec<K>, V>,
}

impl<K: Ord + Clone, V> NestedMap<K, V> {
    /// An empty map.
    #[must_use]
    pub fn new() -> Self {
        Self {
            values: BTreeMap::new(),
        }
    }

    /// The part of the map below a key, to write to.
    pub fn at(&mut self, key: impl Into<K>) -> At<'_, K, V> {
        At {
            path: vec![key.into()],
            map: self,
        }
    }

    /// Writes a value to a path.
    ///
    /// # Errors
    /// When this rank has written to this path, below it, or to a part of it; the map stays as it
    /// was. Whether other ranks have, [`gather`](Self::gather) finds out.
    pub fn insert(
        &mut self,
        path: impl IntoIterator<Item: Into<K>>,
        value: V,
    ) -> Result<(), DuplicateKey<K>> {
        let path: Vec<K> = path.into_iter().map(Into::into).collect();
        // If there is any that leads to the path, it is the last one before it: whatever would
        // stand between the two is below the former, too.
        let before = self.values.range::<Vec<K>, _>(..=&path).next_back();
        let after = self.values.range::<Vec<K>, _>(&path..).next();
        for (other, _) in before.into_iter().chain(after) {
            let (short, long) = if path < *other {
                (&path, other)
            } else {
                (other, &path)
            };
            let leads = long.starts_with(short);
            let own = leads.then(|| [(short, rank()), (long, rank())]);
            if let Some(clash) = own.and_then(clash::find) {
                return Err(clash);
            }
        }
        self.values.insert(path, value);
        Ok(())
    }

    /// The number of values that this rank has written.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether this rank has written nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Brings the values of all ranks to the master: `Some` there, `None` elsewhere. Every rank
    /// must call it.
    ///
    /// # Errors
    /// On every rank, when two values were written to one path, or one below the other; the error
    /// names the ranks.
    ///
    /// # Panics
    /// As [`gather`](crate::gather).
    #[track_caller]
    pub fn gather(mut self) -> Result<Option<Tree<K, V>>, DuplicateKey<K>>
    where
        K: Transport,
        V: Transport,
    {
        let own: Vec<(Vec<K>, V)> = std::mem::take(&mut self.values).into_iter().collect();
        let values = gather((rank(), own)).map(|ranks| {
            let mut values: Vec<(Vec<K>, usize, V)> = ranks
                .into_iter()
                .flat_map(|(rank, own)| {
                    own.into_iter()
                        .map(move |(path, value)| (path, rank, value))
                })
                .collect();
            values.sort_by(|(a, ..), (b, ..)| a.cmp(b));
            values
        });
        let find = |values: &Vec<(Vec<K>, usize, V)>| {
            clash::find(values.iter().map(|(path, rank, _)| (path, *rank)))
        };
        let clash: Option<DuplicateKey<K>> = broadcast(values.as_ref().map(find));
        match clash {
            Some(clash) => Err(clash),
            None => Ok(values
                .map(|values| Tree::of(values.into_iter().map(|(path, _, value)| (path, value))))),
        }
    }
}

impl<K: Ord + Clone, V> Default for NestedMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Ord, V> Drop for NestedMap<K, V> {
    fn drop(&mut self) {
        note_lost("NestedMap", self.values.len());
    }
}

/// A place in a [`NestedMap`], to write to.
#[derive(Debug)]
pub struct At<'a, K: Ord, V> {
    map: &'a mut NestedMap<K, V>,
    path: Vec<K>,
}

impl<K: Ord + Clone, V> At<'_, K, V> {
    /// The part below a further key.
    pub fn at(&mut self, key: impl Into<K>) -> At<'_, K, V> {
        let mut path = self.path.clone();
        path.push(key.into());
        At {
            map: self.map,
            path,
        }
    }

    /// Writes a value to this place.
    ///
    /// # Errors
    /// As [`NestedMap::insert`].
    pub fn insert(&mut self, value: V) -> Result<(), DuplicateKey<K>> {
        self.map.insert(self.path.iter().cloned(), value)
    }
}
