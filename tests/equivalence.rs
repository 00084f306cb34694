//! Every program prints and returns the same as its sequential build: on 1, 2 and 4 threads of one
//! process, and on 1, 2, 3 and 5 ranks of each MPI (reductions on 8 as well), also with threads.

#[path = "equivalence/examples.rs"]
mod examples;

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
    c_function
    child_processes
    fibonacci_pool
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
    pass_messages_between_loops
    pass_methods
    pass_more_patterns
    pass_names
    pass_nested_block
    pass_nested_map
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
    squares_pool
    three_columns
}

/// The output of these names the ranks: `hello` is tested below, the others in `textbook.rs`.
const NAMING_RANKS: &[&str] = &[
    "all_to_all",
    "broadcast_variable",
    "cartesian_grid",
    "deadlock",
    "gather_squares",
    "hello",
    "message_ring",
    "point_to_point",
    "reduce_arrays",
    "scatter_list",
    "split_groups",
];

#[test]
fn every_program_is_listed() {
    let examples = sources("examples");
    let passes = sources("tests/ui/pass");
    let passes = passes.into_iter().map(|name| format!("pass_{name}"));
    // In a package of its own.
    let others = ["c_function".to_owned()];
    let all: Vec<String> = examples.into_iter().chain(passes).chain(others).collect();
    let listed: Vec<&str> = NAMES.iter().chain(NAMING_RANKS).copied().collect();
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
        "sha256" => program.argument(examples::files()),
        "pass_stdin" => {
            let lines = (0..200).map(|n| "ä word ".repeat(n % 7) + "\n");
            program.input(lines.collect::<String>())
        }
        _ => program,
    }
}
