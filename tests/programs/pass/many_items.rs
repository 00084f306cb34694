//! Very many short iterations, and iterations of very different length.

use parallel_for::parallel_for;

#[parallel_for]
fn many() -> Vec<u32> {
    let mut results = Vec::new();
    for n in 0..300_000_u32 {
        if n % 3 != 1 {
            results.push(n.wrapping_mul(2_654_435_761) >> 7);
        }
    }
    results
}

#[parallel_for]
pub(crate) fn main() {
    let many = many();
    assert_eq!(many.len(), 200_000);
    let mut sums = Vec::new();
    for n in 0..60_u64 {
        let rounds = if n % 19 == 0 { 400_000 } else { n };
        sums.push((0..rounds).fold(n, |sum, i| sum.wrapping_mul(31) ^ i));
    }
    let sum = many
        .iter()
        .fold(0_u64, |sum, &n| sum.wrapping_mul(31) + u64::from(n));
    println!("{sum} {sums:?}");
}
