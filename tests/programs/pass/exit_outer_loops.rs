//! A distributed loop inside others, which it leaves or goes on with by their labels.

use std::error::Error;

use parallel_for::parallel_for;
use parallel_for_tests::{show, work};

/// Grows a set of numbers until no sum of two is left to add, or one is forbidden.
#[parallel_for]
fn grow(start: &[u64], forbidden: u64) -> (Vec<u64>, Vec<String>) {
    let mut numbers = start.to_vec();
    let mut notes = Vec::new();
    'rounds: for round in 0..6 {
        let known = numbers.clone();
        'skips: while notes.len() < 40 {
            let mut found = Vec::new();
            #[parallel_for]
            for (place, number) in known.iter().enumerate() {
                work(3_000);
                let sum = number + known[(place * 7 + round) % known.len()];
                if sum == forbidden {
                    break 'rounds;
                }
                if sum % 19 == 16 {
                    notes.push(format!("{round}: {sum} skips"));
                    continue 'rounds;
                }
                if sum % 17 == 8 {
                    notes.push(format!("{round}: {sum} ends the round"));
                    break 'skips;
                }
                if !known.contains(&sum) {
                    found.push(sum);
                }
            }
            notes.push(format!("{round}: {} found", found.len()));
            numbers.extend(found);
            if round < 3 || numbers.len().is_multiple_of(2) {
                break;
            }
            numbers.push(10 + round as u64);
        }
        if numbers.len() > 60 {
            numbers.truncate(60);
        }
    }
    (numbers, notes)
}

/// All three of `break`, `continue 'outer` and `?` in the same loop.
#[parallel_for]
fn tables(pages: &[Vec<String>]) -> Result<Vec<i64>, Box<dyn Error>> {
    let mut sums = Vec::new();
    'pages: for page in pages {
        let mut values = Vec::new();
        #[parallel_for]
        for line in page {
            work(2_000);
            match &**line {
                "" => continue,
                "end of page" => break,
                "end" => break 'pages,
                "forget" => continue 'pages,
                _ => {}
            }
            values.push(line.parse::<i64>()?);
        }
        sums.push(values.iter().sum());
    }
    sums.push(-1);
    Ok(sums)
}

/// A block with a label, and a loop that is labelled like the one around it was named.
#[parallel_for]
fn first_of_each(rows: &[Vec<u32>]) -> Vec<(usize, u32)> {
    let mut firsts = Vec::new();
    let mut visited = Vec::new();
    let mut row = 0;
    'table: loop {
        let Some(values) = rows.get(row) else {
            break 'table;
        };
        row += 1;
        #[parallel_for]
        'values: for value in values {
            work(1_000);
            visited.push(*value);
            if value % 10 == 3 {
                firsts.push((row, *value));
                continue 'table;
            }
            if value % 10 == 4 {
                break 'values;
            }
            if *value == 555 {
                break 'table;
            }
        }
        firsts.push((row, 0));
    }
    firsts.push((visited.len(), visited.iter().sum()));
    firsts
}

pub(crate) fn main() {
    let mut report = Vec::new();
    for forbidden in [0, 12, 33, 9] {
        report.push(format!("{:?}", grow(&[1, 3], forbidden)));
        report.push(format!("{:?}", grow(&[2, 9, 17, 5], forbidden)));
    }
    let page = |lines: &str| -> Vec<String> { lines.split(',').map(str::to_owned).collect() };
    for pages in [
        vec![page("1,2,3"), page("4,,5,end of page,x"), page("6")],
        vec![page("1"), page("2,forget,x"), page("3,4,end,x"), page("5")],
        vec![page("1"), page("2,3,4,5,6,7,8,9,x,10,y,11"), page("end")],
        Vec::new(),
    ] {
        let sums = tables(&pages).map_err(|error| error.to_string());
        report.push(format!("{sums:?}"));
    }
    let rows: Vec<Vec<u32>> = (0..12)
        .map(|row| (0..30).map(|n| (n * n * n + row * 5) % 557).collect())
        .collect();
    report.push(format!("{:?}", first_of_each(&rows)));
    show(&report);
}
