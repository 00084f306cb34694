//! What the library tells people.
//!
//! Invariant: in one piece. Other ranks write theirs at the same time, and the end of a job may come between two
//! pieces, nor into what is drawn there and drawn anew, such as a bar. Where standard error is closed, nobody reads it.

use std::fmt;
use std::sync::OnceLock;

/// Runs something while nothing is drawn on the terminal.
pub(crate) type Clearing = fn(&mut dyn FnMut());

/// Of who draws there.
static CLEARING: OnceLock<Clearing> = OnceLock::new();

#[cfg_attr(
    not(feature = "progress"),
    expect(dead_code, reason = "lines are written, and nothing is drawn")
)]
/// From now on something may be drawn on the terminal.
pub(crate) fn draw_with(clearing: Clearing) {
    let _ = CLEARING.set(clearing);
}

/// Writes a text as `write` does, to wherever people may see it beside what is drawn. The text is made before: it may be
/// the user's code that makes it.
pub(crate) fn beside(text: fmt::Arguments<'_>, write: impl Fn(fmt::Arguments<'_>)) {
    match CLEARING.get() {
        None => write(text),
        Some(clear) => {
            let text = text.to_string();
            clear(&mut || write(format_args!("{text}")));
        }
    }
}

/// Writes a line, or several, to standard error.
pub(crate) fn say(words: fmt::Arguments<'_>) {
    beside(words, |words| {
        let words = format!("{words}\n");
        // The test runner holds back what tests print, by this macro alone.
        #[cfg(test)]
        eprint!("{words}");
        #[cfg(not(test))]
        let _ = std::io::Write::write_all(&mut std::io::stderr(), words.as_bytes());
    });
}
