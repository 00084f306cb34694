//! Scratch that is declared outside of the loop: emptied, assigned or filled first in the body, or
//! named by `private`.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt::Write as _;

use parallel_for::parallel_for;
use parallel_for_tests::{churn, show, work};

#[parallel_for]
fn cleared(count: usize) -> Vec<String> {
    let mut buffer = String::with_capacity(100);
    let mut queue = VecDeque::new();
    let mut seen = HashSet::new();
    let mut lines = Vec::new();
    for i in 0..count {
        buffer.clear();
        queue.clear();
        seen.clear();
        work(300);
        queue.push_back(i);
        while let Some(next) = queue.pop_front() {
            if next < 1000 && seen.insert(next) {
                queue.push_back(next * 2 + 1);
                queue.push_front(next * 3 + i);
            }
        }
        let mut numbers: Vec<_> = seen.iter().copied().collect();
        numbers.sort_unstable();
        for number in numbers {
            write!(buffer, "{number} ").unwrap();
        }
        if let Some(last) = buffer.pop() {
            buffer.push(last);
        }
        lines.push(buffer.clone());
    }
    lines
}

#[parallel_for]
#[allow(unused_assignments, reason = "what they start with")]
fn assigned(count: u64) -> (Vec<u64>, u64) {
    let mut state = 0;
    let mut pair = (0, 0);
    let mut best = None;
    let mut total = 0;
    let mut ends = Vec::new();
    for i in 0..count {
        state = churn(i, 200);
        pair = (state % 10, i);
        best = Some(i);
        while state % 7 != 3 {
            state = churn(state, 2);
            pair.0 += state % 5;
            if pair.0 > pair.1 {
                best = best.map(|best| best + pair.0);
            }
        }
        total += pair.0;
        ends.push(state % 1000 + best.unwrap_or_default());
    }
    (ends, total)
}

/// The table keeps its length, so `fill` resets all of it.
#[parallel_for]
fn filled(words: &[String]) -> Vec<(u32, usize)> {
    let mut table = [0_u32; 10];
    let mut row = Vec::from([false; 12]);
    let mut most = Vec::new();
    for word in words {
        table.fill(0);
        row.fill(true);
        for digit in word.chars().filter_map(|letter| letter.to_digit(10)) {
            table[digit as usize] += 1;
            row[digit as usize] = !row[digit as usize];
        }
        let highest = table.iter().copied().max().unwrap_or_default();
        most.push((highest, row.iter().filter(|kept| **kept).count()));
    }
    most
}

/// Functions and methods that reset what they get: only the user knows.
#[parallel_for(private(tape, seen, grid))]
fn private(count: usize) -> Vec<(usize, usize, usize)> {
    fn reset(tape: &mut Vec<usize>, length: usize) {
        tape.clear();
        tape.resize(length, 1);
    }

    let mut tape = vec![1, 2, 3];
    let mut seen = HashMap::from([(7, 7)]);
    let mut grid = [[0; 3]; 4];
    let mut results = Vec::new();
    for i in 0..count {
        reset(&mut tape, i % 4);
        let before = tape.len();
        seen.retain(|key, _| *key > 1000);
        for row in &mut grid {
            row.copy_from_slice(&[i, i + 1, i + 2]);
        }
        for k in 0..i % 5 {
            seen.entry(k % 3).or_insert(i);
            tape.push(k);
            grid[k % 4][k % 3] += k;
        }
        work(200);
        let sum = grid.as_flattened().iter().sum::<usize>();
        results.push((before + sum, tape.iter().sum(), seen.values().sum()));
    }
    results
}

/// Lent to functions that write into it; beside sums and a collection.
#[parallel_for]
fn lent(count: u64) -> u64 {
    fn digits(mut number: u64, into: &mut Vec<u64>) {
        while number > 0 {
            into.push(number % 10);
            number /= 10;
        }
    }

    let mut scratch = Vec::new();
    let mut sum = 0;
    let mut copies = Vec::new();
    for i in 0..count {
        scratch.clear();
        digits(churn(i, 100) | 1, &mut scratch);
        scratch.sort_unstable();
        sum += scratch[0] + scratch[scratch.len() / 2] * 10;
        scratch.dedup();
        copies.push(scratch.len() as u64);
    }
    sum + copies.iter().sum::<u64>()
}

/// Inside another loop, and once more after it.
#[parallel_for]
fn repeated(rounds: u64) -> Vec<usize> {
    let mut lengths = Vec::new();
    for round in 0..rounds {
        let mut line = String::from("old");
        #[parallel_for]
        for i in 0..20 {
            line.clear();
            line += &(i * round).to_string();
            lengths.push(line.len());
        }
    }
    lengths
}

pub(crate) fn main() {
    let words: Vec<String> = (0..100).map(|n| churn(n, 5).to_string()).collect();
    let mut report = Vec::new();
    for count in [0, 1, 120] {
        report.push(cleared(count / 2).join("\n"));
        report.push(format!(
            "{:?}\n{:?}",
            assigned(count as u64),
            private(count)
        ));
        report.push(format!("{:?}", filled(&words[..count.min(100)])));
        report.push(lent(count as u64).to_string());
    }
    report.push(format!("{:?}", repeated(4)));
    show(&report);
}
