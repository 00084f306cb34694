//! What the examples do with their arguments, good ones and bad ones.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use parallel_for_tests::{Outcome, Program, Variant, Vendor, scratch, under_each_mpi};

under_each_mpi! {
    sha256_reports_what_it_cannot_read
    knn_reports_the_first_bad_line
    child_processes_names_the_first_command_that_fails
}

const NAMES_OF_FILES: [&str; 8] = [
    "a",
    "b/z",
    "b-",
    "B",
    "back\\slash",
    "new\nline",
    "ret\rurn",
    "ä",
];

#[test]
fn sha256_equals_sha256sum() {
    let folder = &files();
    let sum = "find \"$0\" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum";
    let expected = Command::new("sh")
        .args(["-c", sum, folder])
        .output()
        .unwrap();
    assert!(expected.status.success());

    let outcome = Program::new("sha256").argument(folder).run(Variant::Plain);
    assert_eq!(outcome.stdout, String::from_utf8(expected.stdout).unwrap());
    assert_eq!(outcome.code, 0, "{outcome}");
    assert!(outcome.stderr.starts_with("8 files, "), "{outcome}");
}

#[test]
fn sha256_reports_what_it_cannot_read_in_one_process() {
    check_unreadable(&unreadable().run(Variant::Plain));
}

fn sha256_reports_what_it_cannot_read(vendor: Vendor) {
    check_unreadable(&unreadable().run_ranks(vendor, 3));
}

/// A folder that is not there, and one with a file.
fn unreadable() -> Program {
    let folder = folder("sha256-missing");
    fs::write(folder.join("file"), "here").unwrap();
    Program::new("sha256")
        .argument("/no/such/folder")
        .argument(folder.to_str().unwrap())
}

fn check_unreadable(outcome: &Outcome) {
    assert_eq!(outcome.code, 1, "{outcome}");
    assert_eq!(outcome.stdout.lines().count(), 1, "{outcome}");
    let reports = outcome.stderr.matches("/no/such/folder").count();
    assert_eq!(reports, 1, "{outcome}");
}

#[test]
fn mandelbrot_refuses_bad_arguments() {
    for arguments in [
        &["x.png", "10"][..],
        &["x.png", "0", "5"],
        &["x.png", "5", "many"],
    ] {
        let mut program = Program::new("mandelbrot");
        for argument in arguments {
            program = program.argument(*argument);
        }
        let outcome = program.run(Variant::Plain);
        assert_eq!(outcome.code, 1, "{outcome}");
        assert!(outcome.stderr.contains("usage: mandelbrot"), "{outcome}");
    }
}

#[test]
fn knn_reports_the_first_bad_line_in_one_process() {
    check_bad_line(&bad_lines().run(Variant::Plain));
}

fn knn_reports_the_first_bad_line(vendor: Vendor) {
    check_bad_line(&bad_lines().run_ranks(vendor, 3));
}

/// A table with three bad lines.
fn bad_lines() -> Program {
    let table = folder("knn").join("table.csv");
    let mut lines: Vec<String> = (0..300).map(|n| format!("c{},{n},1", n % 3)).collect();
    lines[120] = String::from("c1,many,1");
    lines[121] = String::from("c1,1");
    lines[290] = String::from(",1,2");
    fs::write(&table, format!("class,x,y\n{}\n", lines.join("\n"))).unwrap();
    Program::new("knn").argument(table.to_str().unwrap())
}

fn check_bad_line(outcome: &Outcome) {
    assert_eq!(outcome.code, 1, "{outcome}");
    assert_eq!(outcome.stdout, "", "{outcome}");
    let reports = outcome.stderr.matches("line 122: `many`: invalid").count();
    assert_eq!(reports, 1, "{outcome}");
    assert_eq!(outcome.stderr.matches("knn: ").count(), 1, "{outcome}");
}

#[test]
fn child_processes_names_the_first_command_that_fails_in_one_process() {
    check_failing_command(&failing_command().run(Variant::Plain));
}

fn child_processes_names_the_first_command_that_fails(vendor: Vendor) {
    check_failing_command(&failing_command().run_ranks(vendor, 3));
}

fn failing_command() -> Program {
    let program = Program::new("child_processes");
    ["echo one", "exit 0", "echo no >&2; exit 3", "exit 4"]
        .into_iter()
        .fold(program, Program::argument)
}

fn check_failing_command(outcome: &Outcome) {
    assert_eq!((outcome.code, &*outcome.stdout), (1, ""), "{outcome}");
    let report = "command 2, `echo no >&2; exit 3`: exit status: 3 no";
    assert_eq!(outcome.stderr.matches(report).count(), 1, "{outcome}");
}

/// Makes a folder of files whose names are hard to sort and to print, for the caller alone.
pub(crate) fn files() -> String {
    let folder = folder("files");
    fs::create_dir_all(folder.join("b")).unwrap();
    for name in NAMES_OF_FILES {
        fs::write(folder.join(name), name.repeat(20_000)).unwrap();
    }
    folder.to_str().unwrap().to_owned()
}

/// A folder for the caller alone.
fn folder(name: &str) -> PathBuf {
    static FOLDERS: AtomicUsize = AtomicUsize::new(0);
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
    scratch(&format!("{name}-{number}"))
}
