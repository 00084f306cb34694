//! `main` returns an error on the master, after the loop.

use parallel_for::parallel_for;

#[parallel_for]
pub(crate) fn main() -> Result<(), String> {
    let mut results = Vec::new();
    for i in 0..40_u64 {
        results.push(i);
    }
    println!("the tail runs: {}", results.len());
    Err("too much".to_owned())
}
