//! Asks the machine for the facts.

mod hello;
mod libclang;
mod resources;
mod slurm;
mod system;

use std::env;
use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::facts::{Facts, Mpiexec};
use crate::mpi::{Launcher, Wrapper, launcher_of, of_builds};
use crate::path::find;

/// Names that compiler wrappers have.
const WRAPPERS: [&str; 3] = ["mpicc", "mpicc.openmpi", "mpicc.mpich"];

pub(crate) fn facts() -> Facts {
    let choice = of_builds();
    let by_name = find("mpiexec").map(|path| {
        let launcher = launcher_of(&path);
        // As it is typed.
        let launcher = launcher.map(|launcher| Launcher {
            command: "mpiexec".into(),
            ..launcher
        });
        (path, launcher)
    });
    let (fitting, hello) = hello::tried(
        &choice,
        by_name.as_ref().and_then(|(_, launcher)| launcher.clone()),
    );
    Facts {
        system: system::found(),
        tools: [
            ("cargo", version("CARGO", "cargo")),
            ("rustc", version("RUSTC", "rustc")),
        ],
        wrappers: WRAPPERS.into_iter().filter_map(Wrapper::at).collect(),
        choice,
        mpiexec: Mpiexec { by_name, fitting },
        libclang: libclang::found(),
        resources: resources::found(),
        slurm: slurm::found(),
        hello,
    }
}

/// What a tool says of itself, which a variable may name.
fn version(variable: &str, name: &str) -> Option<String> {
    let said = Command::new(env::var_os(variable).unwrap_or(name.into()))
        .arg("--version")
        .output()
        .ok()?;
    let words = String::from_utf8(said.stdout).ok()?.trim().to_owned();
    said.status.success().then_some(words)
}

/// A folder of our own, which is gone with its value.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> io::Result<Self> {
        static FOLDERS: AtomicUsize = AtomicUsize::new(0);
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!(
            "parallel-for-{name}-{}-{number}",
            std::process::id()
        ));
        // Nobody else may put programs there, and one that is there already is not ours.
        DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Self(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
