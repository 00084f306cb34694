//! Outputs that are parameters of the function: `&mut` collections of the caller.

use std::collections::BTreeMap;

use parallel_for::parallel_for;

#[parallel_for]
fn add_squares(below: u32, squares: &mut Vec<u32>) {
    for n in 0..below {
        squares.push(n * n);
    }
}

#[parallel_for]
fn index(
    words: &[&str],
    lengths: &mut BTreeMap<String, usize>,
    mut order: Vec<String>,
) -> Vec<String> {
    for word in words {
        lengths.insert((*word).to_owned(), word.len());
        order.push((*word).to_owned());
    }
    order
}

/// The same through a `*`, and a best value that is a parameter.
#[parallel_for]
fn add_cubes(below: u32, cubes: &mut Vec<u32>, least: &mut u32) {
    for n in 0..below {
        (*cubes).push(n * n * n);
        (*cubes).extend([n; 2]);
        *least = (*least).min(40 - n);
    }
}

fn main() {
    let mut squares = vec![7];
    add_squares(10, &mut squares);
    add_squares(5, &mut squares);
    let (mut cubes, mut least) = (vec![1], 38);
    add_cubes(5, &mut cubes, &mut least);
    assert_eq!((cubes.len(), least), (16, 36)); // On every rank.
    let mut lengths = BTreeMap::new();
    let order = index(&["b", "aa", "cccc"], &mut lengths, vec!["0".to_owned()]);
    assert_eq!(squares.len(), 16); // On every rank.
    assert_eq!(order.len(), 4);
    parallel_for::on_master(|| println!("{squares:?} {cubes:?} {least} {lengths:?} {order:?}"));
}
