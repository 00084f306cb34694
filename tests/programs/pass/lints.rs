//! No expansion triggers a lint: a program with all of the language that denies every one.
#![deny(warnings, clippy::pedantic, clippy::nursery, unused_qualifications)]
#![forbid(unsafe_code)]

use std::collections::{BTreeMap, HashMap};
use std::error::Error;

use parallel_for::parallel_for;
use parallel_for_tests::{churn, show};

#[derive(Default)]
struct Counts {
    lines: u32,
    words: u32,
}

#[parallel_for(gather = all, schedule = managed(chunk = 2))]
fn counted(lines: &[String]) -> Result<(Counts, BTreeMap<String, usize>), Box<dyn Error>> {
    let mut counts = Counts::default();
    let mut places = BTreeMap::new();
    let mut buffer = String::new();
    for (place, line) in lines.iter().enumerate() {
        if line.is_empty() {
            break;
        }
        buffer.clear();
        counts.lines += 1;
        for word in line.split(' ') {
            counts.words += 1;
            buffer.push_str(word.trim_matches('.'));
            let number: i32 = word.trim_end_matches(['.', 'n']).parse()?;
            if number > 10_000 {
                return Err("too much".into());
            }
        }
        places.insert(buffer.clone(), place);
    }
    Ok((counts, places))
}

#[parallel_for]
fn extremes(values: &[f64]) -> (f64, f64, f64, Option<usize>, bool) {
    let mut sum = 0.0;
    let mut highest = f64::NEG_INFINITY;
    let mut lowest = f64::INFINITY;
    let mut last = None;
    let mut any = false;
    for (place, value) in values.iter().enumerate() {
        sum += value;
        highest = highest.max(*value);
        if *value < lowest {
            lowest = *value;
        }
        if *value > 0.5 {
            last = Some(place);
        }
        any |= *value > 0.9;
    }
    (sum, highest, lowest, last, any)
}

#[parallel_for]
fn updated(values: &mut [f64], squares: &mut Vec<u64>) {
    #[parallel_for]
    for (value, square) in values.iter_mut().zip(&*squares) {
        if *square % 3 == 0 {
            continue;
        }
        *value /= 2.0;
    }
    let count = squares.len();
    #[parallel_for(threads = 1)]
    for square in squares.iter_mut() {
        *square += churn(*square, 100) % 10;
        if *square == 7 {
            break;
        }
    }
    squares.push(count as u64);
}

#[parallel_for]
fn found(rows: &HashMap<u32, Vec<u32>>, keys: &[u32]) -> Option<u32> {
    'keys: for key in keys {
        let Some(row) = rows.get(key) else { continue };
        #[parallel_for]
        for value in row {
            match value % 50 {
                0..44 => {}
                44 => continue 'keys,
                45 | 46 => break 'keys,
                _ => return Some(*value),
            }
        }
    }
    None
}

/// All the ways out at once, unused values where the loop ends by none of them.
#[parallel_for]
fn everything(count: u32, stop: u32) -> Result<Vec<u32>, String> {
    let unused = String::from("only the exit needs it");
    let mut results = Vec::new();
    let mut table = vec![0_u32; 30];
    let mut tried = 0_u32;
    let items = [3; 30];
    'items: for (i, item) in items.iter().enumerate() {
        let position = u32::try_from(i).map_err(|error| error.to_string())?;
        table[i] = position * count + item;
        tried += 1;
        for k in 0..position % 4 {
            results.push(k);
            if position + k == stop + 20 {
                break 'items;
            }
        }
        if position == stop {
            return Err(unused);
        }
        if position + 10 == stop {
            return Ok(results);
        }
    }
    results.extend(table);
    results.push(tried);
    Ok(results)
}

fn main() {
    let lines: Vec<String> = (0..40_u32)
        .map(|n| format!("{n} {}. {}n", n * n, n + 1))
        .collect();
    let mut report = Vec::new();
    for last in ["12 13", "", "x", "99999"] {
        let mut lines = lines.clone();
        lines.insert(33, last.to_owned());
        report.push(match counted(&lines) {
            Ok((Counts { lines, words }, places)) => format!("{lines} {words} {places:?}"),
            Err(error) => format!("{error}"),
        });
    }
    let mut values: Vec<f64> = (0..50).map(|n| f64::from(n).sin()).collect();
    let mut squares: Vec<u64> = (0..50).map(|n| n * n).collect();
    updated(&mut values, &mut squares);
    report.push(format!("{:?} {squares:?}", extremes(&values)));
    let rows = (0..9).map(|key| (key, (key..9 * key).map(|n| n * n + key).collect()));
    let rows: HashMap<u32, Vec<u32>> = rows.collect();
    for keys in [&[1, 2, 3][..], &[5, 7, 1], &[10, 8], &[6, 8]] {
        report.push(format!("{:?} ", found(&rows, keys)));
    }
    for stop in [5, 15, 100] {
        report.push(format!("{:?}", everything(stop + 1, stop)));
    }
    show(&report);
}
