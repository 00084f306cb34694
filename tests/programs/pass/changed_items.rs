//! Items that a loop changes, in any form, on all ranks.

#![allow(
    clippy::pedantic,
    clippy::ptr_arg,
    reason = "the functions are written as users write them"
)]

use std::collections::BTreeMap;

use parallel_for::parallel_for;
use parallel_for_tests::{show, work};
use serde::{Deserialize, Serialize};

#[parallel_for]
fn rows(table: &mut [f64], width: usize) {
    for (i, row) in table.chunks_mut(width).enumerate() {
        work(300);
        for (j, cell) in row.iter_mut().enumerate() {
            *cell += (i * 100 + j) as f64 / 7.0;
        }
    }
}

#[parallel_for]
fn part(table: &mut [u64]) -> (u64, Vec<u64>) {
    let mut sum = 0;
    let mut before = Vec::new();
    for cell in &mut table[20..400] {
        work(100);
        before.push(*cell);
        *cell += 1;
        sum += *cell;
    }
    (sum, before)
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Page {
    title: String,
    words: Vec<u32>,
}

#[parallel_for]
fn pages(map: &mut BTreeMap<u64, Page>) -> usize {
    let mut words = 0;
    for (page, key) in map.values_mut().zip(10_u32..) {
        work(500);
        page.title.push_str(&key.to_string());
        if key % 3 == 0 {
            continue;
        }
        page.words.push(key);
        words += page.words.len();
    }
    words
}

#[parallel_for]
fn backwards(table: &mut Vec<u64>) -> Vec<u64> {
    let mut seen = Vec::new();
    for cell in table.iter_mut().rev().step_by(3) {
        *cell /= 2;
        seen.push(*cell);
    }
    seen
}

fn two_columns(table: &mut [u64]) -> impl Iterator<Item = (&mut u64, &mut u64)> {
    let (left, right) = table.split_at_mut(table.len() / 2);
    left.iter_mut().zip(right)
}

#[parallel_for]
fn swapped(mut table: Vec<u64>) -> Vec<u64> {
    for (a, b) in two_columns(&mut table) {
        std::mem::swap(a, b);
    }
    table
}

/// Leaves the loop, and what is behind the items from there on as it was.
#[parallel_for]
fn parsed(numbers: &mut [i64], texts: &[String]) -> Result<usize, std::num::ParseIntError> {
    let mut count = 0;
    for (row, text) in numbers.chunks_exact_mut(2).zip(texts) {
        row[0] += 1;
        work(if text.len() < 3 { 5_000 } else { 200 });
        row[1] = text.trim().parse()?;
        row[0] -= row[1];
        count += 1;
    }
    Ok(count)
}

/// With what is made for the loop, and with other outputs by index.
#[parallel_for]
fn numbered(words: &mut [String], lengths: &mut [usize]) {
    for (i, word) in words.iter_mut().take(30).enumerate() {
        word.insert(0, char::from(b'a' + i as u8 % 26));
        lengths[i] = word.len();
    }
}

#[parallel_for(schedule = round_robin)]
fn nothing(table: &mut [u8]) {
    for row in table.chunks_mut(5) {
        row.reverse();
    }
}

#[parallel_for]
fn inside(tables: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let mut results = Vec::new();
    for mut table in tables {
        rows(&mut table, 2);
        results.push(table);
    }
    results
}

pub(crate) fn main() {
    let mut report: Vec<String> = Vec::new();
    let mut floats: Vec<f64> = (0..700).map(f64::from).collect();
    rows(&mut floats, 9);
    let bits: u64 = (1..).zip(&floats).map(|(i, cell)| cell.to_bits() % i).sum();
    report.push(format!("{bits} {:?}", &floats[690..]));
    let mut table: Vec<u64> = (0..1000).collect();
    let (sum, before) = part(&mut table);
    report.push(format!("{sum} {before:?}"));
    let page = |i: u64| Page {
        title: format!("{i}:"),
        words: vec![i as u32; i as usize % 4],
    };
    let mut map: BTreeMap<u64, Page> = (0..40).map(|i| (i * i, page(i))).collect();
    report.push(format!("{} {map:?}", pages(&mut map)));
    report.push(format!("{:?}", backwards(&mut table)));
    let table = swapped(table);
    report.push(format!("{table:?}"));
    let texts: Vec<String> = (0..50).map(|i| format!(" {i}")).collect();
    let mut numbers = vec![3; 111];
    report.push(format!("{:?} {numbers:?}", parsed(&mut numbers, &texts)));
    let texts: Vec<String> = (0..50)
        .map(|i| {
            if i % 20 == 19 {
                "x".into()
            } else {
                i.to_string()
            }
        })
        .collect();
    report.push(format!("{:?} {numbers:?}", parsed(&mut numbers, &texts)));
    let (mut words, mut lengths) = (texts, [0; 40]);
    numbered(&mut words, &mut lengths);
    report.push(format!("{words:?} {lengths:?}"));
    nothing(&mut []);
    let mut bytes: Vec<u8> = (0..23).collect();
    nothing(&mut bytes);
    report.push(format!("{bytes:?} {:?}", inside(vec![vec![1.0; 5]; 12])));
    show(&report);
}
