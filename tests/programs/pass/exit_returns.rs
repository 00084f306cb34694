//! `return` out of the loop: of a value found, of the outputs themselves, of nothing.
#![allow(
    clippy::manual_find,
    clippy::never_loop,
    reason = "the way one writes it"
)]

use std::collections::BTreeMap;

use parallel_for::parallel_for;
use parallel_for_tests::{show, work};

/// Hits take longer the lower they are: the first is found last.
fn is_hit(number: u64, hits: &[u64]) -> bool {
    let hit = hits.iter().rposition(|hit| *hit == number);
    let slowness = hit.map_or(1_000, |hit| 60_000 * (hits.len() - hit) as u64);
    work(slowness);
    hit.is_some()
}

/// A search fills nothing.
#[parallel_for]
fn first(range: std::ops::Range<u64>, hits: &[u64]) -> Option<u64> {
    #[parallel_for]
    for number in range {
        if is_hit(number, hits) {
            return Some(number);
        }
    }
    None
}

#[parallel_for]
fn any(range: std::ops::Range<u64>, hits: &[u64]) -> bool {
    #[parallel_for]
    for number in range {
        if is_hit(number, hits) {
            return true;
        }
    }
    false
}

#[parallel_for]
fn until(range: std::ops::Range<u64>, hits: &[u64]) -> Result<Vec<u64>, String> {
    let mut misses = vec![0];
    for number in range {
        if is_hit(number, hits) {
            misses.push(number);
            return Ok(misses);
        }
        misses.push(10 * number);
    }
    Err(format!("{} misses", misses.len()))
}

/// The value of the `return` reads what the loop has filled.
#[parallel_for]
fn count_until(range: std::ops::Range<u64>, hits: &[u64]) -> usize {
    let mut misses = Vec::new();
    let mut kinds = BTreeMap::new();
    for number in range {
        if is_hit(number, hits) {
            return misses.len() + 100 * kinds.len() + usize::from(misses.last() == Some(&3));
        }
        kinds.insert(number % 7, number);
        misses.push(number);
    }
    misses.len() + 1000
}

#[parallel_for]
fn nested(rows: &[Vec<u64>], wanted: u64) -> Option<(usize, usize, Vec<u64>)> {
    let mut sums = Vec::new();
    for (r, row) in rows.iter().enumerate() {
        for (c, value) in row.iter().enumerate() {
            work(500);
            match value.cmp(&wanted) {
                std::cmp::Ordering::Equal => return Some((r, c, sums)),
                std::cmp::Ordering::Greater => break,
                std::cmp::Ordering::Less => {}
            }
        }
        sums.push(row.iter().sum());
    }
    None
}

/// The body of an inner loop ends in the `return`, which reads what the loop has filled.
#[parallel_for]
fn first_of_any(rows: &[Vec<u64>], wanted: u64) -> Option<(u64, Vec<u64>)> {
    let mut sums = Vec::new();
    for row in rows {
        work(500);
        for value in row.iter().filter(|value| **value == wanted) {
            sums.push(*value);
            return Some((value + wanted, sums));
        }
        sums.push(row.iter().sum());
    }
    None
}

#[parallel_for]
fn fill(range: std::ops::Range<u64>, hits: &[u64], misses: &mut Vec<u64>) {
    for number in range {
        if is_hit(number, hits) {
            return;
        }
        misses.push(number);
    }
    misses.push(999);
}

struct Guess {
    low: u64,
    note: String,
}

impl Guess {
    /// `Self` in the value, and a part of a captured struct that moves.
    #[parallel_for]
    fn better(self, hits: &[u64]) -> Self {
        let mut tried = Vec::new();
        for number in self.low..self.low + 50 {
            if is_hit(number, hits) {
                return Self {
                    low: number,
                    note: self.note + &format!(" after {}", tried.len()),
                };
            }
            tried.push(number);
        }
        Self { low: 0, ..self }
    }
}

/// Items of the body, which there is one of each; and a variable that is lent while another is
/// returned.
#[parallel_for]
fn with_items(hits: &[u64]) -> Result<Vec<u64>, (Vec<u64>, String)> {
    const STEP: u64 = 1;
    let mut results = vec![1, 2, 3];
    let mut text = String::new();
    let lent = &mut results;
    for number in 0..90 / STEP {
        use std::collections::BTreeSet as Seen;
        const STEP: u64 = 3;
        #[derive(Clone, Default)]
        struct Found {
            seen: Seen<u64>,
        }
        impl Found {
            fn add(&mut self, number: u64) -> bool {
                self.seen.insert(number * STEP)
            }
        }
        let mut found = Found::default();
        if is_hit(number, hits) && found.add(number) {
            text.push_str("last");
            return Err((results, format!("{text} {:?}", found.clone().seen)));
        }
        if number > 85 {
            break;
        }
        text.push('.');
        lent.push(number);
    }
    Ok(results)
}

pub(crate) fn main() {
    let rows: Vec<Vec<u64>> = (0..40)
        .map(|r| (0..20).map(|c| r * 13 + c * 3).collect())
        .collect();
    let mut report = Vec::new();
    for hits in [&[][..], &[0], &[30, 31, 50], &[79], &[40, 41, 42, 43, 79]] {
        let mut misses = vec![1, 2];
        report.push(format!("{:?}", with_items(hits)));
        fill(0..80, hits, &mut misses);
        let note = String::from("found");
        let Guess { low, note } = Guess { low: 10, note }.better(hits);
        let wanted = hits.last().copied().unwrap_or(10_000);
        report.push(format!(
            "{hits:?}: {:?} {}",
            first(0..80, hits),
            any(0..80, hits)
        ));
        report.push(format!("{:?}", until(0..80, hits)));
        report.push(format!("{} {misses:?}", count_until(0..80, hits)));
        report.push(format!("{:?} {low} {note}", nested(&rows, wanted * 3)));
        report.push(format!("{:?}", first_of_any(&rows, wanted * 3)));
    }
    report.push(format!("{:?} {:?}", first(5..5, &[5]), until(5..5, &[5])));
    show(&report);
}
