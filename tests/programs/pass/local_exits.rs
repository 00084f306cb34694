//! Loops on the threads of each process that are left: errors, values and outputs that borrow.

#![allow(
    clippy::manual_find,
    clippy::pedantic,
    clippy::ptr_arg,
    reason = "the functions are written as users write them"
)]

use parallel_for::parallel_for;
use parallel_for_tests::work;

/// Without serde, as errors are.
#[derive(Debug)]
struct Bad<'a>(&'a str);

fn number(word: &str) -> Result<u64, Bad<'_>> {
    work(if word == "slow" { 50_000 } else { 500 });
    word.parse().map_err(|_| Bad(word))
}

#[parallel_for(local)]
fn numbers<'a>(words: &[&'a str]) -> Result<Vec<(&'a str, u64)>, Bad<'a>> {
    let mut numbers = Vec::new();
    for word in words {
        if word.is_empty() {
            break;
        }
        numbers.push((*word, number(word)?));
    }
    Ok(numbers)
}

#[parallel_for(local)]
fn first<'a>(words: &[&'a str], length: usize) -> Option<&'a str> {
    for word in words {
        if word.len() > length {
            return Some(word);
        }
    }
    None
}

#[parallel_for(local, threads = 1)]
fn before<'a>(words: &[&'a str], end: &str) -> (Vec<&'a str>, usize) {
    let (mut before, mut length) = (Vec::new(), 0);
    for word in words {
        if *word == end {
            break;
        }
        before.push(*word);
        length += word.len();
    }
    (before, length)
}

#[parallel_for(local)]
fn shortened<'a>(words: &mut [&'a str], end: &'a str) -> Result<(), Bad<'a>> {
    for word in words.iter_mut() {
        if *word == end {
            return Err(Bad(end));
        }
        *word = word.get(1..).unwrap_or_default();
    }
    Ok(())
}

#[parallel_for(local)]
fn rows<'a>(rows: &[Vec<&'a str>]) -> Vec<&'a str> {
    let mut found = Vec::new();
    'rows: for row in rows {
        for word in row {
            if *word == "skip" {
                continue 'rows;
            }
            if *word == "stop" {
                break 'rows;
            }
            found.push(*word);
        }
    }
    found
}

pub(crate) fn main() {
    let texts: Vec<String> = (0..150_u32).map(|n| n.to_string()).collect();
    let words: Vec<&str> = texts.iter().map(String::as_str).collect();
    let with = |changes: &[(usize, &'static str)]| {
        let mut words = words.clone();
        for (at, word) in changes {
            words[*at] = word;
        }
        words
    };
    let mut lines = Vec::new();
    for changes in [
        &[][..],
        &[(40, "slow"), (90, "bad")],
        &[(0, "bad")],
        &[(20, ""), (21, "bad")],
        &[(149, "last")],
    ] {
        let words = with(changes);
        lines.push(format!("{:?}", numbers(&words).map_err(|Bad(word)| word)));
        lines.push(format!("{:?} {:?}", first(&words, 2), first(&words, 9)));
        lines.push(format!("{:?}", before(&words, "90")));
        let mut words = words;
        let ended = shortened(&mut words, "bad");
        lines.push(format!("{ended:?} {words:?}"));
    }
    let table: Vec<Vec<&str>> = vec![
        vec!["a", "skip", "b"],
        vec!["c", "d"],
        vec!["e", "stop"],
        vec!["f"],
    ];
    lines.push(format!("{:?}", rows(&table)));
    parallel_for::on_master(|| println!("{}", lines.join("\n")));
}
