//! What ends a command, in words for people: what happened, and what to do about it.

use std::fmt::{self, Display};

/// An error with a way out of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    words: String,
    help: String,
}

impl Problem {
    pub(crate) fn new(words: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            help: help.into(),
        }
    }
}

impl Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}\nhelp: {}", self.words, self.help)
    }
}
