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

enum Mode {
    Fast(u32),
    Slow { wait: u32 },
    Off,
}

/// Taken apart, and only read.
#[parallel_for]
fn read(
    below: u32,
    bound: &mut Option<u32>,
    mode: &mut Mode,
    pair: &mut (u32, Vec<u32>),
) -> Vec<u32> {
    let mut values = Vec::new();
    for n in 0..below {
        match bound {
            Some(by) if n > 2 => values.push(*by + n),
            None => {}
            Some(_) => values.push(1),
        }
        if let Mode::Fast(by) | Mode::Slow { wait: by } = mode
            && *by > n
        {
            values.push(*by);
        }
        let (first, others) = pair;
        values.push(*first + others[0]);
        let Some(by) = bound else { continue };
        let copy = *by;
        values.push(copy);
    }
    if let Some(bound) = bound {
        *bound += 1;
    }
    values
}

impl Mode {
    #[parallel_for]
    fn times(&mut self, below: u32) -> Vec<u32> {
        let mut times = Vec::new();
        for n in 0..below {
            times.push(match self {
                Self::Fast(by) => *by * n,
                Self::Slow { wait } => *wait,
                Self::Off => 0,
            });
        }
        times
    }
}

pub(crate) fn main() {
    let (mut bound, mut mode) = (Some(3), Mode::Fast(5));
    let mut values = read(7, &mut bound, &mut mode, &mut (1, vec![2]));
    values.extend(mode.times(4));
    values.extend(Mode::Slow { wait: 3 }.times(2));
    values.extend(Mode::Off.times(1));
    assert_eq!(bound, Some(4)); // On every rank.
    parallel_for::on_master(|| println!("{values:?}"));
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
