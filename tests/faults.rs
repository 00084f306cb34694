//! Whatever goes wrong ends the whole job, with its exit code and with one message that says
//! what happened and where: never a hang, never a silently wrong result.

use std::fs;

use parallel_for_tests::{
    Folder, Outcome, Program, Variant, Vendor, place, skipped, under_each_mpi,
};

under_each_mpi! {
    panic_in_the_body
    two_panics
    panic_in_the_setup
    panic_in_the_tail
    error_in_the_body
    error_in_the_tail
    exit_in_the_setup
    exit_in_the_body
    exit_on_one_rank
    early_return
    master_returns
    values_that_serde_changes
    items_of_another_number
    items_of_another_unknown_number
    items_of_other_values
    loops_in_another_order
    items_that_differ_without_a_manager
    panic_without_a_manager
    panic_on_the_threads_of_a_rank
    another_build
    build_that_is_optimised
    killed_rank
    iterations_left_out
    iterations_that_run_again
    iterations_that_run_on_another_rank
    crashed_rank
    silent_rank
    slow_rank
    log_of_a_loop
    variables_without_sense
    variables_of_one_rank
    variables_that_nobody_reads
    broadcast_of_nothing
    launcher_of_another_mpi
    build_without_mpi
}

#[test]
fn panic_in_one_process() {
    check_panic(&Program::new("fault_panic").run(Variant::Plain), "");
    check_panic_in_a_map(&Program::new("fault_panic_in_map").run_threads(2));
    check_overflow(&overflow().run_threads(2));
}

/// Every rank tells of its own events.
fn log_of_a_loop(vendor: Vendor) {
    let program = Program::new("fault_panic").variable("PARALLEL_FOR_LOG", "1");
    let outcome = program.run_ranks(vendor, 3);
    let the_loop = place("tests/programs/faults/panic.rs", "for i in");
    for rank in 0..3 {
        let entered =
            format!("parallel-for: rank {rank}: call 1: the loop at {the_loop}, 40 items");
        let ended = format!("parallel-for: rank {rank}: ended by a panic of iteration 17");
        says(&outcome, &[&entered, &ended]);
    }
    says(
        &outcome,
        &[": started ", " finished ", "the slowest is iteration "],
    );
}

fn overflow() -> Program {
    Program::new("fault_panic_in_map").argument("a sum")
}

#[test]
fn two_panics_in_one_process() {
    check_two_panics(&Program::new("fault_two_panics").run_threads(2));
}

#[test]
fn panic_on_the_threads_of_one_process() {
    let program = Program::new("fault_local").argument("all");
    check_local_panic(&program.run_threads(2), 0);
}

#[test]
fn iterations_left_out_in_one_process() {
    for threads in [1, 3] {
        check_left_out(&|program| program.run_threads(threads));
    }
}

fn iterations_left_out(vendor: Vendor) {
    for ranks in 1..=4 {
        check_left_out(&|program| program.run_ranks(vendor, ranks));
    }
}

/// Programs that don't ask for what was left out have a code of their own, if they would end well; all are told of it.
fn check_left_out(run: &dyn Fn(Program) -> Outcome) {
    let source = "tests/programs/faults/skip.rs";
    let of = |wanted: &str, code, stdout: &str| {
        let outcome = run(Program::new("fault_skip").argument(wanted));
        assert_eq!(
            (outcome.code, &*outcome.stdout),
            (code, stdout),
            "{outcome}"
        );
        outcome
    };
    let outcome = of("none", 0, "the tail comes to 0 20 0\n");
    assert_eq!(outcome.stderr, "", "{outcome}");
    let list = "0 no luck with 0\n7 no luck with 7\n19 no luck with 19\n";
    let outcome = of("asks", 0, &format!("the tail comes to 0 17 0\n{list}"));
    let in_main = place(source, "for i in 0..20");
    let words = format!("warning: 3 iterations of the loop at {in_main} panicked and are left out");
    says_once(&outcome, &words);
    let at = place(source, "assert!(i != 0");
    for i in [0, 7, 19] {
        let luck = format!("panicked at {at}:9: no luck with {i}\n");
        says_once(&outcome, &luck);
    }
    let outcome = of("leaves", 2, "the tail comes to 0 17 0\n");
    says_once(&outcome, &words);
    says(&outcome, &["help: call `parallel_for::skipped()`"]);
    of("fails", 3, "the tail comes to 0 17 0\n");
    let outcome = of("all", 2, "the tail comes to 0 17 0\n");
    says_once(&outcome, "warning: 1 iteration of the loop at");
    let outcome = of("half", 2, "the tail comes to 30 17 0\n");
    says_once(&outcome, "warning: 30 iterations of the loop at");
    says_once(&outcome, "\n  and 10 more\n");
    of("here", 0, &format!("the tail comes to 2 17 2\n{list}"));
    let program = Program::new("fault_panic").variable("PARALLEL_FOR_ON_ERROR", "skip");
    let outcome = run(program);
    assert_eq!(
        (outcome.code, &*outcome.stdout),
        (2, "the tail runs: 39\n"),
        "{outcome}"
    );
    says_once(&outcome, "no seventeen");
}

#[test]
fn iterations_that_run_again_in_one_process() {
    for threads in [1, 3] {
        check_again(&|program| program.run_threads(threads));
    }
}

fn iterations_that_run_again(vendor: Vendor) {
    for ranks in 1..=4 {
        check_again(&|program| program.run_ranks(vendor, ranks));
    }
}

fn iterations_that_run_on_another_rank(vendor: Vendor) {
    let expected = Program::new("fault_bad_rank")
        .argument("9")
        .run(Variant::Plain);
    for (ranks, bad) in [(2, 1), (2, 0), (3, 2), (4, 1)] {
        let folder = Folder::new("bad-rank");
        let program = Program::new("fault_bad_rank").argument(bad.to_string());
        let kept = program
            .clone()
            .variable("PARALLEL_FOR_CHECKPOINT", folder.name());
        for program in [program, kept.clone()] {
            let outcome = program.run_ranks(vendor, ranks);
            assert_eq!(
                (outcome.code, &outcome.stdout),
                (0, &expected.stdout),
                "{outcome}"
            );
            let on = format!(", on rank {bad} (");
            says(
                &outcome,
                &[
                    "run again, came to the end:\n  iteration ",
                    &on,
                    ": a bad host",
                ],
            );
            says(&outcome, &[", and came to its end on rank "]);
        }
        // Nothing is left to be run.
        let again = kept.run_ranks(vendor, ranks);
        assert_eq!((again.code, again.stdout), (0, expected.stdout.clone()));
    }
    let alone = Program::new("fault_bad_rank").argument("0").run_threads(2);
    ends_with(&alone, 101);
    says_once(
        &alone,
        "note: iteration 0 ran 2 times, and panicked each time",
    );
}

fn check_again(run: &dyn Fn(Program) -> Outcome) {
    let folder = Folder::new("retry");
    let fails = |panics: &str| {
        let file = folder.file(panics);
        let _ = fs::remove_file(&file);
        run(Program::new("fault_retry").argument(panics).argument(file))
    };
    for panics in ["0", "1", "2"] {
        let outcome = fails(panics);
        assert_eq!(
            (outcome.code, &*outcome.stdout),
            (0, "the tail comes to 40 780\n"),
            "{outcome}"
        );
        if panics == "0" {
            assert_eq!(outcome.stderr, "", "{outcome}");
        } else {
            says_once(
                &outcome,
                "panicked and, run again, came to the end:\n  iteration 17",
            );
        }
    }
    let outcome = fails("3");
    ends_with(&outcome, 101);
    says_once(&outcome, "error: iteration 17 of the loop at ");
    says_once(&outcome, "no seventeen, 3");
    says_once(&outcome, "note: iteration 17 ran 3 times");
    let program = Program::new("fault_panic").variable("PARALLEL_FOR_ON_ERROR", "retry(1)");
    let outcome = run(program);
    ends_with(&outcome, 101);
    says_once(&outcome, "note: iteration 17 ran 2 times");
}

#[test]
fn exit_in_one_process() {
    ends_with(&Program::new("fault_exit_in_body").run(Variant::Plain), 4);
}

#[test]
fn error_in_one_process() {
    let outcome = Program::new("fault_error_in_tail").run(Variant::Plain);
    assert_eq!(outcome.code, 1, "{outcome}");
    says(&outcome, &["too much"]);
}

const SENSELESS: [(&str, &str, &str); 5] = [
    ("PARALLEL_FOR_ON_ERROR", "retry(0)", "`retry(n)`"),
    ("PARALLEL_FOR_THREADS", "many", "from 1 to 4096"),
    ("PARALLEL_FOR_THREADS", "0", "from 1 to 4096"),
    ("PARALLEL_FOR_CHECK", "banana", "`1`, `on`, `0` or `off`"),
    ("PARALLEL_FOR_DEADLOCK_AFTER", "-1", "seconds"),
];

#[test]
fn variables_without_sense_in_one_process() {
    for (name, text, allowed) in SENSELESS {
        let program = Program::new("fault_none").variable(name, text);
        let outcome = program.run(Variant::Plain);
        ends_with(&outcome, 2);
        says(
            &outcome,
            &[&format!("error: {name}={text} is not "), allowed],
        );
    }
}

#[test]
fn variables_that_nobody_reads_in_one_process() {
    check_unread(&unread().run(Variant::Plain));
}

fn unread() -> Program {
    Program::new("fault_none").variable("PARALLEL_FOR_THREDS", "2")
}

fn check_unread(outcome: &Outcome) {
    assert_eq!(outcome.code, 0, "{outcome}");
    assert_eq!(outcome.stdout, "the tail runs: 40\n", "{outcome}");
    says_once(
        outcome,
        "warning: parallel-for does not read PARALLEL_FOR_THREDS",
    );
    says_once(outcome, "PARALLEL_FOR_THREADS, ");
}

fn values_that_serde_changes(vendor: Vendor) {
    let (values, paths) = (
        Program::new("fault_lossy"),
        Program::new("fault_lossy").argument("paths"),
    );
    let (values, paths) = (values.run_ranks(vendor, 3), paths.run_ranks(vendor, 2));
    fails(&values);
    says(
        &values,
        &["17", "`Measured`", "doubt: 1", "doubt: 0", "help: "],
    );
    fails(&paths);
    says(
        &paths,
        &[
            "`PathBuf`",
            "invalid UTF-8",
            "help: push `path.into_os_string()`",
        ],
    );
}

fn panic_in_the_body(vendor: Vendor) {
    for ranks in [1, 2, 3] {
        let outcome = Program::new("fault_panic").run_ranks(vendor, ranks);
        check_panic(&outcome, "on rank ");
        check_panic_in_a_map(&Program::new("fault_panic_in_map").run_ranks(vendor, ranks));
        check_overflow(&overflow().run_ranks(vendor, ranks));
    }
}

fn check_panic(outcome: &Outcome, rank: &str) {
    ends_with(outcome, 101);
    let source = "tests/programs/faults/panic.rs";
    let the_loop = format!("iteration 17 of the loop at {}", place(source, "for i in"));
    says(
        outcome,
        &[&the_loop, rank, "no seventeen", &place(source, "assert!")],
    );
    says_once(outcome, "iteration 17");
    says_once(outcome, "no seventeen");
}

fn check_panic_in_a_map(outcome: &Outcome) {
    ends_with(outcome, 101);
    let source = "tests/programs/faults/panic_in_map.rs";
    let the_map = place(source, "map_ordered(0");
    let the_item = format!("item 17 of the `map_ordered` at {the_map}, on rank ");
    says(outcome, &[&the_item, &place(source, "assert!")]);
    says_once(outcome, "no seventeen");
}

/// The fourth value is too much, of five chunks.
fn check_overflow(outcome: &Outcome) {
    ends_with(outcome, 101);
    let source = "tests/programs/faults/panic_in_map.rs";
    let the_loop = format!(
        "iteration 3 of the loop at {}",
        place(source, "for value in")
    );
    says(
        outcome,
        &[&the_loop, "overflow", &place(source, "sum += value")],
    );
    says_not(outcome, "the tail runs");
}

fn two_panics(vendor: Vendor) {
    check_two_panics(&Program::new("fault_two_panics").run_ranks(vendor, 3));
}

fn check_two_panics(outcome: &Outcome) {
    ends_with(outcome, 101);
    let place = place("tests/programs/faults/two_panics.rs", "for i in");
    says(
        outcome,
        &[&format!("iteration 1 of the loop at {place}"), "no 1"],
    );
    says_not(outcome, "no 3");
}

fn panic_in_the_setup(vendor: Vendor) {
    let outcome = ranks("fault_panic_in_setup", vendor);
    ends_with(&outcome, 101);
    says(&outcome, &["not ready"]);
}

fn panic_in_the_tail(vendor: Vendor) {
    let outcome = ranks("fault_panic_in_tail", vendor);
    ends_with(&outcome, 101);
    says_once(&outcome, "too much");
}

fn error_in_the_body(vendor: Vendor) {
    let outcome = ranks("fault_error_in_body", vendor);
    ends_with(&outcome, 1);
    says_once(&outcome, "Error: ParseIntError { kind: InvalidDigit }");
    says_not(&outcome, "Empty");
}

fn error_in_the_tail(vendor: Vendor) {
    let outcome = ranks("fault_error_in_tail", vendor);
    assert_eq!(outcome.code, 1, "{outcome}");
    assert_eq!(outcome.stdout, "the tail runs: 40\n", "{outcome}");
    says_once(&outcome, "too much");
}

fn exit_in_the_setup(vendor: Vendor) {
    ends_with(&ranks("fault_exit_in_setup", vendor), 3);
}

fn exit_in_the_body(vendor: Vendor) {
    let outcome = ranks("fault_exit_in_body", vendor);
    ends_with(&outcome, 4);
    let the_loop = place("tests/programs/faults/exit_in_body.rs", "for i in");
    says_once(&outcome, ") ended by an `exit(4)` in ");
    says(&outcome, &["iteration", &the_loop]);
}

fn exit_on_one_rank(vendor: Vendor) {
    let outcome = ranks("fault_exit_on_one_rank", vendor);
    fails(&outcome);
    says(&outcome, &["rank 1"]);
}

fn early_return(vendor: Vendor) {
    let outcome = ranks("fault_early_return", vendor);
    fails(&outcome);
    says(&outcome, &["rank 2"]);
}

fn master_returns(vendor: Vendor) {
    let outcome = ranks("fault_master_returns", vendor);
    fails(&outcome);
    says(&outcome, &["rank 0"]);
}

fn items_of_another_number(vendor: Vendor) {
    let outcome = ranks("fault_length", vendor);
    fails(&outcome);
    let the_loop = place("tests/programs/faults/length.rs", "for i in");
    says(&outcome, &["rank 1", "20", "21", &the_loop, "HashMap"]);
}

fn items_of_another_unknown_number(vendor: Vendor) {
    let outcome = ranks("fault_unknown_length", vendor);
    fails(&outcome);
    let the_loop = place("tests/programs/faults/unknown_length.rs", "for i in");
    says(&outcome, &["rank 1", &the_loop]);
}

fn items_of_other_values(vendor: Vendor) {
    let outcome = ranks("fault_values", vendor);
    fails(&outcome);
    let the_loop = place("tests/programs/faults/values.rs", "for item in");
    says(&outcome, &["rank 1", "iteration", &the_loop, "HashMap"]);
    let unchecked = Program::new("fault_values").variable("PARALLEL_FOR_CHECK", "0");
    let outcome = unchecked.run_ranks(vendor, 3);
    assert_eq!(outcome.code, 0, "{outcome}");
}

fn loops_in_another_order(vendor: Vendor) {
    let outcome = ranks("fault_order", vendor);
    fails(&outcome);
    let source = "tests/programs/faults/order.rs";
    let (first, second) = (place(source, "for i in"), place(source, "for j in"));
    says(&outcome, &["rank 1", &first, &second]);
}

fn items_that_differ_without_a_manager(vendor: Vendor) {
    for schedule in ["round_robin", "blocks"] {
        for fault in ["length", "values"] {
            let program = Program::new("fault_schedules");
            let program = program.argument(fault).argument(schedule);
            let outcome = program.run_ranks(vendor, 2);
            fails(&outcome);
            says(&outcome, &["rank 1", "tests/programs/faults/schedules.rs:"]);
        }
    }
}

fn panic_without_a_manager(vendor: Vendor) {
    for schedule in ["round_robin", "blocks"] {
        let program = Program::new("fault_schedules");
        let program = program.argument("panic").argument(schedule);
        let outcome = program.run_ranks(vendor, 3);
        ends_with(&outcome, 101);
        says_once(
            &outcome,
            "iteration 17 of the loop at tests/programs/faults/schedules.rs:",
        );
        says_once(&outcome, "a bad item");
    }
}

fn another_build(vendor: Vendor) {
    let source = "tests/programs/builds/simulation.rs";
    let (code, types) = (
        "differs in its code\n",
        "differs in the types of its items or outputs\n",
    );
    for (fault, the_loop, words) in [
        ("code", "function_code!();", code),
        ("types", "for granted in", types),
        ("types_without_a_manager", "for own in", types),
        ("types_of_items", "for shipped in", types),
    ] {
        let new = Program::new("simulation").argument(fault);
        let old = Program::new("simulation_old").argument(fault);
        let outcome = new.run_with(&old, vendor);
        fails(&outcome);
        let the_loop = format!(
            "the loop at {}, in `simulation::{fault}`, {words}",
            place(source, the_loop),
        );
        let help =
            "help: rebuild the program, and make sure that every node starts the same binary";
        says(
            &outcome,
            &["rank 1 (", ") runs another build", &the_loop, help],
        );
        says_once(&outcome, "another build");
    }
}

/// It has the same loops.
fn build_that_is_optimised(vendor: Vendor) {
    let program = Program::new("simulation").argument("types");
    let outcome = program.run_with(&program.clone().optimised(), vendor);
    assert_eq!(outcome.code, 0, "{outcome}");
    assert_eq!(
        outcome.stdout.matches("the tail runs: 40\n").count(),
        2,
        "{outcome}"
    );
}

fn killed_rank(vendor: Vendor) {
    fails(&dying("kill", vendor));
}

/// Its last words name it, and what it was at.
fn crashed_rank(vendor: Vendor) {
    let the_loop = place("tests/programs/faults/dies.rs", "for i in");
    for (way, words) in [
        ("abort", ") died of SIGABRT (an abort"),
        ("memory", ") died of SIGABRT (an abort"),
        ("overflow", ") died of a stack overflow"),
    ] {
        let outcome = dying(way, vendor);
        fails(&outcome);
        says(
            &outcome,
            &["error: rank ", "iteration", " of the loop at ", &the_loop],
        );
        says_once(&outcome, words);
    }
    let outcome = dying("bus", vendor);
    fails(&outcome);
    says_once(&outcome, ") died of SIGBUS");
}

fn dying(way: &str, vendor: Vendor) -> Outcome {
    let program = Program::new("fault_dies").argument(way);
    program.run_ranks(vendor, 3)
}

/// The master speaks of it, and gives it up where that is wanted.
fn silent_rank(vendor: Vendor) {
    let program = Program::new("fault_silent").argument("60");
    let program = program.variable("PARALLEL_FOR_SILENCE_AFTER", "1");
    let program = program.variable("PARALLEL_FOR_LOST_AFTER", "2");
    let outcome = program.run_ranks(vendor, 3);
    ends_with(&outcome, 1);
    let the_loop = place("tests/programs/faults/silent.rs", "for i in");
    let of_the_loop = format!(" of the loop at {the_loop}; it is given up");
    says(
        &outcome,
        &["note: rank 1 (", " with iteration", &of_the_loop],
    );
}

/// It gives signs of life from its main thread, unless that runs the iteration.
fn slow_rank(vendor: Vendor) {
    for threads in ["1", "2"] {
        let program = Program::new("fault_silent").argument("slow");
        let program = program.variable("PARALLEL_FOR_THREADS", threads);
        let program = program.variable("PARALLEL_FOR_LOST_AFTER", "10");
        let outcome = program.run_ranks(vendor, 3);
        assert_eq!(outcome.code, 0, "{outcome}");
        assert_eq!(outcome.stdout, "the tail runs: 40\n", "{outcome}");
        assert_eq!(outcome.stderr, "", "{outcome}");
    }
}

fn variables_without_sense(vendor: Vendor) {
    for (name, text, allowed) in SENSELESS {
        let outcome = Program::new("fault_none")
            .variable(name, text)
            .run_ranks(vendor, 2);
        ends_with(&outcome, 2);
        says_once(&outcome, &format!("error: {name}={text} is not "));
        says(&outcome, &[allowed]);
    }
}

/// Those that wait for the rank end with it.
fn panic_on_the_threads_of_a_rank(vendor: Vendor) {
    let program = Program::new("fault_local");
    for rank in 0..3 {
        let outcome = program.clone().argument(rank.to_string());
        check_local_panic(&outcome.run_ranks(vendor, 3), rank);
    }
    let outcome = program.clone().argument("all").run_ranks(vendor, 3);
    ends_with(&outcome, 101);
    let outcome = program.argument("nobody").run_ranks(vendor, 3);
    assert_eq!(
        (outcome.code, &*outcome.stdout),
        (0, "the tail runs: 40 40\n"),
        "{outcome}"
    );
}

fn check_local_panic(outcome: &Outcome, rank: usize) {
    ends_with(outcome, 101);
    let the_loop = place("tests/programs/faults/local.rs", "for word in");
    let words = format!("error: iteration 17 of the loop at {the_loop}, on rank {rank} (");
    says_once(outcome, &words);
    says_once(outcome, "no 17");
}

fn variables_of_one_rank(vendor: Vendor) {
    let with = |name: &str, text: &str| {
        let program = Program::new("fault_environment");
        program.argument(name).argument(text).run_ranks(vendor, 3)
    };
    for (name, text, words) in [
        (
            "PARALLEL_FOR_CHECK",
            "0",
            "`on` on rank 0, but `off` on rank 1",
        ),
        (
            "PARALLEL_FOR_DEADLOCK_AFTER",
            "off",
            "`5` on rank 0, but `off` on rank 1",
        ),
        (
            "PARALLEL_FOR_LOCAL",
            "1",
            "`off` on rank 0, but `on` on rank 1",
        ),
    ] {
        let outcome = with(name, text);
        ends_with(&outcome, 2);
        says_once(&outcome, &format!("error: {name} is {words}"));
        says(&outcome, &["help: "]);
    }
    let outcome = with("PARALLEL_FOR_ON_ERROR", "retry(2)");
    ends_with(&outcome, 2);
    says_once(
        &outcome,
        "error: PARALLEL_FOR_ON_ERROR is `stop` on rank 0, but `retry(2)` on rank 1",
    );
    let outcome = with("PARALLEL_FOR_CHECK", "banana");
    ends_with(&outcome, 2);
    says_once(&outcome, "error: on rank 1, PARALLEL_FOR_CHECK=banana");
    let outcome = with("PARALLEL_FOR_THREADS", "3");
    assert_eq!(outcome.code, 0, "{outcome}");
    assert_eq!(outcome.stderr, "", "{outcome}");
}

fn variables_that_nobody_reads(vendor: Vendor) {
    check_unread(&unread().run_ranks(vendor, 3));
}

fn broadcast_of_nothing(vendor: Vendor) {
    let outcome = ranks("fault_no_broadcast", vendor);
    ends_with(&outcome, 101);
    says(&outcome, &["broadcast"]);
}

fn launcher_of_another_mpi(vendor: Vendor) {
    if skipped(vendor.other(), "launcher_of_another_mpi") {
        return;
    }
    let variant = Variant::Mpi(vendor.other());
    let outcome = Program::new("fault_none").run_under(vendor, 3, variant);
    fails(&outcome);
    says(&outcome, &["3", "rank 0 of 1", "mpiexec"]);
}

fn build_without_mpi(vendor: Vendor) {
    let program = Program::new("fault_none");
    let outcome = program.run_under(vendor, 2, Variant::Plain);
    fails(&outcome);
    says(&outcome, &["--features mpi"]);

    let alone = program.run_under(vendor, 1, Variant::Plain);
    assert_eq!(alone.code, 0, "{alone}");
    assert_eq!(alone.stdout, "the tail runs: 40\n", "{alone}");
}

fn ranks(name: &str, vendor: Vendor) -> Outcome {
    Program::new(name).run_ranks(vendor, 3)
}

fn ends_with(outcome: &Outcome, code: i32) {
    assert_eq!(outcome.code, code, "{outcome}");
    fails(outcome);
}

/// What failed is not 0, and the loop's results were not used.
fn fails(outcome: &Outcome) {
    assert_ne!(outcome.code, 0, "{outcome}");
    assert!(!outcome.stdout.contains("the tail runs"), "{outcome}");
}

fn says(outcome: &Outcome, texts: &[&str]) {
    for text in texts {
        assert!(outcome.stderr.contains(text), "no `{text}` in: {outcome}");
    }
}

fn says_once(outcome: &Outcome, text: &str) {
    let times = outcome.stderr.matches(text).count();
    assert_eq!(times, 1, "`{text}` {times} times in: {outcome}");
}

fn says_not(outcome: &Outcome, text: &str) {
    assert!(!outcome.stderr.contains(text), "`{text}` in: {outcome}");
}
