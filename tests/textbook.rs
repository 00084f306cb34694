//! The programs of the field's textbooks, with as many processes as there, under each MPI: they
//! print what they print there, a deadlock is found, and one process says how to start more.

use parallel_for_tests::{Outcome, Program, Variant, Vendor, place, under_each_mpi};

under_each_mpi! {
    point_to_point
    deadlock_in_the_right_order
    deadlock_in_the_wrong_order
    broadcast_variable
    scatter_list
    gather_squares
    all_to_all
    reduce_arrays
    cartesian_grid
    message_ring
    split_groups
    too_few_ranks
    one_rank_runs_what_makes_sense
    deadlock_refuses_bad_arguments
}

fn point_to_point(vendor: Vendor) {
    let expected = "\
process 0 sends 10000000 to process 4
process 1 sends hello to process 8
process 4 receives 10000000
process 8 receives hello
";
    prints(&ranks("point_to_point", vendor, 9), expected);
}

fn deadlock_in_the_right_order(vendor: Vendor) {
    let expected = "\
process 1 sends a to process 5 and receives b
process 5 sends b to process 1 and receives a
";
    for order in ["right", "send_receive"] {
        let program = Program::new("deadlock").argument(order);
        prints(&program.run_ranks(vendor, 9), expected);
    }
}

fn deadlock_in_the_wrong_order(vendor: Vendor) {
    let program = Program::new("deadlock").argument("wrong");
    let program = program.variable("PARALLEL_FOR_DEADLOCK_AFTER", "0.5");
    let outcome = program.run_ranks(vendor, 9);
    assert_eq!(
        (outcome.code, outcome.stdout.as_str()),
        (101, ""),
        "{outcome}"
    );
    let line = place(
        "examples/deadlock.rs",
        "let received = world.receive(partner)?",
    );
    for (rank, partner) in [(1, 5), (5, 1)] {
        let tells = |entry: &&str| {
            let names = entry.contains(&format!("rank {rank}"));
            names && entry.contains(&format!("rank {partner}")) && entry.contains(&line)
        };
        assert!(
            outcome.stderr.lines().any(|entry| tells(&entry)),
            "rank {rank}: {outcome}"
        );
    }
}

fn broadcast_variable(vendor: Vendor) {
    let expected = lines(0..10, |rank| format!("process {rank} has 100"));
    prints(&ranks("broadcast_variable", vendor, 10), &expected);
}

fn scatter_list(vendor: Vendor) {
    let letters = ('a'..='j').enumerate();
    let expected = lines(letters, |(rank, letter)| {
        format!("process {rank} gets {letter}")
    });
    prints(&ranks("scatter_list", vendor, 10), &expected);
}

fn gather_squares(vendor: Vendor) {
    let squares = [1, 4, 9, 16, 25].into_iter().enumerate();
    let expected = lines(squares, |(rank, square)| {
        format!("process 0 receives {square} from process {rank}")
    });
    prints(&ranks("gather_squares", vendor, 5), &expected);
}

fn all_to_all(vendor: Vendor) {
    let expected = "\
process 0 sends [0, 1, 2, 3, 4] and receives [0, 0, 0, 0, 0]
process 1 sends [0, 2, 4, 6, 8] and receives [1, 2, 3, 4, 5]
process 2 sends [0, 3, 6, 9, 12] and receives [2, 4, 6, 8, 10]
process 3 sends [0, 4, 8, 12, 16] and receives [3, 6, 9, 12, 15]
process 4 sends [0, 5, 10, 15, 20] and receives [4, 8, 12, 16, 20]
";
    prints(&ranks("all_to_all", vendor, 5), expected);
}

fn reduce_arrays(vendor: Vendor) {
    let array = |factor: u64| (0..10).map(|i| factor * i).collect::<Vec<_>>();
    let added = lines(0..10, |rank| {
        format!("process {rank} adds {:?}", array(rank + 1))
    });
    let sum = "process 0 has the sum [0, 55, 110, 165, 220, 275, 330, 385, 440, 495]\n";
    prints(&ranks("reduce_arrays", vendor, 10), &(added + sum));
}

fn cartesian_grid(vendor: Vendor) {
    let expected = "\
a grid of 2 x 2
process 0 in row 0, column 0: up none, down 2, left none, right 1
process 1 in row 0, column 1: up none, down 3, left 0, right none
process 2 in row 1, column 0: up 0, down none, left none, right 3
process 3 in row 1, column 1: up 1, down none, left 2, right none
";
    prints(&ranks("cartesian_grid", vendor, 4), expected);
    let expected = "\
a grid of 3 x 2
process 0 in row 0, column 0: up none, down 2, left none, right 1
process 1 in row 0, column 1: up none, down 3, left 0, right none
process 2 in row 1, column 0: up 0, down 4, left none, right 3
process 3 in row 1, column 1: up 1, down 5, left 2, right none
process 4 in row 2, column 0: up 2, down none, left none, right 5
process 5 in row 2, column 1: up 3, down none, left 4, right none
";
    prints(&ranks("cartesian_grid", vendor, 6), expected);
}

fn message_ring(vendor: Vendor) {
    let expected = "\
process 0 sends P0 to process 1
process 1 sends P0P1 to process 2
process 2 sends P0P1P2 to process 3
process 3 sends P0P1P2P3 to process 0
process 0 receives P0P1P2P3 from process 3
";
    prints(&ranks("message_ring", vendor, 4), expected);
}

fn split_groups(vendor: Vendor) {
    let expected = "\
process 0 is 0 of 3 in the even group, whose sum is 6
process 1 is 0 of 2 in the odd group, whose sum is 4
process 2 is 1 of 3 in the even group, whose sum is 6
process 3 is 1 of 2 in the odd group, whose sum is 4
process 4 is 2 of 3 in the even group, whose sum is 6
";
    prints(&ranks("split_groups", vendor, 5), expected);
}

fn too_few_ranks(vendor: Vendor) {
    for name in ["point_to_point", "deadlock"] {
        says_how_to_start(&Program::new(name).run(Variant::Mpi(vendor)));
        says_how_to_start(&ranks(name, vendor, 3));
    }
}

#[test]
fn one_process_says_how_to_start_more() {
    for name in ["point_to_point", "deadlock"] {
        says_how_to_start(&Program::new(name).run(Variant::Plain));
    }
}

#[test]
fn one_process_runs_what_makes_sense() {
    check_alone(Variant::Plain);
}

fn one_rank_runs_what_makes_sense(vendor: Vendor) {
    check_alone(Variant::Mpi(vendor));
}

fn check_alone(variant: Variant) {
    for (name, expected) in [
        ("broadcast_variable", "process 0 has 100\n"),
        ("scatter_list", "process 0 gets a\n"),
        ("gather_squares", "process 0 receives 1 from process 0\n"),
        ("all_to_all", "process 0 sends [0] and receives [0]\n"),
        (
            "reduce_arrays",
            "process 0 adds [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n\
             process 0 has the sum [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n",
        ),
        (
            "cartesian_grid",
            "a grid of 1 x 1\n\
             process 0 in row 0, column 0: up none, down none, left none, right none\n",
        ),
        (
            "message_ring",
            "process 0 sends P0 to process 0\nprocess 0 receives P0 from process 0\n",
        ),
        (
            "split_groups",
            "process 0 is 0 of 1 in the even group, whose sum is 0\n",
        ),
    ] {
        prints(&Program::new(name).run(variant), expected);
    }
}

fn deadlock_refuses_bad_arguments(vendor: Vendor) {
    let program = Program::new("deadlock").argument("left");
    let outcome = program.run_ranks(vendor, 9);
    assert_eq!(
        (outcome.code, outcome.stdout.as_str()),
        (2, ""),
        "{outcome}"
    );
    let usages = outcome.stderr.matches("usage: deadlock").count();
    assert_eq!(usages, 1, "{outcome}");
}

fn ranks(name: &str, vendor: Vendor, ranks: usize) -> Outcome {
    Program::new(name).run_ranks(vendor, ranks)
}

fn lines<T>(items: impl IntoIterator<Item = T>, line: impl Fn(T) -> String) -> String {
    items.into_iter().map(|item| line(item) + "\n").collect()
}

fn prints(outcome: &Outcome, expected: &str) {
    let same = (outcome.code, outcome.stdout.as_str()) == (0, expected);
    assert!(same, "{outcome}\n=== expected {expected}");
}

fn says_how_to_start(outcome: &Outcome) {
    assert_eq!(
        (outcome.code, outcome.stdout.as_str()),
        (2, ""),
        "{outcome}"
    );
    let lines = outcome.stderr.matches("mpiexec -n 9").count();
    assert_eq!(lines, 1, "{outcome}");
}
