//! Blocks that end in `break`: they run once, in the function itself, with everything before them in the outputs, so they
//! may change what the iterations read, lend it, move it, and leave by `?`.

use parallel_for::parallel_for;
use parallel_for_tests::{show, work};
use std::collections::BTreeMap;

#[derive(Debug, Default)]
struct Tokens {
    places: Vec<usize>,
    swaps: usize,
}

impl Tokens {
    fn swap(&mut self, a: usize, b: usize, log: &mut Vec<usize>) -> Result<(), String> {
        if a == 13 {
            return Err(format!("nothing goes to {a}"));
        }
        self.places.swap(a, b);
        self.swaps += 1;
        log.push(a);
        Ok(())
    }

    /// The search of a step, and what is done with its result.
    #[parallel_for]
    fn step(&mut self, goals: &[usize]) -> Result<(bool, Vec<usize>), String> {
        let (mut log, mut found) = (vec![0], false);
        for &goal in goals {
            work(500);
            if self.places[goal] != goal {
                self.swap(goal, goal / 2, &mut log)?;
                log.push(goals.len());
                println!("{goal} was taken");
                found = true;
                break;
            }
        }
        log.push(1);
        Ok((found, log))
    }
}

/// The cursors are read by every iteration, and moved by the one that leaves.
#[parallel_for]
fn cursors(a: &[u8], b: &[u8], max: usize) -> (usize, usize, usize) {
    let (mut at, mut other, mut same) = (0, 0, 0);
    while at < a.len() && other < b.len() {
        for i in 0..max {
            if at + i < a.len() && a[at + i] == b[other] {
                at += i;
                same += 1;
                break;
            }
            if other + i < b.len() && a[at] == b[other + i] {
                other += i;
                same += 1;
                break;
            }
        }
        at += 1;
        other += 1;
    }
    (at, other, same)
}

/// The outputs are read there, and changed in any way.
#[parallel_for]
fn outputs(count: u64, end: u64) -> (Vec<u64>, u64, String) {
    let (mut list, mut sum, mut text) = (vec![1], 0, String::new());
    'items: for i in 0..count {
        work(300);
        list.push(i * i);
        sum += i;
        if i >= end {
            text = format!("{i} {} {sum}", list.len());
            list.retain(|x| x % 2 == 0);
            sum *= 2;
            break 'items;
        }
        list.push(i);
    }
    (list, sum, text)
}

/// To the loop around, and behind it.
#[parallel_for]
fn to_the_outer(rows: &[Vec<u64>]) -> (Vec<u64>, BTreeMap<u64, usize>) {
    let (mut firsts, mut seen) = (Vec::new(), BTreeMap::new());
    'rows: for row in rows {
        #[parallel_for]
        for (i, x) in row.iter().enumerate() {
            if x % 5 == 4 {
                *seen.entry(*x).or_insert(7) += i;
                continue 'rows;
            }
            if *x == 1000 {
                firsts.insert(0, seen.len() as u64);
                seen.clear();
                break 'rows;
            }
        }
        firsts.push(row.len() as u64);
    }
    (firsts, seen)
}

/// A block that diverges, one with a `?`, and one that moves a variable.
#[parallel_for]
fn words(words: &[&str], spare: Vec<String>, stack: &mut Vec<i64>) -> Option<(i64, Vec<String>)> {
    let (mut bad, mut total) = (vec![String::from("none")], 0);
    for word in words {
        let Ok(number) = word.parse::<i64>() else {
            stack.push(total);
            bad.push((*word).to_owned());
            bad.sort();
            break;
        };
        match number {
            50 => {
                let top = stack.pop()?;
                stack.push(top + number);
                break;
            }
            51 => {
                bad = spare;
                print!("the spare ");
                println!("words");
                break;
            }
            _ => total += number,
        }
    }
    Some((total, bad))
}

/// The types of what only such a block uses.
#[parallel_for]
fn inferred(count: u64, end: u64) -> usize {
    let mut chain = Vec::new();
    for x in 0..count {
        let mut own = Vec::new();
        if x == end {
            own.push(x);
            chain.push(own);
            let last: &mut Vec<_> = chain.last_mut().unwrap();
            last.push(1);
            break;
        }
    }
    chain.iter().map(Vec::len).sum()
}

/// A way around the end: the block is like any other code.
#[parallel_for]
fn around(count: u64, end: u64) -> Vec<u64> {
    let mut results = Vec::new();
    for x in 0..count {
        if x % 10 == end {
            results.push(x);
            if x < 15 {
                continue;
            }
            results.push(100);
            break;
        }
    }
    results
}

#[parallel_for(local)]
fn on_threads(goals: &[usize], tokens: &mut Tokens) -> usize {
    let mut log = Vec::new();
    for goal in goals {
        if tokens.places[*goal] != *goal {
            if tokens.swap(*goal, 0, &mut log).is_err() {
                log.clear();
            }
            break;
        }
    }
    log.len()
}

pub(crate) fn main() {
    let mut report = Vec::new();
    for goals in [&[][..], &[1, 2, 3], &[1, 2, 9, 8], &[13], &[8, 13]] {
        let mut places: Vec<usize> = (0..20).collect();
        (places[9], places[8], places[13]) = (8, 13, 9);
        let mut tokens = Tokens { places, swaps: 0 };
        report.push(format!("{:?} {tokens:?}", tokens.step(goals)));
        report.push(format!("{:?} {tokens:?}", tokens.step(goals)));
        report.push(format!("{} {tokens:?}", on_threads(goals, &mut tokens)));
    }
    let (a, b) = (b"London bridge is falling", b"Lxndon bridgeis xfalling");
    report.push(format!("{:?} {:?}", cursors(a, b, 5), cursors(a, b"", 5)));
    for end in [0, 1, 59, 60, 61] {
        report.push(format!("{:?}", outputs(60, end)));
        report.push(format!("{} {:?}", inferred(60, end), around(60, end)));
    }
    let rows = [
        vec![1, 2, 3],
        vec![1, 9, 3],
        vec![7, 4],
        vec![7, 1000, 4],
        vec![1],
    ];
    for count in 0..=rows.len() {
        report.push(format!("{:?}", to_the_outer(&rows[..count])));
    }
    for text in ["1 2 x 3", "1 50 2", "50 1", "3 51 x", "x", "", "7 8"] {
        let all: Vec<&str> = text.split_whitespace().collect();
        let mut stack = if all.len() == 2 { vec![] } else { vec![7] };
        let outcome = words(&all, vec!["spare".to_owned()], &mut stack);
        report.push(format!("{outcome:?} {stack:?}"));
    }
    show(&report);
}
