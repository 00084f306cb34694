//! What calls between ranks return when they can't do what they were asked for.
//!
//! Invariant: the words are for people (what happened, where, what to do), and `Debug` prints the
//! same ones, so that `fn main() -> Result<(), Error>` ends with them.

use std::fmt::{self, Debug, Display};

use serde::{Deserialize, Serialize};

/// Why a call between ranks failed.
///
/// Errors of the whole job (ranks in different calls, deadlocks, a rank that failed) are not
/// returned: they end the job, with the reason printed once.
///
/// ```
/// let world = parallel_for::world();
/// let error = world.send(world.size(), &7).unwrap_err();
/// assert_eq!(error.kind(), parallel_for::ErrorKind::NoSuchRank);
/// println!("{error}");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    words: String,
}

/// The kinds of [`Error`]s, for programs that handle them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A rank's number is not below the communicator's size.
    NoSuchRank,
    /// A list or slice has another length than the call needs.
    WrongLength,
    /// A message holds a value of another type than the one that is received.
    WrongType,
    /// Serde can't read a value back.
    Unreadable,
    /// An argument that no communicator could honour.
    Misuse,
    /// What the message-passing library reported.
    Library,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, words: impl Into<String>) -> Self {
        Self {
            kind,
            words: words.into(),
        }
    }

    /// What kind of error it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl std::error::Error for Error {}
