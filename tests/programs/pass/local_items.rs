//! Items of loops on the threads of each process, changed in any form.

#![allow(
    clippy::manual_find,
    clippy::pedantic,
    clippy::ptr_arg,
    reason = "the functions are written as users write them"
)]

use std::collections::BTreeMap;

use parallel_for::parallel_for;
use parallel_for_tests::show;

#[parallel_for(local)]
fn rows(table: &mut [u64], width: usize) {
    for (i, row) in table.chunks_mut(width).enumerate() {
        for (j, cell) in row.iter_mut().enumerate() {
            *cell += (i * 100 + j) as u64;
        }
    }
}

#[parallel_for(local)]
fn part(table: &mut [u64]) -> (u64, Vec<u64>) {
    let mut sum = 0;
    let mut before = Vec::new();
    for cell in &mut table[20..400] {
        before.push(*cell);
        *cell += 1;
        sum += *cell;
    }
    (sum, before)
}

#[parallel_for(local)]
fn texts(map: &mut BTreeMap<u64, String>) {
    for (key, text) in map.iter_mut() {
        text.push_str(&key.to_string());
    }
}

#[parallel_for(local)]
fn backwards(table: &mut Vec<u64>) -> Vec<u64> {
    let mut seen = Vec::new();
    let cells = table.iter_mut().rev().step_by(3);
    for cell in cells {
        *cell /= 2;
        seen.push(*cell);
    }
    seen
}

fn two_columns(table: &mut [u64]) -> impl Iterator<Item = (&mut u64, &mut u64)> {
    let (left, right) = table.split_at_mut(table.len() / 2);
    left.iter_mut().zip(right)
}

#[parallel_for(local)]
fn swapped(table: &mut [u64]) {
    for (a, b) in two_columns(table) {
        std::mem::swap(a, b);
    }
}

pub(crate) fn main() {
    let mut report: Vec<String> = Vec::new();
    let mut table = vec![1; 1000];
    rows(&mut table, 7);
    let (sum, before) = part(&mut table);
    report.push(format!("{sum} {}", before.len()));
    let mut map: BTreeMap<u64, String> = (0..50).map(|i| (i, format!("{i}:"))).collect();
    texts(&mut map);
    report.push(format!("{:?}", map[&33]));
    report.push(format!("{:?}", backwards(&mut table).iter().sum::<u64>()));
    swapped(&mut table);
    report.push(format!("{:?}", &table[..20]));
    let sum: u64 = (0..).zip(&table).map(|(i, cell)| i * cell).sum();
    report.push(format!("{sum}"));
    show(&report);
}
