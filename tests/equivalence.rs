//! Every program prints and returns the same as its sequential build: on 1, 2 and 4 threads of one
//! process, without a launcher, and on 2, 3 and 5 ranks of each MPI (reductions on 8 as well), also with threads, and
//! where each rank runs all loops by itself.

#[path = "equivalence/examples.rs"]
mod examples;

use parallel_for_tests::{Outcome, Program, Variant, Vendor, scratch, under_each_mpi};

under_each_mpi! {
    hello_names_every_rank
}

const RANKS: [usize; 3] = [2, 3, 5];

/// One test per program and way to run it.
macro_rules! programs {
    ($($name:ident)*) => {
        $(mod $name {
            use super::*;

            #[test]
            fn threads() {
                check_threads(stringify!($name));
            }

            under_each_mpi! {
                ranks
            }

            fn ranks(vendor: Vendor) {
                check_ranks(stringify!($name), vendor);
            }
        })*
    };
}

include!(concat!(env!("OUT_DIR"), "/equivalence.rs"));

#[test]
fn hello_names_the_only_rank() {
    check_hello(&Program::new("hello").run(Variant::Plain), 1);
}

fn hello_names_every_rank(vendor: Vendor) {
    let program = Program::new("hello");
    check_hello(&program.run(Variant::Mpi(vendor)), 1);
    for ranks in [1].into_iter().chain(RANKS) {
        check_hello(&program.run_ranks(vendor, ranks), ranks);
    }
}

fn check_hello(outcome: &Outcome, ranks: usize) {
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
    let program = program(name);
    let expected = program.run(Variant::Sequential);
    check(&expected, &program.run(Variant::Mpi(vendor)), "no launcher");
    let many = name.starts_with("pass_reduce").then_some(8);
    for ranks in RANKS.into_iter().chain(many) {
        let outcome = program.run_ranks(vendor, ranks);
        check(&expected, &outcome, &format!("{ranks} ranks"));
    }
    // More threads than a rank of a shared machine would take.
    let threads = program.clone().variable("PARALLEL_FOR_THREADS", "2");
    let outcome = threads.run_ranks(vendor, 2);
    check(&expected, &outcome, "2 ranks with 2 threads each");
    // Nothing of this goes through the library.
    if vendor == Vendor::Mpich {
        let local = program.variable("PARALLEL_FOR_LOCAL", "1");
        let outcome = local.run_ranks(vendor, 2);
        let how = "2 ranks that run all loops by themselves";
        check(&expected, &outcome, how);
    }
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
        "sha256" => program.argument(examples::files()),
        "pass_stdin" => {
            let lines = (0..200).map(|n| "ä word ".repeat(n % 7) + "\n");
            program.input(lines.collect::<String>())
        }
        _ => program,
    }
}
