//! Where loops stand: several in a function, in branches, blocks, arms, other loops, and each
//! with an exit, a reduction, or an update in place.
#![allow(clippy::explicit_iter_loop, reason = "both ways are shown")]

use parallel_for::parallel_for;
use parallel_for_tests::{show, work};

#[parallel_for]
fn several(words: &[String]) -> Result<String, std::num::ParseIntError> {
    let mut numbers = Vec::new();
    #[parallel_for]
    for word in words {
        numbers.push(word.parse::<i64>()?);
    }
    let mut sum = 0;
    #[parallel_for]
    for number in &numbers {
        sum += number;
    }
    let mean = sum / i64::try_from(numbers.len().max(1)).unwrap();
    #[parallel_for]
    for number in numbers.iter_mut() {
        *number -= mean;
    }
    let mut first = None;
    #[parallel_for]
    for (place, number) in numbers.iter().enumerate() {
        work(500);
        if *number > 0 {
            first = Some(place);
            break;
        }
    }
    for number in &mut numbers {
        *number *= 2;
    }
    Ok(format!("{numbers:?} {sum} {first:?}"))
}

#[parallel_for]
fn branches(kind: Option<u32>, count: u32) -> (Vec<u32>, u32) {
    let mut found = Vec::new();
    let mut total = 0;
    match kind {
        None => {}
        Some(0) =>
        {
            #[parallel_for]
            for i in 0..count {
                if i % 7 == 6 {
                    return (found, i);
                }
                found.push(i);
            }
        }
        Some(1) => {
            if count > 10 {
                #[parallel_for]
                for i in 0..count {
                    total += i;
                }
            } else {
                #[parallel_for]
                for i in 0..count {
                    total += 2 * i;
                    if total_is_big(i) {
                        break;
                    }
                }
            }
        }
        Some(k) => {
            let values = {
                let mut values = [0; 25];
                #[parallel_for]
                for (i, value) in values.iter_mut().enumerate() {
                    *value = u32::try_from(i).unwrap() * k;
                }
                values
            };
            'block: {
                if values[2] > 6 {
                    break 'block;
                }
                #[parallel_for]
                for value in values {
                    found.push(value);
                }
            }
            unsafe_looking(&mut found);
        }
    }
    (found, total)
}

fn total_is_big(i: u32) -> bool {
    i > 7
}

fn unsafe_looking(found: &mut [u32]) {
    found.reverse();
}

/// As the value of an `if`, of an arm, and as the last expression of the function.
#[parallel_for]
fn as_values(words: &[&str], sums: &mut (usize, usize), log: &mut Vec<String>) {
    if words.len() > 2 {
        #[parallel_for]
        for word in words {
            sums.0 += word.len();
        }
    }
    match words {
        [] => log.push("none".to_owned()),
        [_, rest @ ..] =>
        {
            #[parallel_for]
            for word in rest {
                sums.1 += word.len();
                if word.len() > 6 {
                    break;
                }
            }
        }
    }
    #[parallel_for]
    for word in words {
        if word.is_empty() {
            return;
        }
        log.push(word.to_uppercase());
    }
}

/// Ends when a round of the loop finds nothing to do.
#[parallel_for]
fn until_stable(mut heights: Vec<i32>) -> (usize, Vec<i32>) {
    let mut rounds = 0;
    loop {
        let mut changed = false;
        let mut next = heights.clone();
        #[parallel_for]
        for i in 1..heights.len() {
            if heights[i - 1] > heights[i] + 1 {
                next[i] = heights[i - 1] - 1;
                changed = true;
            }
        }
        rounds += 1;
        heights = next;
        if !changed {
            break (rounds, heights);
        }
    }
}

/// Deep in other loops, leaving the function from there.
#[parallel_for]
fn deep(limit: u64) -> Option<(u64, u64, u64)> {
    for a in 1.. {
        let mut b = a;
        while b < 2 * a + 5 {
            if a + b > limit {
                return None;
            }
            #[parallel_for]
            for c in b..a + b {
                work(20);
                if a * a + b * b == c * c && a + b + c > 50 {
                    return Some((a, b, c));
                }
            }
            b += 1;
        }
    }
    None
}

pub(crate) fn main() {
    let mut report = Vec::new();
    let mut words: Vec<String> = (0..60).map(|n: i64| (n * n % 41 - 9).to_string()).collect();
    report.push(format!("{:?}", several(&words)));
    words[30] = String::from("x");
    report.push(format!("{:?} {:?}", several(&words), several(&[])));
    for kind in [None, Some(0), Some(1), Some(2), Some(5)] {
        report.push(format!("{:?} {:?}", branches(kind, 9), branches(kind, 30)));
    }
    let mut sums = (1, 1);
    let mut log = Vec::new();
    let words = ["one", "three", "thirteen", "two", "", "four"];
    for count in 0..words.len() {
        as_values(&words[..count], &mut sums, &mut log);
    }
    as_values(&words, &mut sums, &mut log);
    report.push(format!("{sums:?} {log:?}"));
    let heights = (0..30).map(|n| n * 13 % 17).collect();
    report.push(format!(
        "{:?} {:?} {:?}",
        until_stable(heights),
        deep(60),
        deep(8)
    ));
    show(&report);
}
