//! A body may go as deep as `main` may: it runs on a stack of the same size.

use std::hint::black_box;

use parallel_for::parallel_for;

fn depth(levels: u64) -> u64 {
    let frame = black_box([levels; 64]);
    if levels == 0 {
        0
    } else {
        1 + depth(levels - 1) + frame[0] - levels
    }
}

#[parallel_for]
pub(crate) fn main() {
    let mut depths = Vec::new();
    for n in 0..8 {
        depths.push(depth(4000 + n)); // Some 4 MiB.
    }
    println!("{depths:?}");
}
