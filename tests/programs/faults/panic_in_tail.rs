//! The master panics after the loop, when the others have left `main`.

use parallel_for::parallel_for;

#[parallel_for]
pub(crate) fn main() {
    let mut results = Vec::new();
    for i in 0..40_u64 {
        results.push(i);
    }
    assert!(results.is_empty(), "too much");
}
