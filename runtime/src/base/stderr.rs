//! What the library tells people.
//!
//! Invariant: in one piece. Other ranks write theirs at the same time, and the end of a job may come between two
//! pieces. Where standard error is closed, nobody reads it.

use std::fmt;

/// Writes a line, or several, to standard error.
pub(crate) fn say(words: fmt::Arguments<'_>) {
    let words = format!("{words}\n");
    // The test runner holds back what tests print, by this macro alone.
    #[cfg(test)]
    eprint!("{words}");
    #[cfg(not(test))]
    let _ = std::io::Write::write_all(&mut std::io::stderr(), words.as_bytes());
}
