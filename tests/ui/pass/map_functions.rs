//! `map` and `map_unordered`: the loop as a function.

use parallel_for::{is_master, map, map_unordered};

fn main() {
    let squares = map(0..200_u64, |n| n * n);
    assert_eq!(squares.len(), 200); // On every rank.

    let words = vec!["alpha".to_owned(), "beta".to_owned(), "gamma".to_owned()];
    let lengths = map(&words, String::len);
    assert_eq!(lengths, [5, 4, 5]);

    let mut cubes: Vec<u64> = map_unordered(0..100_u64, |n| n * n * n).collect();
    assert_eq!(cubes.is_empty(), !is_master());
    cubes.sort_unstable();

    let nothing: Vec<u8> = map_unordered(0..0, |n: u8| n).collect();
    assert!(nothing.is_empty());
    if is_master() {
        println!("{squares:?}\n{cubes:?}");
    }
}
