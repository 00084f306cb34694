//! Programs of other editions, and of crates that give the dependency another name: those in `run`
//! must run, those in `refused` are refused in the words beside them (`TRYBUILD=overwrite` writes them
//! anew).
//!
//! Each is compiled by the compiler alone, against the library as it is built for these tests.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use parallel_for_tests::compiler;

#[test]
fn edition_2015() {
    check("2015", "2015", "parallel_for");
}

#[test]
fn edition_2018() {
    check("2018", "2018", "parallel_for");
}

#[test]
fn renamed_dependency() {
    check("renamed", "2024", "pf");
}

fn check(folder: &str, edition: &str, name: &str) {
    for program in programs(&format!("editions/{folder}/run")) {
        let binary = output().join(format!("{folder}_{}", stem(&program)));
        let compiled = compile(&program, edition, name, &["-o"], &binary);
        assert!(compiled.status.success(), "{}", stderr(&compiled));
        let ran = Command::new(&binary).output().expect("the program starts");
        assert!(
            ran.status.success(),
            "{}: {}",
            program.display(),
            stderr(&ran)
        );
    }
    for program in programs(&format!("editions/{folder}/refused")) {
        let metadata = output().join(format!("{folder}_{}.rmeta", stem(&program)));
        let compiled = compile(
            &program,
            edition,
            name,
            &["--emit=metadata", "-o"],
            &metadata,
        );
        assert!(!compiled.status.success(), "{} compiles", program.display());
        let (said, words) = (words(&compiled), program.with_extension("stderr"));
        if env::var("TRYBUILD").as_deref() == Ok("overwrite") {
            fs::write(&words, &said).expect("the words are written");
        }
        let expected = fs::read_to_string(&words).unwrap_or_default();
        assert_eq!(said, expected, "{}", program.display());
    }
}

/// The sources in a folder of this package.
fn programs(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of programs");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut sources: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|it| it == "rs"))
        .collect();
    sources.sort();
    sources
}

fn stem(program: &Path) -> &str {
    program
        .file_stem()
        .and_then(|it| it.to_str())
        .expect("a name")
}

fn output() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

fn compile(program: &Path, edition: &str, name: &str, emit: &[&str], to: &Path) -> Output {
    let folder = program.parent().and_then(Path::parent).expect("a folder");
    compiler(name)
        .arg(program)
        .args(["--crate-type=bin", "--color=never", "--edition", edition])
        .args(emit)
        .arg(to)
        .env(
            "CARGO_MANIFEST_DIR",
            folder.canonicalize().expect("a folder"),
        )
        .output()
        .expect("rustc starts")
}

/// What the compiler says, without places in the library.
fn words(output: &Output) -> String {
    let said = stderr(output);
    let lines = said.lines().filter(|line| !line.contains("--> runtime/"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
