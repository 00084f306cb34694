//! Standard error as a terminal that somebody else has, such as the one of `mpiexec`.
//!
//! Invariant: what belongs together is written in one piece, so that a launcher passes it on in one.

use std::io::{self, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

use indicatif::TermLike;

/// What is to be written next.
#[derive(Debug, Default)]
pub(super) struct PassedOn(Mutex<String>);

/// Most terminals are at least as wide.
const WIDTH: u16 = 80;

impl PassedOn {
    fn text(&self) -> MutexGuard<'_, String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A movement of the cursor, by its letter.
    #[expect(clippy::unnecessary_wraps, reason = "the trait wants it")]
    fn go(&self, count: usize, letter: char) -> io::Result<()> {
        if count > 0 {
            self.text().extend(["\x1b[", &count.to_string()]);
            self.text().push(letter);
        }
        Ok(())
    }
}

impl TermLike for PassedOn {
    fn width(&self) -> u16 {
        WIDTH
    }

    fn move_cursor_up(&self, count: usize) -> io::Result<()> {
        self.go(count, 'A')
    }

    fn move_cursor_down(&self, count: usize) -> io::Result<()> {
        self.go(count, 'B')
    }

    fn move_cursor_right(&self, count: usize) -> io::Result<()> {
        self.go(count, 'C')
    }

    fn move_cursor_left(&self, count: usize) -> io::Result<()> {
        self.go(count, 'D')
    }

    fn write_line(&self, text: &str) -> io::Result<()> {
        self.text().extend([text, "\n"]);
        Ok(())
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        *self.text() += text;
        Ok(())
    }

    fn clear_line(&self) -> io::Result<()> {
        *self.text() += "\r\x1b[2K";
        Ok(())
    }

    fn flush(&self) -> io::Result<()> {
        let text = std::mem::take(&mut *self.text());
        io::stderr().write_all(text.as_bytes())
    }
}
