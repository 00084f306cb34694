//! A function panics for one item of a lazy map.

use parallel_for::{is_master, map_ordered};

fn main() {
    let results = map_ordered(0..40_u64, |i| {
        assert!(i != 17, "no seventeen");
        i
    });
    let count = results.count();
    if is_master() {
        println!("the tail runs: {count}");
    }
}
