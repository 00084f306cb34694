//! The iterator is moved by the thread that calls the loop, unless a closure hides until too late that it must be.

use std::cell::Cell;

use parallel_for::parallel_for;

#[parallel_for]
fn numbered(words: &[String]) -> Vec<(u64, usize)> {
    let number = Cell::new(0);
    let numbers = words.iter().map(|word| {
        number.set(number.get() + 1);
        (number.get(), word.len())
    });
    let mut results = Vec::new();
    for (number, length) in numbers {
        results.push((number, length));
    }
    results
}

fn main() {
    numbered(&[]);
}
