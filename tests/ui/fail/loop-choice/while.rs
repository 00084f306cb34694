use parallel_for::parallel_for;

use std::collections::VecDeque;

#[parallel_for]
fn over_an_iterator(mut items: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut squares = Vec::new();
    while let Some(x) = items.next() {
        squares.push(x * x);
    }
    squares
}

#[parallel_for]
fn over_a_queue(mut queue: VecDeque<u64>) -> Vec<u64> {
    let mut squares = Vec::new();
    #[parallel_for]
    while let Some(x) = queue.pop_front() {
        squares.push(x * x);
    }
    squares
}

#[parallel_for]
fn over_what_grows(mut queue: VecDeque<u64>) -> Vec<u64> {
    let mut squares = Vec::new();
    while let Some(x) = queue.pop_front() {
        squares.push(x * x);
        if x > 1 {
            queue.push_back(x / 2);
        }
    }
    squares
}

fn main() {}
