//! One iteration panics.

use parallel_for::parallel_for;

#[parallel_for]
pub(crate) fn main() {
    let mut results = Vec::new();
    for i in 0..40_u64 {
        assert!(i != 17, "no seventeen");
        results.push(i);
    }
    println!("the tail runs: {}", results.len());
}
