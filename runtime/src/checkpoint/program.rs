//! Which program writes a journal.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::base::hashed;

/// The program file and what it was started with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Program {
    /// Of this crate.
    pub(super) version: String,
    /// A digest of the program file; nothing, where that can't be read.
    pub(super) file: Option<u64>,
    /// Without the program's own name.
    pub(super) arguments: Vec<String>,
}

impl Program {
    /// The one that runs.
    pub(super) fn this(version: &str, arguments: Vec<String>) -> Self {
        Self {
            version: version.to_owned(),
            file: own_digest(),
            arguments,
        }
    }
}

/// Of the program file, which is read once.
fn own_digest() -> Option<u64> {
    static DIGEST: OnceLock<Option<u64>> = OnceLock::new();
    *DIGEST.get_or_init(|| own_file().map(|bytes| hashed::of(&bytes[..], bytes.len() as u64)))
}

/// What was started, also where its path leads to another file by now.
fn own_file() -> Option<Vec<u8>> {
    let started = fs::read(Path::new("/proc/self/exe"));
    started
        .or_else(|_| std::env::current_exe().and_then(fs::read))
        .ok()
}
