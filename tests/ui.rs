//! What the macro refuses, and in which words. `TRYBUILD=overwrite` writes the words anew: read
//! them as a user would.

use std::env;
use std::io::{Write as _, stderr};
use std::process::Command;

/// Half of the words are the compiler's, which change from release to release.
const WRITTEN_WITH: &str = "rustc 1.95.";

#[test]
fn mistakes_are_explained() {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output();
    let version = String::from_utf8(version.expect("rustc starts").stdout).expect("a version");
    if !version.starts_with(WRITTEN_WITH) {
        // Not `eprintln!`, which the test runner captures.
        let version = version.trim();
        let note = format!("SKIPPED mistakes: written with {WRITTEN_WITH}x, this is {version}");
        let _ = writeln!(stderr(), "{note}");
        return;
    }
    trybuild::TestCases::new().compile_fail("ui/fail/*/*.rs");
}
