//! A C function in the loop's body, on every core of every rank at once.
//!
//! ```sh
//! cargo run --release -p parallel-for-c-function
//!
//! cargo build --release -p parallel-for-c-function --features mpi
//! mpiexec -n 4 target/release/c_function
//! ```
//!
//! It prints:
//!
//! ```text
//! [999087, 1010038, 1016458, …, 995070]
//! 31911217 inversions in 32 shuffles
//! ```
//!
//! Unlike in Python, no lock has to be released around the call. The declaration of the function states
//! why several threads may be in it at once.

use parallel_for::parallel_for;

#[parallel_for]
fn main() {
    let mut counts = Vec::new();
    for seed in 0..32 {
        let values = shuffled(2000, seed);
        counts.push(inversions(&values));
    }
    let total: u64 = counts.iter().sum();
    println!(
        "{counts:?}\n{total} inversions in {} shuffles",
        counts.len()
    );
}

mod c {
    unsafe extern "C" {
        /// As in `inversions.h`.
        pub(super) fn inversions(values: *const u32, length: usize) -> u64;
    }
}

/// How many pairs of these values are in the wrong order.
fn inversions(values: &[u32]) -> u64 {
    // SAFETY: the C function reads as many values as the slice has, keeps no pointer to them, and
    // has no state that calls from several threads would share.
    unsafe { c::inversions(values.as_ptr(), values.len()) }
}

/// The numbers below `length` in an order that depends on the seed alone.
fn shuffled(length: u32, seed: u64) -> Vec<u32> {
    let mut values: Vec<u32> = (0..length).collect();
    let mut state = seed;
    for last in (1..values.len()).rev() {
        // Knuth's MMIX constants; the upper bits are the random ones.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let other = (state >> 33) % (last as u64 + 1);
        values.swap(last, usize::try_from(other).expect("an index"));
    }
    values
}
