//! Builds the programs of the suites in every variant and launches them: alone, or under the
//! launcher of an MPI. Suites say what to run and what they expect, never how it is started.
//! The programs take from here what they share.

mod build;
mod catalogue;
mod compiler;
mod each_mpi;
mod folder;
mod programs;
mod run;
mod subcommand;
mod vendor;

use std::path::{Path, PathBuf};

pub use build::Variant;
pub use compiler::{compiler, is_compiler_of};
pub use folder::Folder;
pub use programs::{churn, mix, show, work};
pub use run::{Outcome, Program};
pub use subcommand::subcommand;
pub use vendor::{Vendor, skipped};

/// The folder of the workspace, where `cargo` runs and source paths start.
#[must_use]
pub fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// `path:line` of the first line of a source file that contains the text.
///
/// # Panics
///
/// If there is no such file or no such line.
#[must_use]
pub fn place(path: &str, text: &str) -> String {
    let source = std::fs::read_to_string(workspace().join(path)).expect("a source file");
    let index = source.lines().position(|line| line.contains(text));
    format!("{path}:{}", index.expect("a line with this text") + 1)
}

/// A folder below `target` for what the suites write.
///
/// # Panics
///
/// If it can't be made.
#[must_use]
pub fn scratch(name: &str) -> PathBuf {
    let folder = build::target_folder().join("variants/scratch").join(name);
    std::fs::create_dir_all(&folder).expect("a folder below target");
    folder
}
