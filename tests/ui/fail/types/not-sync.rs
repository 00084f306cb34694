use std::cell::Cell;

use parallel_for::parallel_for;

#[parallel_for]
fn main() {
    let calls = Cell::new(0);
    let mut results = Vec::new();
    for i in 0..10 {
        calls.set(calls.get() + 1);
        results.push(i);
    }
    println!("{results:?}");
}
