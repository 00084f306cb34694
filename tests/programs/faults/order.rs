//! Rank 1 calls the same two loops in the other order.

use parallel_for::{parallel_for, rank};

#[parallel_for]
fn first() -> Vec<u64> {
    let mut firsts = Vec::new();
    for i in 0..40_u64 {
        firsts.push(i);
    }
    firsts
}

#[parallel_for]
fn second() -> Vec<u64> {
    let mut seconds = Vec::new();
    for j in 0..40_u64 {
        seconds.push(j);
    }
    seconds
}

pub(crate) fn main() {
    let (a, b) = if rank() == 1 {
        (second(), first())
    } else {
        (first(), second())
    };
    parallel_for::on_master(|| println!("the tail runs: {}", a.len() + b.len()));
}
