//! The maps: the loop as a function.

use parallel_for::{
    barrier, is_master, map, map_ordered, map_unordered, on_master, starmap, try_map,
};

pub(crate) fn main() {
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

    // Endless items, and a consumer that uses the master alone.
    for (n, text) in (0_u64..).zip(map_ordered(0_u64.., |n| format!("{n:b}"))) {
        let below = map(0..n, |k| k).len();
        println!("{text} {below}");
        if n == 20 {
            break;
        }
    }
    barrier();

    let sums = starmap((0..50_u64).map(|n| (n, n + 1, "x")), |a, b, c| {
        c.len() as u64 * (a + b)
    });
    let numbers = try_map(["1", "2", "many", "4", "much"], str::parse::<u64>);
    let error = numbers.unwrap_err(); // On every rank, and no error type of serde's.
    assert_eq!(error.index, 2);
    let lazily = on_master(|| map_ordered(0..100_u64, |n| n % 7).sum::<u64>());
    if is_master() {
        println!("{sums:?}\n{error}\n{lazily}");
    }
}
