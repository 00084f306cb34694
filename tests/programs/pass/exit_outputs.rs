//! Exits of loops with several outputs of every kind: each holds what the sequential loop would
//! have given it up to the exit.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "the numbers are small"
)]

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, VecDeque};
use std::fmt::Write as _;

use parallel_for::parallel_for;
use parallel_for_tests::{show, work};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Exit {
    Never,
    Break(u64),
    Error(u64),
    Return(u64),
}

fn work_on(i: u64, exit: Exit) {
    let is_exit = [Exit::Break(i), Exit::Error(i), Exit::Return(i)].contains(&exit);
    work(if is_exit { 60_000 } else { 1_500 });
}

/// Collections, some of them filled before the exit of an iteration, some after it.
#[parallel_for]
fn collections(count: u64, exit: Exit) -> Result<String, String> {
    let mut values = vec![1];
    let mut queue = VecDeque::from([2]);
    let mut text = String::from("start");
    let mut latest = BTreeMap::from([(100, 0)]);
    let mut hashed = HashMap::new();
    let mut seen = BTreeSet::new();
    let mut heap = BinaryHeap::new();
    for i in 0..count {
        values.push(i);
        latest.insert(i % 5, i);
        work_on(i, exit);
        write!(text, " {i}").unwrap();
        if exit == Exit::Break(i) {
            break;
        }
        seen.extend([i % 7, i % 11]);
        if exit == Exit::Error(i) {
            Err(format!("at {i}"))?;
        }
        queue.push_back(i * i);
        if exit == Exit::Return(i) {
            return Ok(format!("{values:?} {queue:?} {text} {latest:?} {seen:?}"));
        }
        hashed.insert(i % 3, i);
        heap.push(i * 7919 % 1000);
    }
    let hashed: BTreeMap<_, _> = hashed.into_iter().collect();
    let heap = heap.into_sorted_vec();
    Ok(format!(
        "{values:?} {queue:?} {text} {latest:?} {seen:?} {hashed:?} {heap:?}"
    ))
}

/// Reductions: what the leaving iteration added before it left is in them.
#[parallel_for]
fn reductions(count: u64, exit: Exit) -> Result<String, String> {
    let mut visited = 0;
    let mut passed = 0_usize;
    let mut sum = 0.1_f64;
    let mut best = f64::NEG_INFINITY;
    let mut last = None;
    let mut any = false;
    let mut bits = 0_u64;
    for i in 0..count {
        visited += 1;
        let x = 1.0 / (i + 1) as f64;
        sum += x;
        best = best.max((x * 1000.0).sin());
        work_on(i, exit);
        if exit == Exit::Break(i) {
            break;
        }
        sum -= x / 3.0;
        last = Some(i);
        if exit == Exit::Error(i) {
            return Err(format!("{i}: {visited} {:016x}", sum.to_bits()));
        }
        any |= i % 37 == 36;
        bits ^= i * i;
        if exit == Exit::Return(i) {
            return Ok(format!("{i}: {visited} {any} {bits}"));
        }
        passed += 1;
    }
    let (sum, best) = (sum.to_bits(), best.to_bits());
    Ok(format!(
        "{visited} {passed} {sum:016x} {best:016x} {last:?} {any} {bits}"
    ))
}

/// In place: elements that the loop did not come to stay, those that it changed are changed.
#[parallel_for]
fn in_place(exit: Exit, squares: &mut [u64], names: &mut [String]) -> Result<usize, String> {
    let mut changed = 0;
    for i in 0..squares.len() {
        squares[i] += 1;
        work_on(i as u64, exit);
        if exit == Exit::Break(i as u64) {
            break;
        }
        names[i] = format!("{}!", names[i]);
        if exit == Exit::Error(i as u64) {
            return Err(format!("{i}: {}", squares[i]));
        }
        squares[i] *= squares[i];
        if exit == Exit::Return(i as u64) {
            return Ok(squares[i] as usize + names.len());
        }
        changed += 1;
    }
    Ok(changed)
}

#[parallel_for]
fn in_place_items(exit: Exit, squares: &mut [u64], names: &mut [String]) -> Option<usize> {
    let mut changed = Vec::new();
    #[parallel_for]
    for (i, square) in squares.iter_mut().enumerate() {
        *square += 3;
        work_on(i as u64, exit);
        if exit == Exit::Break(i as u64) {
            break;
        }
        if *square % 2 == 0 {
            continue;
        }
        *square *= 2;
        if exit == Exit::Error(i as u64) {
            return None;
        }
        changed.push((i, *square));
        if exit == Exit::Return(i as u64) {
            return Some(changed.len());
        }
        *square += 1;
    }
    #[parallel_for]
    for (name, square) in names.iter_mut().zip(squares.iter()) {
        name.push('?');
        if exit == Exit::Break(*square) {
            break;
        }
        name.push('!');
    }
    Some(changed.iter().map(|(_, square)| *square as usize).sum())
}

/// Scratch beside an exit: its last content is nobody's business.
#[parallel_for]
fn scratch(count: u64, exit: Exit) -> Result<Vec<String>, String> {
    let mut buffer = String::new();
    let mut lines = Vec::new();
    for i in 0..count {
        buffer.clear();
        for k in 0..i % 4 {
            buffer.push_str(&(i * k).to_string());
        }
        work_on(i, exit);
        if exit == Exit::Break(i) {
            break;
        }
        if exit == Exit::Error(i) {
            return Err(buffer);
        }
        lines.push(buffer.clone());
    }
    Ok(lines)
}

pub(crate) fn main() {
    let mut report = Vec::new();
    let mut exits = vec![Exit::Never, Exit::Break(3 * 3)];
    for place in [0, 26, 49] {
        exits.extend([Exit::Break(place), Exit::Error(place), Exit::Return(place)]);
    }
    for exit in exits {
        let mut squares: Vec<u64> = (0..50).collect();
        let mut names: Vec<String> = (0..50).map(|n| format!("n{n}")).collect();
        report.push(format!("{exit:?}\n{:?}", collections(50, exit)));
        report.push(format!("{:?}", reductions(50, exit)));
        report.push(format!("{:?}", in_place(exit, &mut squares, &mut names)));
        report.push(format!("{squares:?} {names:?}"));
        squares.truncate(40);
        names.truncate(40);
        report.push(format!(
            "{:?}",
            in_place_items(exit, &mut squares, &mut names)
        ));
        report.push(format!("{squares:?} {names:?}\n{:?}", scratch(50, exit)));
    }
    show(&report);
}
