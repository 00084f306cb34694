//! Lists of values that have come from another rank, and are on their way to where they stay.

use std::fmt;

use super::memory::{Plain, Viewed};
use crate::base::aligned::Block;

/// See the module.
pub(crate) struct Values<T>(Place<T>);

enum Place<T> {
    Own(Vec<T>),
    /// Where they arrived: plain values, which are copied when they have a place.
    Arrived(Viewed<T>),
}

impl<T> Values<T> {
    /// The plain values that are in a block.
    ///
    /// # Errors
    /// When they are none, in words.
    pub(super) fn arrived(plain: Plain<T>, block: Block) -> Result<Self, String> {
        Ok(match plain.viewed(block.into_bytes())? {
            Ok(viewed) => Self(Place::Arrived(viewed)),
            Err(bytes) => plain.copied(&bytes)?.into(),
        })
    }

    pub(crate) fn as_slice(&self) -> &[T] {
        match &self.0 {
            Place::Own(values) => values,
            Place::Arrived(viewed) => viewed.values(),
        }
    }

    /// Puts them behind the values of a list.
    pub(crate) fn append_to(self, list: &mut Vec<T>) {
        match self.0 {
            Place::Own(mut values) => list.append(&mut values),
            Place::Arrived(viewed) => viewed.append_to(list),
        }
    }

    /// Stores them in as many places.
    pub(crate) fn store(self, places: &mut [T]) {
        match self.0 {
            // In one copy, where values need not be dropped.
            Place::Own(values) => {
                for (place, value) in places.iter_mut().zip(values) {
                    *place = value;
                }
            }
            Place::Arrived(viewed) => viewed.copy_to(places),
        }
    }

    /// A list of their own.
    pub(crate) fn into_vec(self) -> Vec<T> {
        match self.0 {
            Place::Own(values) => values,
            Place::Arrived(viewed) => {
                let mut values = Vec::new();
                viewed.append_to(&mut values);
                values
            }
        }
    }
}

impl<T> Default for Values<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T> From<Vec<T>> for Values<T> {
    fn from(values: Vec<T>) -> Self {
        Self(Place::Own(values))
    }
}

impl<T: fmt::Debug> fmt::Debug for Values<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().fmt(f)
    }
}
