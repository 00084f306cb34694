//! Outputs of numbers, whose parts travel as they lie in memory: of every size and alignment, short ones and
//! some that are longer than a message with its header, beside one that needs a codec.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "small numbers"
)]

use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use parallel_for::parallel_for;

fn digest(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// How many values an iteration adds: mostly few, sometimes none, twice very many.
fn count(i: u64) -> u64 {
    match i {
        31 | 77 => 40_000,
        _ => i * i % 5,
    }
}

#[parallel_for]
fn lists() -> u64 {
    let mut bytes = Vec::new();
    let mut truths = Vec::new();
    let mut letters = Vec::new();
    let mut pairs = Vec::new();
    let mut points = VecDeque::new();
    let mut wide = Vec::new();
    let mut text = String::new();
    for i in 0..100_u64 {
        for k in 0..count(i) {
            bytes.push((i ^ k) as u8);
            truths.push(k % 3 == 0);
            letters.push(if k % 7 == 0 { '\u{10FFFF}' } else { 'ß' });
            pairs.push((i as i32, k as i32));
            points.push_back([i, k, i * k]);
            wide.push((u128::from(i) << 64) + u128::from(k));
            text.push_str(if k % 2 == 0 { "ä" } else { "b" });
        }
    }
    println!("{} values", bytes.len());
    digest(&(bytes, truths, letters, pairs, points, wide, text))
}

#[parallel_for(schedule = round_robin)]
fn lists_of_lists() -> u64 {
    let mut rows = Vec::new();
    let mut names = Vec::new();
    let mut nothing = Vec::new();
    for i in 0..100_u64 {
        rows.push((0..count(i)).map(|k| i.wrapping_mul(k)).collect::<Vec<_>>());
        names.push("n".repeat(count(i) as usize));
        nothing.push(Vec::<u16>::new());
    }
    digest(&(rows, names, nothing))
}

/// With an output that is no list of numbers, all go by serde.
#[parallel_for(schedule = blocks)]
fn mixed() -> (u64, u64) {
    let mut rows = Vec::new();
    let mut squares = HashMap::new();
    for i in 0..100_u64 {
        rows.push(i);
        squares.insert(i, i * i);
    }
    (digest(&rows), squares.values().sum())
}

#[parallel_for]
fn in_place(grid: &mut [Vec<f64>], line: &mut [u32]) {
    for i in 0..grid.len() {
        for j in 0..grid[i].len() {
            grid[i][j] = grid[i][j] * 1.5 + 1.0;
        }
        if i % 3 != 0 {
            line[i] = i as u32;
        }
    }
}

/// The iteration that leaves the loop takes with it what it wrote, and what came later.
fn until_an_error() -> (Result<(), String>, u64) {
    let mut kept = Vec::new();
    let result = fill(&mut kept);
    (result, digest(&kept))
}

#[parallel_for]
fn fill(kept: &mut Vec<u64>) -> Result<(), String> {
    for i in 0..100_u64 {
        kept.extend(0..count(i));
        if i == 80 {
            return Err(format!("at {i}"));
        }
    }
    Ok(())
}

#[parallel_for]
fn sums(numbers: &[f64]) -> (u64, i64, u64) {
    let mut sum = 0.0;
    let mut integers = 0;
    let mut greatest = f64::NEG_INFINITY;
    for (i, x) in numbers.iter().enumerate() {
        sum += x.sqrt();
        integers += i as i64;
        greatest = greatest.max(x.sin());
    }
    (sum.to_bits(), integers, greatest.to_bits())
}

/// Every rank has the results.
fn say(line: &str) {
    if parallel_for::is_master() {
        println!("{line}");
    }
}

pub(crate) fn main() {
    say(&format!("{:016x}", lists()));
    say(&format!("{:016x}", lists_of_lists()));
    say(&format!("{:?}", mixed()));
    let mut grid: Vec<Vec<f64>> = (0..50)
        .map(|i| vec![f64::from(i); i as usize * 300])
        .collect();
    let mut line = [7; 50];
    in_place(&mut grid, &mut line);
    let bits: Vec<Vec<u64>> = grid
        .iter()
        .map(|row| row.iter().map(|x| x.to_bits()).collect())
        .collect();
    say(&format!("{:016x} {line:?}", digest(&bits)));
    say(&format!("{:?}", until_an_error()));
    let numbers: Vec<f64> = (0..20_000).map(|i| f64::from(i) / 3.0).collect();
    say(&format!("{:?}", sums(&numbers)));
}
