//! `cargo parallel-for`: `run` under each MPI, with what it does when a job ends, and when somebody ends it; what it refuses.
//! What `doctor` says of machines that lack something is in `cli/doctor.rs`.

#[path = "cli/doctor.rs"]
mod doctor;
#[path = "cli/interrupted.rs"]
mod interrupted;

use std::fs;
use std::process::Command;

use parallel_for_tests::{Folder, Outcome, Program, Variant, Vendor, subcommand, under_each_mpi};

under_each_mpi! {
    ranks_compute_what_one_process_does
    exit_codes_are_those_of_the_program
    jobs_go_on_after_a_killed_rank
    a_timeline_is_where_it_was_wanted
}

/// `run` of a binary that the suites have built for this variant, with nothing of it to build anew.
fn run(variant: Variant, package: &str, name: &str) -> Command {
    command("run", variant, package, name)
}

/// The same of another command.
fn command(what: &str, variant: Variant, package: &str, name: &str) -> Command {
    // All are built together, and what is built for some of them could differ.
    let _ = variant.binary(name);
    let mut command = subcommand();
    command
        .args([
            what,
            "--debug",
            "--offline",
            "-p",
            package,
            "--bin",
            name,
            "--target-dir",
        ])
        .arg(variant.folder())
        .env("CARGO_PROFILE_DEV_DEBUG", "false");
    if let Variant::Mpi(vendor) = variant {
        // As for all of them, so that nothing is compiled once more.
        let of_programs = package == "parallel-for-programs";
        let contract = if of_programs {
            "contract"
        } else {
            "parallel-for/contract"
        };
        command.args(["--features", contract]);
        command.env("MPICC", vendor.compiler());
    }
    command
}

/// The same, without what cargo does.
fn ended(mut command: Command, options: &[&str]) -> Outcome {
    Program::new("subcommand").run_as({
        command.args(options);
        command
    })
}

fn says(outcome: &Outcome, texts: &[&str]) {
    for text in texts {
        assert!(outcome.stderr.contains(text), "no `{text}` in: {outcome}");
    }
}

fn ranks_compute_what_one_process_does(vendor: Vendor) {
    let expected = Program::new("quickstart").run(Variant::Plain);
    let command = run(Variant::Mpi(vendor), "parallel-for-examples", "quickstart");
    let outcome = ended(command, &["-n", "3"]);
    assert_eq!(
        (outcome.code, &outcome.stdout),
        (0, &expected.stdout),
        "{outcome}"
    );
    let built = "     Running `cargo build --target-dir ";
    let started = " -n 3 ";
    says(
        &outcome,
        &[built, " --features mpi,", started, "computed by 3 ranks"],
    );
    assert!(!outcome.stderr.contains("warning: "), "{outcome}");
}

#[test]
fn one_process_needs_no_mpi() {
    let expected = Program::new("quickstart").run(Variant::Plain);
    let command = run(Variant::Plain, "parallel-for-examples", "quickstart");
    let outcome = ended(command, &["--threads", "3"]);
    assert_eq!(
        (outcome.code, &outcome.stdout),
        (0, &expected.stdout),
        "{outcome}"
    );
    says(
        &outcome,
        &[
            "Running `PARALLEL_FOR_THREADS=3 ",
            "computed by 1 ranks × 3 threads",
        ],
    );
}

#[test]
fn a_plan_is_for_as_many_ranks_as_are_asked_for() {
    let command = command(
        "plan",
        Variant::Plain,
        "parallel-for-examples",
        "quickstart",
    );
    let outcome = ended(command, &["--for", "2,1000", "--seconds", "600"]);
    assert_eq!(outcome.code, 0, "{outcome}");
    says(
        &outcome,
        &[
            "Running `PARALLEL_FOR_PLAN=600:2,1000 ",
            "parallel-for plan, ",
            "\n   1000  ",
        ],
    );
}

fn a_timeline_is_where_it_was_wanted(vendor: Vendor) {
    let folder = Folder::new("cli-timeline");
    fs::create_dir_all(folder.path()).expect("the folder is ours");
    let page = folder.file("t.html");
    let command = run(Variant::Mpi(vendor), "parallel-for-examples", "quickstart");
    let outcome = ended(command, &["-n", "3", "--timeline", &page]);
    assert_eq!(outcome.code, 0, "{outcome}");
    let page = fs::read_to_string(page).expect("it is written");
    assert!(page.contains("<title>Timeline: quickstart</title>"));
}

fn exit_codes_are_those_of_the_program(vendor: Vendor) {
    for ranks in ["1", "2"] {
        let variant = Variant::Mpi(vendor);
        let error = run(variant, "parallel-for-programs", "fault_error_in_body");
        let outcome = ended(error, &["-n", ranks]);
        assert_eq!(outcome.code, 1, "{outcome}");
        // A panic comes again however often the job is started.
        let folder = Folder::new("cli-panic");
        let panic = run(variant, "parallel-for-examples", "long_job");
        let outcome = ended(
            panic,
            &[
                "-n",
                ranks,
                "--resume",
                folder.name(),
                "--restarts",
                "2",
                "--",
                "banana",
            ],
        );
        assert_eq!(outcome.code, 101, "{outcome}");
        says(
            &outcome,
            &["note: the job is not started again: by exit code 101, the program itself failed"],
        );
        assert_eq!(
            outcome.stderr.matches("     Running `").count(),
            2,
            "{outcome}"
        );
    }
}

fn jobs_go_on_after_a_killed_rank(vendor: Vendor) {
    let mut command = run(
        Variant::Mpi(vendor),
        "parallel-for-programs",
        "pass_many_loops",
    );
    // Of 600 iterations, also a rank that is late gets so many.
    command.env("PARALLEL_FOR_TEST_FUSE", "40 1 KILL");
    goes_on(
        command,
        &["-n", "2"],
        "was ended by SIGKILL of a rank (exit code ",
    );
}

#[test]
fn interrupted_programs_go_on() {
    let mut command = run(Variant::Plain, "parallel-for-programs", "pass_many_loops");
    command.env("PARALLEL_FOR_TEST_FUSE", "250 0 USR1");
    goes_on(command, &[], "was interrupted (exit code 75)");
}

/// A job that is ended time and again comes to the result of one that isn't.
fn goes_on(command: Command, options: &[&str], reason: &str) {
    let expected = Program::new("pass_many_loops").run(Variant::Plain);
    let folder = Folder::new("cli-kept");
    let kept = ["--resume", folder.name(), "--restarts", "30"];
    let outcome = ended(command, &[options, &kept].concat());
    // MPICH's launcher says its own words there about the rank.
    assert!(
        outcome.code == 0 && outcome.stdout.ends_with(&expected.stdout),
        "{outcome}"
    );
    let again = format!("note: the job {reason}");
    says(
        &outcome,
        &[
            &again,
            "it is started again (1 of 30), and goes on where it was",
            "; delete it when ",
        ],
    );
    assert!(folder.path().join("journal").exists());
}

#[test]
fn restarts_come_to_an_end() {
    let folder = Folder::new("cli-again");
    let mut command = run(Variant::Plain, "parallel-for-programs", "pass_many_loops");
    command.env("PARALLEL_FOR_TEST_FUSE", "10 0 KILL");
    let outcome = ended(command, &["--resume", folder.name(), "--restarts", "1"]);
    assert_eq!(outcome.code, 137, "{outcome}");
    says(
        &outcome,
        &["(1 of 1)", "it is not started again: that was done 1 times"],
    );
}

#[test]
fn commands_without_sense_are_refused_with_what_to_do() {
    for (options, words) in [
        (
            &["run", "-n", "0"][..],
            "invalid value '0' for '--ranks <N>': it takes a number from 1 to",
        ),
        (&["run", "-n", "banana"], "invalid value 'banana'"),
        (
            &["run", "-n", "2", "--bin", "quikstart"],
            "has no binary `quikstart`\nhelp: there are: quickstart",
        ),
        (
            &["run", "-n", "2", "-p", "banana"],
            "there is no package `banana` in this workspace",
        ),
        (
            &["run", "-n", "2", "--manifest-path", "nowhere/Cargo.toml"],
            "nowhere/Cargo.toml",
        ),
        (&["run", "--restarts", "2"], "--resume"),
        (&["rum"], "unrecognized subcommand 'rum'"),
        (&[], "Usage: cargo parallel-for <COMMAND>"),
    ] {
        let outcome = ended(subcommand(), options);
        assert_eq!(
            (outcome.code, &*outcome.stdout),
            (2, ""),
            "{options:?}: {outcome}"
        );
        says(&outcome, &[words]);
    }
}

#[test]
fn packages_without_the_library_are_told_so() {
    let folder = Folder::new("cli-alone");
    fs::create_dir(folder.path().join("src")).expect("a folder");
    fs::write(folder.file("src/main.rs"), "fn main() {}").expect("a file");
    let manifest = "[package]\nname = \"alone\"\nedition = \"2024\"\n[workspace]\n";
    fs::write(folder.file("Cargo.toml"), manifest).expect("a file");
    let mut command = subcommand();
    command.args([
        "run",
        "-n",
        "2",
        "--manifest-path",
        &folder.file("Cargo.toml"),
    ]);
    let outcome = ended(command, &[]);
    assert_eq!(outcome.code, 2, "{outcome}");
    says(
        &outcome,
        &[
            "error: the package `alone` does not depend on parallel-for\nhelp: `cargo add parallel-for`",
        ],
    );
}

#[test]
fn outside_of_any_package_there_is_nothing_to_run() {
    let mut command = subcommand();
    let said = command
        .args(["run", "-n", "2"])
        .current_dir("/")
        .output()
        .expect("it starts");
    let words = String::from_utf8_lossy(&said.stderr);
    assert_eq!(said.status.code(), Some(2), "{words}");
    assert!(
        words.contains("error: could not find `Cargo.toml` in `/`"),
        "{words}"
    );
    assert!(
        words.contains("\nhelp: go to the folder of a package"),
        "{words}"
    );
}
