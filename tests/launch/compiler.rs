//! The compiler alone: what is compiled by it, against the library as cargo builds it for the tests, and which one it
//! has to be where a suite depends on that.

use std::env;
use std::io::{Write as _, stderr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// What the compiler says, and what it makes of generic code, changes from release to release.
const WRITTEN_WITH: &str = "rustc 1.95.";

/// The compiler, for a program that knows the library by this name.
///
/// # Panics
///
/// If the library can't be built.
#[must_use]
pub fn compiler(name: &str) -> Command {
    let library = library();
    let dependencies = library.parent().expect("a folder");
    let mut command = rustc();
    command
        .arg("--extern")
        .arg(format!("{name}={}", library.display()))
        .arg("-L")
        .arg(format!("dependency={}", dependencies.display()));
    command
}

/// Whether the compiler is the one that a suite was written with; says so if it isn't.
///
/// # Panics
///
/// If there is none.
#[must_use]
pub fn is_compiler_of(suite: &str) -> bool {
    let version = rustc().arg("--version").output();
    let version = String::from_utf8(version.expect("rustc starts").stdout).expect("a version");
    let is_it = version.starts_with(WRITTEN_WITH);
    if !is_it {
        // Not `eprintln!`, which the test runner captures.
        let version = version.trim();
        let note = format!("SKIPPED {suite}: written with {WRITTEN_WITH}x, this is {version}");
        let _ = writeln!(stderr(), "{note}");
    }
    is_it
}

fn rustc() -> Command {
    Command::new(env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned()))
}

/// The library that cargo built for the tests.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args([
            "build",
            "-p",
            "parallel-for-tests",
            "--lib",
            "--message-format=json",
        ]);
        if !cfg!(debug_assertions) {
            cargo.arg("--release");
        }
        let built = cargo.output().expect("cargo starts");
        assert!(
            built.status.success(),
            "{}",
            String::from_utf8_lossy(&built.stderr)
        );
        let messages = String::from_utf8_lossy(&built.stdout).into_owned();
        let library = messages
            .lines()
            .filter(|line| line.contains(r#""name":"parallel_for""#))
            .flat_map(|line| line.split('"'))
            .find(|word| Path::new(word).extension().is_some_and(|it| it == "rlib"))
            .expect("cargo names the library");
        PathBuf::from(library)
    })
}
