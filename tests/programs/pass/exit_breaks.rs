//! `break` out of the loop: plain, by its label, from loops inside; at the first, the last, and
//! no item; with what the iteration did before it.

use parallel_for::parallel_for;
use parallel_for_tests::{show, work};

/// The first of the ends takes the longest.
fn is_end(item: usize, ends: &[usize]) -> bool {
    let rounds = if ends.first() == Some(&item) {
        100_000
    } else {
        1_500
    };
    work(rounds);
    ends.contains(&item)
}

#[parallel_for]
fn plain(count: usize, ends: &[usize]) -> Vec<usize> {
    let mut results = vec![7];
    for i in 0..count {
        if is_end(i, ends) {
            break;
        }
        results.push(i);
    }
    results.push(1000);
    results
}

/// What the leaving iteration wrote before it left counts; what later ones wrote does not.
#[parallel_for]
fn partly(count: usize, ends: &[usize]) -> (Vec<usize>, String) {
    let mut results = Vec::new();
    let mut text = String::from("items ");
    for i in 0..count {
        results.push(10 * i);
        text.push('a');
        if is_end(i, ends) {
            results.push(10 * i + 1);
            break;
        }
        results.push(10 * i + 2);
        text.push('b');
    }
    (results, text)
}

#[parallel_for]
fn labelled(count: usize, ends: &[usize]) -> Vec<usize> {
    let mut results = Vec::new();
    'items: for i in 0..count {
        if i % 5 == 4 {
            continue 'items;
        }
        results.push(i);
        if is_end(i, ends) {
            break 'items;
        }
    }
    results
}

#[parallel_for]
fn from_inside(count: usize, ends: &[usize]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    'items: for i in 0..count {
        'inner: for k in 0..6 {
            if k == 5 {
                break;
            }
            if (i + k) % 4 == 1 {
                continue 'inner;
            }
            if (i + k) % 7 == 6 {
                continue 'items;
            }
            pairs.push((i, k));
            if k == 3 && is_end(i, ends) {
                break 'items;
            }
        }
        let mut left = i % 3;
        while left > 0 {
            left -= 1;
            if is_end(i, ends) {
                pairs.push((i, 100));
                break 'items;
            }
        }
        let mut steps = 0;
        loop {
            steps += i % 2 + 1;
            if steps > 4 {
                break;
            }
            if is_end(i, ends) {
                break 'items;
            }
        }
    }
    pairs
}

/// The break is the value of a match, and stands in expressions.
#[parallel_for]
fn in_expressions(words: &[&str]) -> Vec<u32> {
    let mut numbers = Vec::new();
    for word in words {
        let number: u32 = match word.parse() {
            Ok(number) => number,
            Err(_) if word.is_empty() => continue,
            Err(_) => break,
        };
        let Some(half) = number.is_multiple_of(2).then_some(number / 2) else {
            if number > 900 {
                break;
            }
            continue;
        };
        numbers.push(half + if half > 400 { break } else { 1 });
    }
    numbers
}

/// An iterator that never ends by itself.
#[parallel_for]
fn endless(last: u64) -> Vec<u64> {
    let mut results = Vec::new();
    for i in 0_u64.. {
        work(2_000);
        if i == last {
            break;
        }
        results.push(i * i);
    }
    results
}

#[parallel_for(schedule = managed(chunk = 4))]
fn by_four(count: usize, ends: &[usize]) -> Vec<usize> {
    let mut results = Vec::new();
    for i in 0..count {
        results.push(i);
        if is_end(i, ends) {
            break;
        }
    }
    results
}

#[parallel_for(schedule = round_robin)]
fn round_robin(count: usize, ends: &[usize]) -> Vec<usize> {
    let mut results = Vec::new();
    for i in 0..count {
        results.push(i);
        if is_end(i, ends) {
            break;
        }
    }
    results
}

#[parallel_for(schedule = blocks)]
fn blocks(count: usize, ends: &[usize]) -> Vec<usize> {
    let mut results = Vec::new();
    for i in 0..count {
        results.push(i);
        if is_end(i, ends) {
            break;
        }
    }
    results
}

/// What threads could not share.
#[parallel_for(threads = 1)]
fn unshared(count: usize, ends: &[usize]) -> Vec<usize> {
    let ends = std::rc::Rc::new(ends.to_vec());
    let mut results = Vec::new();
    for i in 0..count {
        results.push(i);
        if is_end(i, &ends) {
            break;
        }
    }
    results
}

pub(crate) fn main() {
    let mut report = Vec::new();
    for ends in [&[][..], &[0], &[59], &[20, 21, 22], &[33, 5], &[58, 59]] {
        report.push(format!("{ends:?}\n{:?}", plain(60, ends)));
        report.push(format!("{:?}\n{:?}", partly(60, ends), labelled(60, ends)));
        report.push(format!("{:?}", from_inside(60, ends)));
        let others = [by_four, round_robin, blocks, unshared];
        report.push(format!("{:?}", others.map(|run| run(60, ends))));
    }
    let words = ["4", "7", "", "100", "901", "x", "6"];
    for count in 0..=words.len() {
        report.push(format!("{:?}", in_expressions(&words[..count])));
    }
    report.push(format!("{:?}", in_expressions(&["2", "802", "4"])));
    report.push(format!("{:?} {:?}", endless(0), endless(70)));
    show(&report);
}
