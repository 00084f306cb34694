//! Every program prints and returns the same as its sequential build: on 1, 2 and 4 threads of one
//! process, and on 1, 2, 3 and 5 ranks of each MPI (reductions on 8 as well), also with threads.

use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use parallel_for_tests::{Outcome, Program, Variant, Vendor, scratch, skipped, sources};

const RANKS: [usize; 4] = [1, 2, 3, 5];

/// One test per program and way to run it.
macro_rules! programs {
    ($($name:ident)*) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];

        $(mod $name {
            use super::*;

            #[test]
            fn threads() {
                check_threads(stringify!($name));
            }

            #[test]
            fn openmpi() {
                check_ranks(stringify!($name), Vendor::OpenMpi);
            }

            #[test]
            fn mpich() {
                check_ranks(stringify!($name), Vendor::Mpich);
            }
        })*
    };
}

programs! {
    knn
    mandelbrot
    pass_allowed_lints
    pass_big_part
    pass_captured_rc
    pass_chained
    pass_collections
    pass_deep_stack
    pass_exit_anyhow
    pass_exit_breaks
    pass_exit_code
    pass_exit_errors
    pass_exit_main_break
    pass_exit_main_code
    pass_exit_main_error
    pass_exit_nested
    pass_exit_outer_loops
    pass_exit_outputs
    pass_exit_readers
    pass_exit_returns
    pass_field
    pass_float_bits
    pass_function_kinds
    pass_functions
    pass_gathered
    pass_generic
    pass_in_place
    pass_in_place_items
    pass_inside_body
    pass_inside_tail
    pass_iterators
    pass_labels
    pass_lints
    pass_many_items
    pass_map_functions
    pass_marked
    pass_methods
    pass_more_patterns
    pass_names
    pass_nested_block
    pass_not_empty
    pass_one_vec
    pass_parameter
    pass_patterns
    pass_places
    pass_prints
    pass_rayon_inside
    pass_reduce_extrema
    pass_reduce_floats
    pass_reduce_integers
    pass_reduce_named
    pass_reduce_places
    pass_repeated
    pass_result_main
    pass_schedules
    pass_scratch
    pass_serde_types
    pass_several_outputs
    pass_split
    pass_stdin
    pass_types
    quickstart
    quickstart_by_hand
    sha256
}

#[test]
fn every_program_is_listed() {
    let examples = sources("examples");
    let passes = sources("tests/ui/pass");
    let passes = passes.into_iter().map(|name| format!("pass_{name}"));
    let all: Vec<String> = examples.into_iter().chain(passes).collect();
    // The output of this one names the ranks: it has tests of its own below.
    let listed: Vec<&str> = NAMES.iter().copied().chain(["hello"]).collect();
    for name in &all {
        assert!(listed.contains(&name.as_str()), "{name} is not tested");
    }
    assert_eq!(all.len(), listed.len(), "a test without a program");
}

#[test]
fn hello_names_every_rank() {
    let expect = |outcome: Outcome, ranks: usize| {
        let lines: Vec<&str> = outcome.stdout.lines().collect();
        assert_eq!(lines.len(), ranks, "{outcome}");
        for (rank, line) in lines.iter().enumerate() {
            let start = format!("rank {rank} of {ranks} on ");
            assert!(
                line.len() > start.len() && line.starts_with(&start),
                "{outcome}"
            );
        }
        assert_eq!(outcome.code, 0, "{outcome}");
    };
    let program = Program::new("hello");
    expect(program.run(Variant::Plain), 1);
    for vendor in [Vendor::OpenMpi, Vendor::Mpich] {
        if skipped(vendor, "hello") {
            continue;
        }
        expect(program.run(Variant::Mpi(vendor)), 1);
        for ranks in RANKS {
            expect(program.run_ranks(vendor, ranks), ranks);
        }
    }
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

/// Makes a folder of files whose names are hard to sort and to print, for the caller alone.
fn files() -> String {
    static FOLDERS: AtomicUsize = AtomicUsize::new(0);
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let folder = scratch(&format!("files-{number}"));
    fs::create_dir_all(folder.join("b")).unwrap();
    for name in NAMES_OF_FILES {
        fs::write(folder.join(name), name.repeat(20_000)).unwrap();
    }
    folder.to_str().unwrap().to_owned()
}

fn check_threads(name: &str) {
    let program = program(name);
    let expected = program.run(Variant::Sequential);
    assert!(!expected.stdout.is_empty(), "{expected}");
    for threads in [1, 2, 4] {
        check(
            &expected,
            &program.run_threads(threads),
            &format!("{threads} threads"),
        );
    }
}

fn check_ranks(name: &str, vendor: Vendor) {
    if skipped(vendor, name) {
        return;
    }
    let program = program(name);
    let expected = program.run(Variant::Sequential);
    check(&expected, &program.run(Variant::Mpi(vendor)), "no launcher");
    let many = name.starts_with("pass_reduce").then_some(8);
    for ranks in RANKS.into_iter().chain(many) {
        let outcome = program.run_ranks(vendor, ranks);
        check(&expected, &outcome, &format!("{ranks} ranks"));
    }
    // More threads than a rank of a shared machine would take.
    let threads = program.variable("PARALLEL_FOR_THREADS", "2");
    let outcome = threads.run_ranks(vendor, 2);
    check(&expected, &outcome, "2 ranks with 2 threads each");
}

fn check(expected: &Outcome, outcome: &Outcome, how: &str) {
    let same = (&outcome.stdout, outcome.code) == (&expected.stdout, expected.code);
    assert!(same, "on {how}: {outcome}\n=== expected {expected}");
}

/// A program with the arguments and the input that it needs.
fn program(name: &str) -> Program {
    let program = Program::new(name);
    match name {
        "mandelbrot" => {
            let image = scratch("mandelbrot").join("set.png").display().to_string();
            program.argument(image).argument("300").argument("200")
        }
        "sha256" => program.argument(files()),
        "pass_stdin" => {
            let lines = (0..200).map(|n| "ä word ".repeat(n % 7) + "\n");
            program.input(lines.collect::<String>())
        }
        _ => program,
    }
}
