//! An iteration ends the process of the rank that runs it.

use parallel_for::parallel_for;

#[parallel_for]
pub(crate) fn main() {
    let mut results = Vec::new();
    for i in 0..40_u64 {
        if i == 11 {
            std::process::exit(4);
        }
        results.push(i);
    }
    println!("the tail runs: {}", results.len());
}
