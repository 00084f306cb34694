//! What an output holds before the loop stays in front, once, and later inserts win over it.

use std::collections::{BTreeMap, BinaryHeap, VecDeque};

use parallel_for::parallel_for;

#[parallel_for]
pub(crate) fn main() {
    let mut squares = vec![1000, 2000];
    let mut lines = VecDeque::from(["first".to_owned()]);
    let mut text = String::from("start:");
    let mut owners = BTreeMap::from([(3, -1), (5, -1), (1000, -1)]);
    let mut heap = BinaryHeap::from([50]);
    for n in 0..40 {
        squares.push(n * n);
        lines.push_back(format!("line {n}"));
        text.push_str(" x");
        owners.insert(n % 10, n);
        heap.push(2 * n);
    }
    squares.push(3000);
    assert_eq!(squares.len(), 43);
    println!("{squares:?}\n{lines:?}\n{text}\n{owners:?}");
    println!("{:?}", heap.into_sorted_vec());
}
