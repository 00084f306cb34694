//! What the programs of the suites share: work of a chosen length, and showing what all ranks
//! have in the same way.

use parallel_for::gather;

/// Takes its time: ten thousand rounds are a fraction of a millisecond.
pub fn work(rounds: u64) {
    std::hint::black_box(churn(rounds, rounds));
}

/// Some number after so many rounds of mixing, always the same.
#[must_use]
pub fn churn(seed: u64, rounds: u64) -> u64 {
    (0..rounds).fold(seed, |state, round| {
        let mixed = (state ^ (state >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed.rotate_left(17).wrapping_add(round)
    })
}

/// A number that looks random, always the same.
#[must_use]
pub fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x ^ (x >> 31)
}

/// Prints the lines of the report, once.
///
/// # Panics
///
/// If another rank has another one.
pub fn show(report: &[String]) {
    let Some(reports) = gather(report.to_vec()) else {
        return;
    };
    for (rank, other) in reports.iter().enumerate() {
        assert_eq!(other, report, "rank {rank} differs from the master");
    }
    println!("{}", report.join("\n"));
}
