//! Ranks on two hosts, and the cable between them is cut: what the master says of a rank that it does not hear any more, and how
//! the job goes on, or ends. The hosts are namespaces of this machine (`network/hosts`).

#[path = "network/hosts.rs"]
mod hosts;

use std::sync::OnceLock;
use std::thread::sleep;
use std::time::Duration;

use parallel_for_tests::{Outcome, Program, Variant, Vendor, place, under_each_mpi};

use hosts::Hosts;

under_each_mpi! {
    a_rank_that_is_given_up
    a_rank_that_answers_again
    a_rank_that_is_slow
    an_end_without_the_library
}

/// What is said of a library that does not come to its end.
const NO_END: &str = "note: all ranks are through, but MPI_Finalize has not come back for 60 s; this process ends without it\n";

/// The program whose last rank can be cut off in the middle of a loop.
fn cut_off() -> Program {
    Program::new("fault_cut_off")
}

/// What it prints that nobody stops.
fn expected() -> &'static str {
    static EXPECTED: OnceLock<String> = OnceLock::new();
    EXPECTED.get_or_init(|| {
        let outcome = cut_off().run(Variant::Sequential);
        assert_eq!(outcome.code, 0, "{outcome}");
        outcome.stdout
    })
}

/// Waits for the result. MPICH 4.0 over TCP does not always find its end then, also of programs in C and with a sound
/// network.
fn wait_for_result(hosts: &mut Hosts, vendor: Vendor) {
    hosts.wait("result", || hosts.output() == expected());
    if vendor == Vendor::Mpich {
        hosts.switch_off();
    }
}

/// All is done, and the launcher agrees that does not wait for its end.
fn ended_well(outcome: &Outcome, vendor: Vendor) {
    assert_eq!(outcome.stdout, expected(), "{outcome}");
    if vendor == Vendor::OpenMpi {
        assert_eq!(outcome.code, 0, "{outcome}");
    }
}

/// The master has said for how long this rank was silent, and with which iterations, among them this one.
fn said_silent(outcome: &Outcome, beginning: &str, rank: usize, iteration: &str, end: &str) -> u64 {
    let beginning = format!("{beginning}: rank {rank} (right) has been silent for ");
    let the_loop = place("tests/programs/faults/cut_off.rs", "for i in");
    let end = format!(" of the loop at {the_loop}; {end}");
    let said = outcome.stderr.lines().find_map(|line| {
        let said = line.strip_prefix(&beginning)?.strip_suffix(&end)?;
        said.split_once(" s, with iteration")
    });
    let (seconds, iterations) = said.unwrap_or_else(|| panic!("no `{beginning}`: {outcome}"));
    let iteration: u64 = iteration.parse().expect("a number");
    let iterations = iterations
        .trim_start_matches('s')
        .trim_end_matches(" and more");
    let named = iterations.split(',').any(|range| {
        let mut ends = range.split(" to ").map(|it| it.trim().parse::<u64>());
        let first = ends.next().expect("a number").expect("a number");
        let last = ends.next().map_or(first, |it| it.expect("a number"));
        (first..=last).contains(&iteration)
    });
    assert!(named, "no iteration {iteration}: {outcome}");
    seconds.parse().expect("a number of seconds")
}

fn a_rank_that_is_given_up(vendor: Vendor) {
    let Some(mut hosts) = Hosts::new("given-up", vendor) else {
        return;
    };
    let program = cut_off()
        .variable("PARALLEL_FOR_SILENCE_AFTER", "2")
        .variable("PARALLEL_FOR_LOST_AFTER", "5")
        .variable("PARALLEL_FOR_CHECKPOINT", &hosts.file("kept"));
    let mut iteration = String::new();
    let outcome = hosts.run(&program, 2, |hosts| {
        iteration = hosts.wait_for("reached");
        hosts.cut();
        hosts.let_go();
        hosts.wait_for_words("it is given up");
        if vendor == Vendor::OpenMpi {
            // Its launcher goes on until TCP gives up its daemon on the other host, for a quarter of an hour.
            let is_over = || hosts.codes("left").iter().any(|code| code == "1");
            hosts.wait("end of the master", is_over);
            hosts.switch_off();
        }
    });
    let time = said_silent(
        &outcome,
        "note",
        2,
        &iteration,
        "its machine or the network may be gone",
    );
    assert!(time >= 2, "{outcome}");
    let time = said_silent(
        &outcome,
        "error",
        2,
        &iteration,
        "it is given up, and the job ends",
    );
    assert!(time >= 5, "{outcome}");
    assert_ne!(outcome.code, 0, "{outcome}");
    assert_eq!(outcome.stdout, "", "{outcome}");
    let again = program.run_ranks(vendor, 2);
    assert_eq!((again.code, &*again.stdout), (0, expected()), "{again}");
    assert!(again.stderr.starts_with("resumed: "), "{again}");
}

fn a_rank_that_answers_again(vendor: Vendor) {
    let Some(mut hosts) = Hosts::new("joined", vendor) else {
        return;
    };
    let program = cut_off()
        .variable("PARALLEL_FOR_SILENCE_AFTER", "1")
        .variable("PARALLEL_FOR_LOST_AFTER", "100");
    let mut iteration = String::new();
    let outcome = hosts.run(&program, 1, |hosts| {
        iteration = hosts.wait_for("reached");
        hosts.cut();
        hosts.let_go();
        hosts.wait_for_words("note: rank 1 (right) has been silent for ");
        hosts.join();
        wait_for_result(hosts, vendor);
    });
    ended_well(&outcome, vendor);
    said_silent(
        &outcome,
        "note",
        1,
        &iteration,
        "its machine or the network may be gone",
    );
    let again = "note: rank 1 (right) answers again, after ";
    assert_eq!(outcome.stderr.matches(again).count(), 1, "{outcome}");
}

fn a_rank_that_is_slow(vendor: Vendor) {
    let Some(mut hosts) = Hosts::new("slow", vendor) else {
        return;
    };
    let program = cut_off().variable("PARALLEL_FOR_LOST_AFTER", "4");
    let outcome = hosts.run(&program, 1, |hosts| {
        hosts.wait_for("reached");
        sleep(Duration::from_secs(10));
        hosts.let_go();
        wait_for_result(hosts, vendor);
    });
    ended_well(&outcome, vendor);
    assert!(!outcome.stderr.contains("silent"), "{outcome}");
}

fn an_end_without_the_library(vendor: Vendor) {
    let Some(mut hosts) = Hosts::new("end", vendor) else {
        return;
    };
    let program = Program::new("finalize");
    let outcome = hosts.run(&program, 2, |hosts| {
        for rank in 0..3 {
            hosts.wait_for(&format!("reached-{rank}"));
        }
        hosts.cut();
        hosts.let_go();
        // MPICH's launcher kills who is late.
        for host in ["left", "right"] {
            hosts.wait("end", || !hosts.codes(host).is_empty());
        }
        for host in ["left", "right"] {
            let codes = hosts.codes(host);
            assert!(codes.iter().all(|code| code == "0"), "{host}: {codes:?}");
        }
        // Launchers wait for each other.
        hosts.switch_off();
    });
    assert!(outcome.stdout.starts_with("[0, 1, 4, 9, "), "{outcome}");
    // A library that notices is as good.
    let ends = [NO_END, "MPI_Finalize has come back"];
    let is_told = ends.iter().any(|end| outcome.stderr.contains(end));
    assert!(is_told, "{outcome}");
}
