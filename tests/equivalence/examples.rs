//! What the examples do with their arguments, good ones and bad ones.

use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use parallel_for_tests::{Outcome, Program, Variant, Vendor, scratch, skipped};

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
fn sha256_reports_what_it_cannot_read() {
    let folder = scratch("sha256-missing");
    fs::write(folder.join("file"), "here").unwrap();
    let folder = folder.to_str().unwrap();
    let program = Program::new("sha256")
        .argument("/no/such/folder")
        .argument(folder);
    let expect = |outcome: Outcome| {
        assert_eq!(outcome.code, 1, "{outcome}");
        assert_eq!(outcome.stdout.lines().count(), 1, "{outcome}");
        let reports = outcome.stderr.matches("/no/such/folder").count();
        assert_eq!(reports, 1, "{outcome}");
    };
    expect(program.run(Variant::Plain));
    for vendor in [Vendor::OpenMpi, Vendor::Mpich] {
        if !skipped(vendor, "sha256") {
            expect(program.run_ranks(vendor, 3));
        }
    }
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
fn knn_reports_the_first_bad_line() {
    let table = scratch("knn").join("table.csv");
    let mut lines: Vec<String> = (0..300).map(|n| format!("c{},{n},1", n % 3)).collect();
    lines[120] = "c1,many,1".to_owned();
    lines[121] = "c1,1".to_owned();
    lines[290] = String::from(",1,2");
    fs::write(&table, format!("class,x,y\n{}\n", lines.join("\n"))).unwrap();
    let program = Program::new("knn").argument(table.to_str().unwrap());
    let expect = |outcome: Outcome| {
        assert_eq!(outcome.code, 1, "{outcome}");
        assert_eq!(outcome.stdout, "", "{outcome}");
        let reports = outcome.stderr.matches("line 122: `many`: invalid").count();
        assert_eq!(reports, 1, "{outcome}");
        assert_eq!(outcome.stderr.matches("knn: ").count(), 1, "{outcome}");
    };
    expect(program.run(Variant::Plain));
    for vendor in [Vendor::OpenMpi, Vendor::Mpich] {
        if !skipped(vendor, "knn") {
            expect(program.run_ranks(vendor, 3));
        }
    }
}

#[test]
fn child_processes_names_the_first_command_that_fails() {
    let program = Program::new("child_processes");
    let program = ["echo one", "exit 0", "echo no >&2; exit 3", "exit 4"]
        .into_iter()
        .fold(program, Program::argument);
    let expect = |outcome: Outcome| {
        assert_eq!((outcome.code, &*outcome.stdout), (1, ""), "{outcome}");
        let report = "command 2, `echo no >&2; exit 3`: exit status: 3 no";
        assert_eq!(outcome.stderr.matches(report).count(), 1, "{outcome}");
    };
    expect(program.run(Variant::Plain));
    for vendor in [Vendor::OpenMpi, Vendor::Mpich] {
        if !skipped(vendor, "child_processes") {
            expect(program.run_ranks(vendor, 3));
        }
    }
}

/// Makes a folder of files whose names are hard to sort and to print, for the caller alone.
pub(crate) fn files() -> String {
    static FOLDERS: AtomicUsize = AtomicUsize::new(0);
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let folder = scratch(&format!("files-{number}"));
    fs::create_dir_all(folder.join("b")).unwrap();
    for name in NAMES_OF_FILES {
        fs::write(folder.join(name), name.repeat(20_000)).unwrap();
    }
    folder.to_str().unwrap().to_owned()
}
