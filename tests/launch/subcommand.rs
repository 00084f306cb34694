//! `cargo parallel-for`, built once per run.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use crate::build::target_folder;
use crate::workspace;

/// The subcommand, as cargo starts it.
///
/// # Panics
///
/// If it doesn't compile.
#[must_use]
pub fn subcommand() -> Command {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let program = BUILT.get_or_init(|| {
        let folder = target_folder();
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args([
                "build",
                "--quiet",
                "-p",
                "cargo-parallel-for",
                "--target-dir",
            ])
            .arg(&folder)
            .current_dir(workspace());
        assert!(
            cargo.status().expect("cargo starts").success(),
            "the subcommand doesn't compile"
        );
        folder.join("debug/cargo-parallel-for")
    });
    let mut command = Command::new(program);
    command.arg("parallel-for").current_dir(workspace());
    command
}
