//! Folders that are gone with their value.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::scratch;

/// See the module.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// One of its own, for what the suites write.
    ///
    /// # Panics
    ///
    /// If it can't be made.
    #[must_use]
    pub fn new(name: &str) -> Self {
        static FOLDERS: AtomicUsize = AtomicUsize::new(0);
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        Self(scratch(&format!("{name}-{}-{number}", std::process::id())))
    }

    /// At this path, where there need not be one.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The same as text.
    ///
    /// # Panics
    ///
    /// If the path is not text.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.to_str().expect("a path that is text")
    }

    /// The name of a file in it.
    #[must_use]
    pub fn file(&self, name: &str) -> String {
        format!("{}/{name}", self.name())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
