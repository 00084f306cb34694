//! Programs that end in the middle, and go on where they were with other ranks and threads: the output is that of the program
//! that was never stopped.
//!
//! `PARALLEL_FOR_TEST_KILLS=100 cargo test -p parallel-for-tests --test checkpoint -- --nocapture` kills as often, and prints
//! how much was lost.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use parallel_for_tests::{Folder, Outcome, Program, Variant, Vendor, mix, place, under_each_mpi};

under_each_mpi! {
    killed_ranks
    killed_launchers
    loops_with_folders_of_their_own
    interrupted_masters
}

/// All iterations of `many_loops`, each of which takes half a millisecond.
const ITERATIONS: u64 = 600;

/// The journal in a folder.
fn journal(folder: &Folder) -> PathBuf {
    folder.path().join("journal")
}

/// The program, with what it keeps in this folder.
fn keeping(folder: &Folder) -> Program {
    Program::new("pass_many_loops").variable("PARALLEL_FOR_CHECKPOINT", folder.name())
}

/// What the program prints that nobody stops.
fn expected() -> String {
    let outcome = Program::new("pass_many_loops").run(Variant::Plain);
    assert_eq!(outcome.code, 0, "{outcome}");
    outcome.stdout
}

/// So many times each of these tests kills.
fn kills() -> u64 {
    let kills = env::var("PARALLEL_FOR_TEST_KILLS");
    kills.map_or(4, |text| text.parse().expect("a number of kills"))
}

/// With a fuse of so many iterations on a rank.
fn burning(program: Program, iterations: u64, rank: usize, signal: &str) -> Program {
    let fuse = format!("{iterations} {rank} {signal}");
    program.variable("PARALLEL_FOR_TEST_FUSE", &fuse)
}

/// Kills jobs until it has done so often enough; each goes on until it has come to its end.
fn kill(name: &str, start: impl Fn(Program, &Path, u64) -> Outcome) {
    let (expected, mut killed, mut jobs) = (expected(), 0, 0);
    while killed < kills() {
        let folder = Folder::new(&format!("{name}-{jobs}"));
        jobs += 1;
        loop {
            let random = mix(killed + 17 * jobs);
            let outcome = start(keeping(&folder), &journal(&folder), random);
            if outcome.code == 0 {
                assert_eq!(outcome.stdout, expected, "{outcome}");
                break;
            }
            // Behind that, MPICH's launcher says its own words.
            let said = outcome.stdout.split("\n=====").next();
            assert!(said.is_some_and(|it| expected.starts_with(it)), "{outcome}");
            killed += 1;
        }
    }
    eprintln!("{name}: {killed} kills of {jobs} jobs, no output differs");
}

#[test]
fn killed_processes() {
    kill("one-process", |program, _, random| {
        let program = burning(program, 20 + random % ITERATIONS, 0, "KILL");
        let threads = 1 + random / 1000 % 3;
        let program = program.variable("PARALLEL_FOR_THREADS", &threads.to_string());
        program.run(Variant::Plain)
    });
}

fn killed_ranks(vendor: Vendor) {
    kill(&format!("ranks-{vendor:?}"), |program, _, random| {
        let ranks = 2 + usize::try_from(random / 1000 % 3).expect("a small number");
        let rank = usize::try_from(random / 7).unwrap_or(7) % ranks;
        let iterations = 10 + random % (ITERATIONS / ranks as u64);
        burning(program, iterations, rank, "KILL").run_ranks(vendor, ranks)
    });
}

/// Starts what follows the path of a journal, and kills that process alone so many seconds after the journal has grown.
const KILLER: &str = r#"
size() { stat -c %s "$journal" 2>/dev/null || echo 0; }
seconds=$1 journal=$2
shift 2
before=$(size)
"$@" &
while kill -0 $! 2>/dev/null && [ "$(size)" -le "$before" ]; do sleep 0.02; done
sleep "$seconds"
kill -9 $! 2>/dev/null
wait $!
"#;

fn killed_launchers(vendor: Vendor) {
    kill(
        &format!("launchers-{vendor:?}"),
        |program, journal, random| {
            let mut launcher = Command::new("bash");
            let seconds = format!("0.{:03}", random % 250);
            launcher.args(["-c", KILLER, "killer", &seconds]);
            let ranks = vendor.command(2);
            launcher.arg(journal).arg(ranks.get_program());
            launcher.args(ranks.get_args());
            let variables = ranks.get_envs();
            launcher.envs(variables.filter_map(|(name, value)| Some((name, value?))));
            let outcome = program.run_by(launcher, Variant::Mpi(vendor));
            if outcome.code != 0 {
                assert_eq!(outcome.code, 137, "{outcome}");
                // Its ranks need a moment to notice, and have the folder until then.
                sleep(Duration::from_secs(3));
            }
            outcome
        },
    );
}

/// A start that a signal ends after a hundred iterations.
fn signalled(folder: &Folder, signal: &str) -> Outcome {
    burned(keeping(folder), signal)
}

/// That start of a program. Shells let what runs in the background ignore SIGINT, and so would the program.
fn burned(program: Program, signal: &str) -> Outcome {
    let mut with_signals = Command::new("env");
    with_signals.arg("--default-signal=INT");
    burning(program, 100, 0, signal).run_by(with_signals, Variant::Plain)
}

#[test]
fn signals_end_jobs_in_order() {
    let expected = expected();
    for (signal, code) in [("TERM", 143), ("INT", 130), ("USR1", 75)] {
        let folder = Folder::new(&format!("signal-{signal}"));
        let outcome = signalled(&folder, signal);
        assert_eq!((outcome.code, &*outcome.stdout), (code, ""), "{outcome}");
        let words = format!("interrupted by SIG{signal}: ");
        let last = outcome.stderr.lines().last();
        assert!(last.is_some_and(|it| it.starts_with(&words)), "{outcome}");
        let ends = "the same command goes on from there\n";
        assert!(outcome.stderr.ends_with(ends), "{outcome}");
        let again = keeping(&folder).run(Variant::Plain);
        assert_eq!(
            (again.code, again.stdout.as_str()),
            (0, &*expected),
            "{again}"
        );
        assert!(again.stderr.starts_with("resumed: "), "{again}");
    }
}

fn interrupted_masters(vendor: Vendor) {
    let folder = Folder::new("interrupted");
    let program = burning(keeping(&folder), 60, 0, "USR1");
    let outcome = program.run_ranks(vendor, 3);
    assert_eq!((outcome.code, &*outcome.stdout), (75, ""), "{outcome}");
    let words = "interrupted by SIGUSR1: ";
    assert!(outcome.stderr.contains(words), "{outcome}");
    // Its other ranks end with it, and none of them is killed.
    for aborted in ["Abort(", "MPI_ABORT"] {
        assert!(!outcome.stderr.contains(aborted), "{outcome}");
    }
    assert_eq!(keeping(&folder).run_ranks(vendor, 2).stdout, expected());
}

#[test]
fn without_a_checkpoint_signals_are_what_they_were() {
    let program = burning(Program::new("pass_many_loops"), 100, 0, "TERM");
    let outcome = program.run(Variant::Plain);
    assert_eq!((outcome.code, &*outcome.stderr), (143, ""), "{outcome}");
}

#[test]
fn another_program_is_refused_unless_it_is_trusted() {
    let (folder, expected) = (Folder::new("arguments"), expected());
    assert_eq!(signalled(&folder, "KILL").code, 137);
    let other = keeping(&folder).argument("--fast");
    let refused = other.run(Variant::Plain);
    assert_eq!((refused.code, &*refused.stdout), (2, ""), "{refused}");
    let words = "was begun with no arguments, and now there are the arguments `--fast`\nhelp: ";
    assert!(refused.stderr.contains(words), "{refused}");
    let trusted = other.variable("PARALLEL_FOR_CHECKPOINT_TRUST", "1");
    let outcome = trusted.run(Variant::Plain);
    assert_eq!(
        (outcome.code, &*outcome.stdout),
        (0, &*expected),
        "{outcome}"
    );
}

#[test]
fn each_start_may_compare_or_not() {
    let expected = expected();
    for (before, now) in [("0", "1"), ("1", "0")] {
        let folder = Folder::new("check");
        let program = |checks| keeping(&folder).variable("PARALLEL_FOR_CHECK", checks);
        assert_eq!(burned(program(before), "KILL").code, 137);
        let outcome = program(now).run_threads(2);
        assert_eq!((outcome.code, &outcome.stdout), (0, &expected), "{outcome}");
        assert!(outcome.stderr.starts_with("resumed: "), "{outcome}");
    }
}

#[test]
fn what_cannot_be_compared_is_told_at_first_and_then_refused() {
    let folder = Folder::new("unseen");
    let usual = folder.name();
    let program = Program::new("fault_unseen").variable("PARALLEL_FOR_CHECKPOINT", usual);
    let first = program.run(Variant::Plain);
    let file = "tests/programs/faults/unseen.rs";
    let what = format!(
        "`cost` and the items of the loop at {}",
        place(file, "for case in")
    );
    let told = format!("note: the next start can't tell whether {what} changed meanwhile: ");
    assert_eq!(first.code, 0, "{first}");
    assert!(first.stderr.starts_with(&told), "{first}");
    let refused = program.run(Variant::Plain);
    assert_eq!((refused.code, &*refused.stdout), (101, ""), "{refused}");
    let words = format!("can't be used: whether {what} changed since, can't be told: ");
    assert!(refused.stderr.contains(&words), "{refused}");
    let trusted = program.variable("PARALLEL_FOR_CHECKPOINT_TRUST", "1");
    let again = trusted.run(Variant::Plain);
    assert_eq!((again.code, again.stdout), (0, first.stdout));
    assert_eq!(
        again.stderr,
        "resumed: 1 loop that is over (20 iterations)\n"
    );
}

#[test]
fn damage_is_refused_and_a_torn_tail_is_cut() {
    let (folder, expected) = (Folder::new("damage"), expected());
    assert_eq!(signalled(&folder, "TERM").code, 143);
    let whole = fs::read(journal(&folder)).expect("the journal");
    let mut damaged = whole.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 4;
    fs::write(journal(&folder), &damaged).expect("the journal");
    let refused = keeping(&folder).run(Variant::Plain);
    assert_eq!(refused.code, 2, "{refused}");
    assert!(
        refused
            .stderr
            .contains("journal is damaged: the record at byte "),
        "{refused}"
    );
    fs::write(journal(&folder), &whole[..whole.len() - 5]).expect("the journal");
    let outcome = keeping(&folder).run(Variant::Plain);
    assert_eq!(
        (outcome.code, &*outcome.stdout),
        (0, &*expected),
        "{outcome}"
    );
    assert!(outcome.stderr.starts_with("note: the last "), "{outcome}");
}

#[test]
fn other_files_are_left_alone() {
    let folder = Folder::new("foreign");
    fs::write(journal(&folder), "Dear diary").expect("a scratch file");
    let refused = keeping(&folder).run(Variant::Plain);
    assert_eq!(refused.code, 2, "{refused}");
    assert!(
        refused
            .stderr
            .contains("is no journal of parallel-for\nhelp: "),
        "{refused}"
    );
    let text = fs::read_to_string(journal(&folder)).expect("the file");
    assert_eq!(text, "Dear diary");
}

#[test]
fn loops_say_themselves_whether_and_where_they_are_kept() {
    let (folder, other) = (Folder::new("own"), Folder::new("usual"));
    let program = Program::new("fault_kept").argument(folder.name());
    let ran = |program: &Program, numbers: &str| {
        let outcome = program.run(Variant::Plain);
        assert_eq!(outcome.code, 0, "{outcome}");
        let ran = format!("rank 0 ran {numbers}\n");
        assert!(outcome.stderr.contains(&ran), "{outcome}");
        outcome
    };
    let all = "[20, 20, 20, 20, 20, 20]";
    let first = ran(&program, all);
    let again = ran(&program, "[0, 0, 20, 20, 20, 20]");
    assert_eq!(first.stdout, again.stdout);
    let usual = other.name();
    let program = program.variable("PARALLEL_FOR_CHECKPOINT", usual);
    ran(&program, "[0, 0, 20, 20, 20, 20]");
    let last = ran(&program, "[0, 0, 20, 0, 20, 20]");
    assert_eq!(first.stdout, last.stdout);
    let file = "tests/programs/faults/kept.rs";
    for note in [
        format!(
            "the loop at {}: each rank runs it by itself\n",
            place(file, "for alone in")
        ),
        format!("the call at {}: only ", place(file, "parallel_for::map(")),
    ] {
        let note = format!("note: {usual} keeps nothing of {note}");
        assert_eq!(last.stderr.matches(&note).count(), 1, "{note}{last}");
    }
}

fn loops_with_folders_of_their_own(vendor: Vendor) {
    let folder = Folder::new("own");
    let program = Program::new("fault_kept").argument(folder.name());
    let first = program.run_ranks(vendor, 2);
    let again = program.run_ranks(vendor, 3);
    assert_eq!((first.code, again.code), (0, 0), "{first}{again}");
    assert_eq!(first.stdout, again.stdout);
    let words = "resumed: 2 loops that are over (40 iterations)\n";
    assert!(again.stderr.contains(words), "{again}");
    assert!(!first.stderr.contains("resumed: "), "{first}");
}
