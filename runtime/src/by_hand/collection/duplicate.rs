//! What is wrong where two values are written to one place.

use std::error::Error;
use std::fmt::{self, Debug, Display};

use serde::{Deserialize, Serialize};

/// Two values were written to one key, or one value below another.
///
/// Its `Debug` shows the same text as its `Display`, so that a `main` that returns it ends with a
/// readable message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DuplicateKey<K> {
    /// The path with a value that was written to again; the first in the order of the keys.
    pub path: Vec<K>,
    /// The longer path of the other value, where it stands below the first.
    pub below: Option<Vec<K>>,
    /// The ranks that wrote to this path or below it.
    pub ranks: Vec<usize>,
    /// How many further paths were written to twice.
    pub others: usize,
}

impl<K: Debug> Display for DuplicateKey<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            below,
            ranks,
            others,
        } = self;
        let path = bracketed(path);
        match below {
            None => write!(f, "the key {path} was written more than once, by ")?,
            Some(below) => write!(
                f,
                "the key {path} was written as a value, and {} below it, by ",
                bracketed(below)
            )?,
        }
        match &ranks[..] {
            [rank] => write!(f, "rank {rank}")?,
            [ranks @ .., last] => {
                let ranks: Vec<String> = ranks.iter().map(ToString::to_string).collect();
                write!(f, "ranks {} and {last}", ranks.join(", "))?;
            }
            [] => write!(f, "no rank")?,
        }
        match others {
            0 => {}
            1 => write!(f, "; so was another key")?,
            _ => write!(f, "; so were {others} other keys")?,
        }
        write!(
            f,
            "\nhelp: what is written to a `NestedMap` can't be replaced: let every item write to keys of its own, \
             with its name or number in the path"
        )
    }
}

/// A path as one would index with it.
fn bracketed<K: Debug>(path: &[K]) -> String {
    let keys: Vec<String> = path.iter().map(|key| format!("{key:?}")).collect();
    let whole = if keys.is_empty() {
        " (the whole map)"
    } else {
        ""
    };
    format!("[{}]{whole}", keys.join("]["))
}

impl<K: Debug> Debug for DuplicateKey<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

impl<K: Debug> Error for DuplicateKey<K> {}
