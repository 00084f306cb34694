//! Items of iterators that one thread alone may move, that are lent to the loop, or that change something.

#![allow(
    clippy::pedantic,
    clippy::ptr_arg,
    reason = "the functions are written as users write them"
)]

use std::cell::Cell;
use std::rc::Rc;
use std::sync::mpsc;

use parallel_for::parallel_for;
use parallel_for_tests::{show, work};

#[parallel_for]
fn lengths<I: IntoIterator<Item = String>>(words: I) -> Vec<usize> {
    let mut lengths = Vec::new();
    for word in words {
        work(200);
        lengths.push(word.len());
    }
    lengths
}

#[parallel_for]
fn until(numbers: Box<dyn Iterator<Item = u64> + '_>, last: u64) -> Result<u64, String> {
    let mut sum = 0;
    for number in numbers {
        work(200);
        if number == last {
            return Err(format!("no {number}, after {sum}"));
        }
        sum += number;
    }
    Ok(sum)
}

#[parallel_for]
fn header(text: &str) -> (Vec<usize>, usize) {
    let mut lines = text.lines();
    let mut lengths = Vec::new();
    for line in lines.by_ref().take(20) {
        lengths.push(line.len());
    }
    (lengths, lines.count())
}

#[parallel_for]
fn emptied(stack: &mut Vec<u64>) -> u64 {
    let mut sum = 0;
    for number in std::iter::from_fn(|| stack.pop()) {
        sum += number * number;
    }
    sum
}

#[parallel_for]
fn received() -> Vec<u64> {
    let (sender, receiver) = mpsc::channel();
    for number in 0..100_u64 {
        sender.send(number).unwrap();
    }
    drop(sender);
    let mut doubles = Vec::new();
    #[parallel_for(schedule = round_robin)]
    for number in receiver.iter() {
        doubles.push(number * 2);
    }
    doubles
}

#[parallel_for]
fn arguments() -> Vec<String> {
    let mut arguments = Vec::new();
    for argument in std::env::args().skip(1) {
        arguments.push(argument);
    }
    arguments
}

#[parallel_for]
fn kept(items: &mut dyn Iterator<Item = u64>) -> Vec<u64> {
    let mut squares = Vec::new();
    #[parallel_for(local)]
    for item in items {
        squares.push(item * item);
    }
    squares
}

/// Its count belongs to one thread.
struct Counted(Rc<Cell<u64>>);

impl Iterator for Counted {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        self.0.set(self.0.get() + 1);
        (self.0.get() <= 150).then(|| "x".repeat(self.0.get() as usize % 17))
    }
}

pub(crate) fn main() {
    let mut report = Vec::new();
    let count = Rc::new(Cell::new(0));
    let all = lengths(Counted(Rc::clone(&count)));
    report.push(format!("{all:?} {}", count.get()));
    let made = Cell::new(0);
    let numbers = || (0..120).inspect(|_| made.set(made.get() + 1));
    report.push(format!("{:?}", until(Box::new(numbers()), 500)));
    report.push(format!("{:?}", until(Box::new(numbers()), 70)));
    report.push(format!("{:?}", header(&"line\n".repeat(33))));
    let mut stack: Vec<u64> = (0..200).collect();
    report.push(format!("{} {stack:?}", emptied(&mut stack)));
    report.push(format!("{:?}", received()));
    report.push(format!("{}", arguments().is_empty()));
    report.push(format!("{:?}", kept(&mut (0..40))));
    show(&report);
}
