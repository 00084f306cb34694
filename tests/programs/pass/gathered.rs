//! Where the outputs end up: on all ranks or on the master alone.

use parallel_for::{is_master, parallel_for};

#[parallel_for(gather = master)]
fn report(count: u32) {
    let mut lines = Vec::new();
    for n in 0..count {
        lines.push(format!("{n}"));
    }
    if is_master() {
        assert_eq!(lines.len(), count as usize);
    }
    println!("{}", lines.join(","));
}

#[parallel_for(gather = all)]
pub(crate) fn main() {
    report(12);
    let mut squares = Vec::new();
    for n in 0..20 {
        squares.push(n * n);
    }
    assert_eq!(squares.len(), 20);
    println!("{squares:?}");
}
