//! Annotated functions with exits, reached inside the loops and in the tails of others.

use std::num::ParseIntError;

use parallel_for::parallel_for;
use parallel_for_tests::work;

#[parallel_for]
fn sum(line: &str) -> Result<i64, ParseIntError> {
    let mut sum = 0;
    for word in line.split(' ') {
        work(500);
        if word == "." {
            break;
        }
        sum += word.parse::<i64>()?;
    }
    Ok(sum)
}

/// The exit of the loop inside is an item of the one outside.
#[parallel_for]
fn sums(lines: &[String], limit: i64) -> Result<Vec<i64>, String> {
    let mut sums = Vec::new();
    #[parallel_for]
    for (number, line) in lines.iter().enumerate() {
        let sum = sum(line).map_err(|error| format!("line {number}: {error}"))?;
        if sum > limit {
            return Ok(sums);
        }
        sums.push(sum);
    }
    let wanted = sums.len();
    let mut repeated = Vec::new();
    #[parallel_for]
    for line in lines.iter().cycle().skip(3).take(wanted) {
        repeated.push(sum(line).unwrap_or(-1));
    }
    sums.extend(repeated);
    Ok(sums)
}

#[parallel_for]
pub(crate) fn main() {
    let mut lines: Vec<String> = (0..60)
        .map(|n| {
            (0..=n % 7)
                .map(|k| (n * k).to_string())
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    let first = sums(&lines, 100_000);
    lines[44].push_str(" . x");
    let second = sums(&lines, 700);
    lines[31].push_str(" x");
    let third = sums(&lines, 100_000);
    assert!(third.is_err()); // On every rank.
    let mut all = Vec::new();
    for limit in [100, 300, 5000] {
        all.push(sums(&lines[10..30], limit));
        if limit > 1000 {
            break;
        }
        all.push(sums(&lines[20..], limit));
    }
    // The master alone, on its own threads.
    println!("{first:?}\n{second:?}\n{third:?}\n{all:?}");
    println!("{:?} {:?}", sums(&lines[..31], 1000), sum("1 2 x"));
}
