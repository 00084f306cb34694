//! A body that uses rayon itself.

use parallel_for::parallel_for;
use rayon::prelude::*;

#[parallel_for]
fn main() {
    let mut sums = Vec::new();
    for n in 0..50_u64 {
        let sum: u64 = (0..n * 100).into_par_iter().map(|i| i % 7 * n).sum();
        let (a, b) = rayon::join(|| n * 2, || n * 3);
        let mut sorted: Vec<u64> = (0..n).map(|i| i * 37 % 11).collect();
        sorted.par_sort_unstable();
        sums.push((sum, a + b, sorted.last().copied()));
    }
    println!("{sums:?}");
}
