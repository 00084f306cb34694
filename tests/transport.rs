//! What carries the messages: the contract of fabrics under both MPIs, and results of more
//! than 2 GiB in all.

use std::sync::{Mutex, PoisonError};

use parallel_for_tests::{Program, Vendor, under_each_mpi};

under_each_mpi! {
    contract
    communicators
    failing
    more_than_two_gib
}

fn contract(vendor: Vendor) {
    for ranks in [2, 3, 5] {
        let outcome = Program::new("contract").run_ranks(vendor, ranks);
        assert_eq!(outcome.code, 0, "{outcome}");
        assert_eq!(
            outcome.stdout,
            format!("the contract holds on {ranks} ranks\n")
        );
    }
}

fn communicators(vendor: Vendor) {
    for ranks in 1..=8 {
        let outcome = Program::new("contract")
            .argument("communicators")
            .run_ranks(vendor, ranks);
        assert_eq!(outcome.code, 0, "{outcome}");
        let words = format!("the contract holds on {ranks} ranks\n");
        assert_eq!(outcome.stdout, words);
    }
}

/// What a job does not survive.
fn failing(vendor: Vendor) {
    let outcome = Program::new("contract")
        .argument("failure")
        .run_ranks(vendor, 2);
    assert_eq!(outcome.code, 7, "{outcome}");
    // The first rank that leaves says so, and takes the job down.
    let words = outcome.stderr.to_lowercase();
    for part in ["mpi_isend failed: ", "invalid rank", "(error class 6)"] {
        assert!(words.contains(part), "{outcome}");
    }
    let outcome = Program::new("contract")
        .argument("unwinding")
        .run_ranks(vendor, 2);
    assert_eq!(outcome.code, 101, "{outcome}");
    assert_eq!(outcome.stdout, "");
}

fn more_than_two_gib(vendor: Vendor) {
    // One after the other: each needs several GiB.
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let outcome = Program::new("large").optimised().run_ranks(vendor, 2);
    assert_eq!(outcome.code, 0, "{outcome}");
    let expected =
        "2415919104 bytes in 36 texts that end with abcdefghijklmnopqrstuvwxyzabcdefghij\n";
    assert_eq!(outcome.stdout, expected);
    let outcome = Program::new("large_values")
        .optimised()
        .run_ranks(vendor, 2);
    assert_eq!(outcome.code, 0, "{outcome}");
    let expected = "a text of 2147495993 bytes, all z: true\n\
                    slices of [2147495993, 2147495993] bytes, as sent: true\n";
    assert_eq!(outcome.stdout, expected);
}
