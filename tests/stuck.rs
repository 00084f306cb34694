//! Ranks that wait for what never comes, and calls that don't fit: the job ends with exit code 101
//! and one message that names the ranks, their calls and their lines. Whoever only takes long is left
//! alone.

use parallel_for_tests::{Outcome, Program, Vendor, place, under_each_mpi};

under_each_mpi! {
    both_receive_first
    one_stays_away
    sender_has_left
    a_message_to_oneself
    a_loop_that_one_does_not_reach
    lent_memory_that_nobody_takes
    half_of_a_communicator
    calls_that_do_not_fit
    one_that_takes_long
    messages_that_nobody_receives
    long_messages_in_a_ring_that_nobody_receives
    a_call_that_a_group_does_not_share
    an_exit_of_the_master_in_a_map
    a_loop_inside_of_a_split
    an_error_of_a_rank_that_others_wait_for
}

const SOURCE: &str = "tests/programs/faults/stuck.rs";

fn run(vendor: Vendor, how: &str) -> Outcome {
    let program = Program::new("fault_stuck").argument(how);
    let program = program.variable("PARALLEL_FOR_DEADLOCK_AFTER", "0.3");
    program.run_ranks(vendor, 3)
}

/// Where in the program this text is.
fn at(text: &str) -> String {
    place(SOURCE, text)
}

/// The job has ended with `headline` and these `lines`, each once.
#[track_caller]
fn ends_with(outcome: &Outcome, headline: &str, lines: &[String]) {
    assert_eq!(outcome.code, 101, "{outcome}");
    assert_eq!(outcome.stdout, "", "{outcome}");
    let headline = format!("error: {headline}");
    assert_eq!(outcome.stderr.matches(&headline).count(), 1, "{outcome}");
    for line in lines {
        assert_eq!(outcome.stderr.matches(line).count(), 1, "{line}\n{outcome}");
    }
    assert!(outcome.stderr.contains("\nhelp: "), "{outcome}");
}

fn both_receive_first(vendor: Vendor) {
    let line = at("// Before the send.");
    let lines = [
        format!(": `receive` from rank 1, tag 7, at {line}"),
        format!(": `receive` from rank 0, tag 7, at {line}"),
        // Rank 2 may have told by then that it waits too.
        "\n  rank 2".to_owned(),
    ];
    ends_with(&run(vendor, "both_receive"), "deadlock: ", &lines);
}

fn one_stays_away(vendor: Vendor) {
    let lines = [
        format!(": `receive` from any rank at {}", at("one_stays_away")),
        "rank 0 (".to_owned(),
    ];
    let outcome = run(vendor, "one_stays_away");
    ends_with(&outcome, "deadlock: ", &lines);
    let barriers = format!(": `barrier` at {}", at("_ => world.barrier()"));
    assert_eq!(outcome.stderr.matches(&barriers).count(), 2, "{outcome}");
}

fn sender_has_left(vendor: Vendor) {
    let lines = ["rank 1: has left the program".to_owned()];
    let outcome = run(vendor, "sender_has_left");
    ends_with(&outcome, "deadlock: ", &lines);
    let waits = format!(": `receive` from rank 1 at {}", at("=> world.receive(1)"));
    assert!(outcome.stderr.contains(&waits), "{outcome}");
}

fn a_message_to_oneself(vendor: Vendor) {
    let outcome = run(vendor, "itself");
    ends_with(&outcome, "deadlock: ", &[]);
    assert!(outcome.stderr.contains("waits for itself"), "{outcome}");
}

fn a_loop_that_one_does_not_reach(vendor: Vendor) {
    let lines = [
        format!(
            "in the loop at {}, which rank 1 has not reached",
            at("for i in")
        ),
        format!(
            ": `receive` from rank 0 at {}",
            at("Some(\"loop\") if rank == 1")
        ),
    ];
    ends_with(&run(vendor, "loop"), "deadlock: ", &lines);
}

fn lent_memory_that_nobody_takes(vendor: Vendor) {
    let lines = [format!(
        ": `broadcast_slice` at {}",
        at("Some(\"lent\") if")
    )];
    let outcome = run(vendor, "lent");
    ends_with(&outcome, "deadlock: ", &lines);
    let receives = format!(
        ": `receive` from rank 0, tag 3, at {}",
        at("Some(\"lent\") =>")
    );
    // The first of the two is enough.
    assert!(outcome.stderr.contains(&receives), "{outcome}");
}

fn half_of_a_communicator(vendor: Vendor) {
    let lines = [
        format!(": `receive` from rank 0 at {}", at("even.receive")),
        format!(": `barrier` at {}", at("even.barrier")),
    ];
    ends_with(&run(vendor, "part"), "deadlock: ", &lines);
}

fn calls_that_do_not_fit(vendor: Vendor) {
    let other = [format!("`gather` at {}", at("other_call"))];
    ends_with(&run(vendor, "other_call"), "rank 1 is in `gather`", &other);
    let root = ["has root 0 on rank 0, but root 1 on rank 1".to_owned()];
    ends_with(&run(vendor, "other_root"), "`broadcast` at ", &root);
    // A rank may have returned the error before the master has heard of all.
    for (how, by_the_master, by_a_rank) in [
        ("other_type", "passes f64", "but a `f64` is received"),
        (
            "other_length",
            "rank 0 passes 8 numbers of type i32",
            "rank 0 sends 32 bytes",
        ),
    ] {
        let outcome = run(vendor, how);
        assert!([1, 101].contains(&outcome.code), "{outcome}");
        let said = [by_the_master, by_a_rank].map(|words| outcome.stderr.contains(words));
        assert!(said.contains(&true), "{outcome}");
    }
}

fn one_that_takes_long(vendor: Vendor) {
    let outcome = run(vendor, "slow");
    assert_eq!(
        (outcome.code, outcome.stdout.as_str()),
        (0, "late but there\n"),
        "{outcome}"
    );
}

fn messages_that_nobody_receives(vendor: Vendor) {
    let outcome = run(vendor, "unreceived");
    assert_eq!(outcome.code, 0, "{outcome}");
    let note = "note: rank 0 ends without receiving 1 message, the first of rank 1";
    assert!(outcome.stderr.contains(note), "{outcome}");
}

fn long_messages_in_a_ring_that_nobody_receives(vendor: Vendor) {
    let outcome = run(vendor, "unreceived_ring");
    assert_eq!(outcome.code, 0, "{outcome}");
    let notes = outcome
        .stderr
        .matches("ends without receiving 1 message")
        .count();
    assert_eq!(notes, 3, "{outcome}");
}

fn a_call_that_a_group_does_not_share(vendor: Vendor) {
    let gather = format!("while rank 2 was in `gather` at {}", at("others.gather"));
    let outcome = run(vendor, "part_of_calls");
    ends_with(&outcome, "rank 1 left the program", &[gather]);
}

fn an_exit_of_the_master_in_a_map(vendor: Vendor) {
    let place = at("parallel_for::map_unordered");
    let outcome = run(vendor, "exit_in_a_map");
    let headline = format!("rank 0 left the program inside of the loop at {place}");
    ends_with(&outcome, &headline, &[]);
}

fn a_loop_inside_of_a_split(vendor: Vendor) {
    let (the_loop, the_split) = (at("for i in"), at("parallel_for::split_managed"));
    let words = format!("reaches the loop at {the_loop} inside of the split at {the_split}");
    ends_with(&run(vendor, "loop_in_a_split"), "rank ", &[words]);
}

/// Nobody is told of a deadlock then: the rank's own words and code are the reason.
fn an_error_of_a_rank_that_others_wait_for(vendor: Vendor) {
    let outcome = run(vendor, "late_error");
    assert_eq!(outcome.code, 1, "{outcome}");
    assert!(outcome.stderr.contains("there is no rank 99"), "{outcome}");
    assert!(!outcome.stderr.contains("deadlock"), "{outcome}");
}
