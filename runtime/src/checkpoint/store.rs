//! Where the bytes of a journal go.

use std::fmt::Debug;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};

/// A file to the end of which bytes are added.
pub(super) trait Store: Debug + Send {
    /// Adds these bytes; they may stay in memory until [`flush`](Self::flush).
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Gives all bytes to the system: the end of this process does not lose them any more.
    fn flush(&mut self) -> io::Result<()>;

    /// Waits until all bytes are on the disk.
    fn sync(&mut self) -> io::Result<()>;

    /// Forgets what is behind this position.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

/// A real one.
#[derive(Debug)]
pub(super) struct Disk(BufWriter<File>);

impl Disk {
    /// Adds to the end of a file, which nobody else moves in: it was opened for appending.
    pub(super) fn new(file: File) -> Self {
        Self(BufWriter::with_capacity(1 << 16, file))
    }
}

impl Store for Disk {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.get_ref().sync_data()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        // What could not be written is still in the buffer, and is dropped with it.
        let file = self.0.get_ref().try_clone()?;
        let before = std::mem::replace(&mut self.0, BufWriter::new(file));
        let (file, _unwritten) = before.into_parts();
        file.set_len(length)
    }
}
