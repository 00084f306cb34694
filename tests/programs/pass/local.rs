//! Loops on the threads of each process: what they leave behind borrows, or has no serde. Every rank runs all of
//! them, and none waits for another.

#![allow(
    clippy::cast_precision_loss,
    clippy::elidable_lifetime_names,
    clippy::similar_names,
    reason = "it is written as users write it"
)]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Debug;
use std::rc::Rc;

use parallel_for::parallel_for;
use parallel_for_tests::work;

/// Without serde.
#[derive(Clone, Debug)]
struct Word<'a> {
    text: &'a str,
    at: usize,
}

#[parallel_for(local)]
fn words<'a>(lines: &'a [String]) -> (Vec<Word<'a>>, BTreeMap<&'a str, usize>, BTreeSet<&'a str>) {
    let (mut words, mut lengths, mut short) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
    for (at, line) in lines.iter().enumerate() {
        work(if at % 9 == 2 { 4_000 } else { 200 });
        for text in line.split(' ') {
            words.push(Word { text, at });
            lengths.insert(text, text.len());
            if text.len() < 3 {
                short.insert(text);
            }
        }
        if at == 7 {
            println!("line 7 has {} words", line.split(' ').count());
        }
    }
    (words, lengths, short)
}

#[parallel_for(local)]
fn reduced<'a>(words: &[Word<'a>]) -> (&'a str, Option<Word<'a>>, f64, usize, bool) {
    let (mut greatest, mut last, mut sum, mut count, mut any) = ("", None, 0.0, 0, false);
    for word in words {
        greatest = greatest.max(word.text);
        if word.text.len() == 4 {
            last = Some(word.clone());
        }
        sum += 0.1 * word.at as f64;
        count += 1;
        any |= word.text == "x";
    }
    (greatest, last, sum, count, any)
}

#[parallel_for(local)]
fn in_place<'a>(words: &mut [Word<'a>], texts: &[&'a str], marked: &mut [Option<&'a str>]) {
    #[parallel_for]
    for (word, text) in words.iter_mut().zip(texts) {
        word.text = text;
        word.at += 1;
    }
    #[parallel_for]
    for i in 0..marked.len() {
        if i % 2 == 1 {
            marked[i] = Some(texts[i]);
        }
    }
}

fn closures<'a>(texts: &'a [String]) -> Vec<Box<dyn Fn(usize) -> String + Send + 'a>> {
    #[parallel_for(local, threads = 2)]
    fn made<'a>(texts: &'a [String]) -> Vec<Box<dyn Fn(usize) -> String + Send + 'a>> {
        let mut closures: Vec<Box<dyn Fn(usize) -> String + Send + 'a>> = Vec::new();
        for text in texts {
            closures.push(Box::new(move |times| text.repeat(times)));
        }
        closures
    }
    made(texts)
}

#[parallel_for(local)]
fn generic<T: Send, U: Debug + Send>(items: Vec<T>, make: impl Fn(T) -> U + Sync) -> Vec<U> {
    let mut made = Vec::new();
    for item in items {
        made.push(make(item));
    }
    made
}

#[parallel_for(local, threads = 1)]
fn with_one_thread(shared: &Rc<String>) -> Vec<usize> {
    let mut lengths = Vec::new();
    for i in 0..30 {
        lengths.push(shared.len() * i);
    }
    lengths
}

/// For all ranks together; its bodies run a loop of their own.
#[parallel_for]
fn nested(lines: &[String]) -> Vec<usize> {
    let mut counts = Vec::new();
    for line in lines {
        let words: Vec<&str> = line.split(' ').collect();
        counts.push(generic(words, str::len).iter().sum::<usize>());
    }
    counts
}

/// The other way round.
#[parallel_for(local)]
fn nested_locally(lines: &[String]) -> Vec<Vec<usize>> {
    let mut counts = Vec::new();
    for start in 0..lines.len() / 10 {
        counts.push(nested(&lines[start..start + 3]));
    }
    counts
}

#[parallel_for]
pub(crate) fn main() {
    let lines: Vec<String> = (0..120_usize)
        .map(|n| format!("{n} {} {:x} x{}", n * n, n * 977, "y".repeat(n % 5)))
        .collect();
    let (mut words, lengths, short) = words(&lines);
    println!("{words:?}\n{lengths:?}\n{short:?}");
    println!("{:?}", reduced(&words));
    let texts: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut marked = vec![None; 50];
    words.truncate(100);
    in_place(&mut words, &texts, &mut marked);
    println!("{words:?}\n{marked:?}");
    let closures: Vec<String> = closures(&lines).iter().map(|repeat| repeat(2)).collect();
    println!("{closures:?}");
    println!("{:?}", with_one_thread(&Rc::new("shared".to_owned())));
    println!("{:?}", nested(&lines));
    println!("{:?}", nested_locally(&lines));
    // Ranks run different loops, as many as they like.
    let rank = parallel_for::rank();
    let mut rounds: Vec<usize> = Vec::new();
    for round in 0..=rank {
        let made = generic((0..10 * rank + 5).collect(), |i: usize| i * round);
        rounds.push(made.len());
    }
    println!("{rounds:?}");
    let counts: HashMap<u64, u64> = (0..5).map(|n| (n, n * n)).collect();
    let mut squares = Vec::new();
    #[parallel_for(local, schedule = blocks)]
    for i in 0..5 {
        squares.push(&counts[&i]);
    }
    println!("{squares:?}");
}
