//! What people see of loops while they run, and that nobody sees anything who has not asked for it.

use std::fs;
use std::path::Path;
use std::process::Command;

use parallel_for_tests::{Folder, Outcome, Program, Variant, Vendor, place, under_each_mpi};

under_each_mpi! {
    lines_for_who_asks
    bars_for_a_launcher_on_a_terminal
    nothing_without_a_terminal
    a_report_on_all_ranks
    no_plan_of_ranks
}

/// A bar begins anew at the beginning of its line.
const ANEW: &str = "\r\x1b[2K";

fn watched(showing: Option<&str>) -> Program {
    let program = Program::new("fault_watched");
    match showing {
        Some(showing) => program.variable("PARALLEL_FOR_PROGRESS", showing),
        None => program,
    }
}

/// What the program prints, in whatever order the iterations come.
fn has_printed(outcome: &Outcome) {
    assert_eq!(outcome.code, 0, "{outcome}");
    let mut lines: Vec<&str> = outcome.stdout.lines().collect();
    let rest = lines.split_off(3);
    lines.sort_unstable();
    assert_eq!(
        lines,
        ["iteration 27", "iteration 47", "iteration 7"],
        "{outcome}"
    );
    assert_eq!(rest, ["60 squares, sums [1770, 435, 49000]"], "{outcome}");
}

/// The name of the loop of `long`.
fn long() -> String {
    let place = place("tests/programs/faults/watched.rs", "for i in 0..items");
    let (_, line) = place.rsplit_once(':').expect("a place has a line");
    format!("long:{line}")
}

/// The paragraphs of a report: the program, and its loops.
fn check_report(report: &str, ranks: usize) {
    let paragraphs: Vec<&str> = report.trim_end().split("\n\n").collect();
    let [program, long_one, named, hidden, short, ..] = paragraphs[..] else {
        panic!("four loops are reported: {report}");
    };
    let processes = match ranks {
        1 => "1 process, ".to_owned(),
        _ => format!("{ranks} processes (ranks), "),
    };
    let begins = format!("parallel-for report: {processes}");
    assert!(program.starts_with(&begins), "{report}");
    assert!(
        long_one.starts_with(&format!("{}: 60 items in ", long())),
        "{report}"
    );
    assert!(
        named.starts_with("sums of numbers: 60 items in "),
        "{report}"
    );
    assert!(
        hidden.starts_with("hidden:") && hidden.contains(": 30 items in "),
        "{report}"
    );
    assert!(
        short.contains(": 10,000 items in ") && short.contains(" of 1,000 calls, "),
        "{report}"
    );
    if ranks > 1 {
        let (_, memory) = program.split_once('\n').expect("a second line");
        assert!(memory.starts_with("most memory: "), "{report}");
        for rank in 1..ranks {
            assert!(memory.contains(&format!(" on rank {rank}")), "{report}");
        }
        for part in ["came from other ranks", "went to each of them"] {
            assert!(long_one.contains(part), "{report}");
        }
    }
    for each in [long_one, named, hidden] {
        assert!(each.contains(" %  iterations: "), "{report}");
        assert!(each.contains("\n  slowest: "), "{report}");
        assert_eq!(each.contains(", rank "), ranks > 1, "{report}");
    }
}

fn check_lines(outcome: &Outcome) {
    has_printed(outcome);
    let lines: Vec<&str> = outcome.stderr.lines().collect();
    let [first, second] = lines[..] else {
        panic!("two loops are shown: {outcome}");
    };
    let of_long = format!("parallel-for: {}: 60 items in ", long());
    assert!(first.starts_with(&of_long), "{outcome}");
    let of_named = "parallel-for: sums of numbers: 60 items in ";
    assert!(second.starts_with(of_named), "{outcome}");
}

fn check_bars(outcome: &Outcome) {
    has_printed(outcome);
    let long = long();
    let begins = [format!("{long} ["), "sums of numbers [".to_owned()];
    for begins in begins {
        let bar = format!("{ANEW}{begins}");
        assert!(outcome.stderr.contains(&bar), "{outcome}");
    }
    assert!(outcome.stderr.contains("/60, "), "{outcome}");
    let end = format!("{ANEW}{long}: 60 items in ");
    assert!(outcome.stderr.contains(&end), "{outcome}");
    for unseen in ["hidden", "short"] {
        assert!(!outcome.stderr.contains(unseen), "{outcome}");
    }
}

/// Who asks for nothing, but for one loop.
fn check_asked(outcome: &Outcome) {
    has_printed(outcome);
    let named = "parallel-for: sums of numbers: 60 items in ";
    assert!(outcome.stderr.starts_with(named), "{outcome}");
    assert_eq!(outcome.stderr.lines().count(), 1, "{outcome}");
}

#[test]
fn one_process_is_shown_as_its_user_says() {
    check_lines(&watched(Some("1")).run_threads(2));
    check_bars(&watched(Some("bar")).run_threads(2));
    check_asked(&watched(None).run_threads(2));
    let outcome = watched(Some("0")).run_threads(2);
    has_printed(&outcome);
    assert_eq!(outcome.stderr, "", "{outcome}");
}

#[test]
fn what_is_soon_over_is_not_shown() {
    for showing in ["1", "bar"] {
        let outcome = watched(Some(showing)).argument("quick").run_threads(2);
        assert_eq!((outcome.code, &*outcome.stderr), (0, ""), "{outcome}");
    }
}

#[test]
fn a_terminal_gets_a_bar_unasked() {
    let script = Path::new("/usr/bin/script");
    if !script.exists() {
        println!("SKIPPED: no terminal, as there is no `script` (package bsdutils or util-linux)");
        return;
    }
    let folder = Folder::new("terminal");
    let copy = folder.path().join("copy");
    let ended = Command::new(script)
        .arg("-qec")
        .arg(Variant::Plain.binary("fault_watched"))
        .arg(&copy)
        .env("PARALLEL_FOR_THREADS", "2")
        .output()
        .expect("`script` runs");
    assert!(ended.status.success(), "{ended:?}");
    let seen = fs::read_to_string(copy).expect("what was seen is kept");
    let begins = format!("{ANEW}{} [", long());
    assert!(seen.contains(&begins), "{seen}");
    // What iterations print has lines of its own.
    assert!(seen.contains(&format!("{ANEW}iteration 7\r\n")) || seen.contains("\niteration 7\r\n"));
}

fn lines_for_who_asks(vendor: Vendor) {
    check_lines(&watched(Some("1")).run_ranks(vendor, 3));
}

fn bars_for_a_launcher_on_a_terminal(vendor: Vendor) {
    let outcome = watched(Some("bar")).run_ranks(vendor, 3);
    check_bars(&outcome);
    assert!(outcome.stderr.contains("/3 ranks"), "{outcome}");
}

fn nothing_without_a_terminal(vendor: Vendor) {
    check_asked(&watched(None).run_ranks(vendor, 2));
}

fn reported(file: &str) -> Program {
    Program::new("fault_watched")
        .variable("PARALLEL_FOR_PROGRESS", "0")
        .variable("PARALLEL_FOR_REPORT", file)
}

#[test]
fn a_report_goes_to_stderr_or_a_file() {
    let outcome = reported("1").run_threads(2);
    has_printed(&outcome);
    check_report(&outcome.stderr, 1);
    let folder = Folder::new("report");
    fs::create_dir_all(folder.path()).expect("the folder is ours");
    let file = folder.file("report.txt");
    let outcome = reported(&file).run_threads(2);
    has_printed(&outcome);
    assert_eq!(outcome.stderr, "", "{outcome}");
    check_report(&fs::read_to_string(&file).expect("it is written"), 1);
    let outcome = reported(&folder.file("missing/report.txt")).run_threads(2);
    has_printed(&outcome);
    let (warning, report) = outcome.stderr.split_once('\n').expect("several lines");
    assert!(
        warning.starts_with("warning: the report can't be written to "),
        "{outcome}"
    );
    check_report(report, 1);
}

fn a_report_on_all_ranks(vendor: Vendor) {
    let outcome = reported("1").run_ranks(vendor, 3);
    has_printed(&outcome);
    check_report(&outcome.stderr, 3);
}

fn planned(measuring: &str) -> Program {
    Program::new("fault_watched")
        .variable("PARALLEL_FOR_PROGRESS", "0")
        .variable("PARALLEL_FOR_PLAN", measuring)
}

#[test]
fn a_plan_of_what_was_measured() {
    let outcome = planned("600:2,3").run_threads(2);
    has_printed(&outcome);
    let plan = &outcome.stderr;
    let begins = "parallel-for plan, from what one process did here\n\n";
    assert!(plan.starts_with(begins), "{outcome}");
    assert!(
        plan.contains(&format!("\n{}: 60 items, 8", long())),
        "{outcome}"
    );
    assert!(
        plan.contains(": 10,000 items of 1,000 calls, "),
        "{outcome}"
    );
    assert!(plan.contains("\n  here, on 2 threads: "), "{outcome}");
    // 60 iterations that sleep for 80 ms.
    let row = plan
        .lines()
        .find(|line| line.starts_with("      3      1.6 s"));
    assert!(row.is_some(), "{outcome}");
    assert!(plan.contains("\nall of it: "), "{outcome}");
}

#[test]
fn a_plan_ends_the_program_when_enough_is_known() {
    let outcome = planned("0.5").run_threads(2);
    assert_eq!(outcome.code, 0, "{outcome}");
    assert!(!outcome.stdout.contains("squares"), "{outcome}");
    let cut = format!(
        " until its loops had run for 500 ms\n\n{}: 60 items, ",
        long()
    );
    assert!(outcome.stderr.contains(&cut), "{outcome}");
    assert!(outcome.stderr.contains(" of them measured, 8"), "{outcome}");
    assert!(outcome.stderr.contains("\n    512  "), "{outcome}");
}

fn no_plan_of_ranks(vendor: Vendor) {
    let outcome = planned("5").run_ranks(vendor, 2);
    assert_ne!(outcome.code, 0, "{outcome}");
    let words =
        "error: PARALLEL_FOR_PLAN measures one process: start the program without a launcher";
    assert!(outcome.stderr.contains(words), "{outcome}");
}
