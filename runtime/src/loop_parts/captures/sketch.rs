//! A value in a few numbers, from which two ranks can tell whether, and where, theirs differ. Pure.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A list is seen in so many stretches.
pub(super) const STRETCHES: usize = 16;

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sketch {
    /// The number of elements, of what has elements.
    length: Option<u64>,
    /// A digest of each stretch of a list, or one of the whole.
    parts: Vec<u64>,
    /// It is of the order alone, not of what is in it.
    is_order: bool,
}

/// Where two values begin to differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Difference {
    Length(u64, u64),
    /// The first elements that differ are among these.
    Elements(Range<u64>),
    Value,
    /// The same elements come in another order.
    Order,
}

impl Sketch {
    /// Of a list: `stretch` digests the elements in a range.
    pub(super) fn of_list(length: usize, mut stretch: impl FnMut(Range<usize>) -> u64) -> Self {
        let parts = (0..stretches(length)).map(|part| stretch(bounds(length, part)));
        Self {
            length: Some(length as u64),
            parts: parts.collect(),
            is_order: false,
        }
    }

    /// Of elements in no order.
    pub(super) fn of_table(length: usize, digest: u64) -> Self {
        Self {
            length: Some(length as u64),
            parts: vec![digest],
            is_order: false,
        }
    }

    /// Of anything else.
    pub(super) fn of_value(digest: u64) -> Self {
        Self {
            length: None,
            parts: vec![digest],
            is_order: false,
        }
    }

    /// Of the order of a hash table.
    pub(super) fn of_order(digest: u64) -> Self {
        Self {
            is_order: true,
            ..Self::of_value(digest)
        }
    }

    /// Where another rank's value begins to differ from this one.
    pub(crate) fn difference(&self, theirs: &Self) -> Option<Difference> {
        if let (Some(ours), Some(theirs)) = (self.length, theirs.length)
            && ours != theirs
        {
            return Some(Difference::Length(ours, theirs));
        }
        if self.parts == theirs.parts {
            return None;
        }
        if self.is_order {
            return Some(Difference::Order);
        }
        let mut pairs = self.parts.iter().zip(&theirs.parts);
        let first = pairs.position(|(ours, theirs)| ours != theirs);
        Some(match (self.length, first) {
            (Some(length), Some(part)) if self.parts.len() > 1 || length == 1 => {
                let elements = bounds(usize::try_from(length).unwrap_or(usize::MAX), part);
                Difference::Elements(elements.start as u64..elements.end as u64)
            }
            _ => Difference::Value,
        })
    }
}

fn stretches(length: usize) -> usize {
    length.min(STRETCHES)
}

/// The elements of a stretch.
fn bounds(length: usize, stretch: usize) -> Range<usize> {
    let count = stretches(length) as u128;
    let border = |at: usize| {
        let exact = length as u128 * at as u128 / count;
        usize::try_from(exact).expect("a border lies within the length")
    };
    border(stretch)..border(stretch + 1)
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(ours, theirs) => {
                write!(f, "it has {theirs} elements there and {ours} here")
            }
            Self::Elements(range) if range.end - range.start == 1 => {
                write!(f, "the first difference is element {}", range.start)
            }
            Self::Elements(range) => write!(
                f,
                "the first difference is among the elements {}..{}",
                range.start, range.end
            ),
            Self::Value => f.write_str("its value differs there"),
            Self::Order => f.write_str("its order differs there"),
        }
    }
}
