//! Errors of every type that leave the loop and the function: `?`, and `return Err(..)`. That of
//! the lowest item is returned, on every rank, though a later one is found sooner.

use std::error::Error;
use std::fmt;
use std::num::ParseIntError;
use std::rc::Rc;

use parallel_for::parallel_for;
use parallel_for_tests::{show, work};

/// The lower of two bad items is the slow one.
fn parse(word: &str) -> Result<u64, ParseIntError> {
    work(if word == "slow" { 100_000 } else { 2_000 });
    word.parse()
}

fn words(bad: &[(usize, &str)]) -> Vec<String> {
    let mut words: Vec<String> = (0..120).map(|n: u32| n.to_string()).collect();
    for (place, word) in bad {
        (*word).clone_into(&mut words[*place]);
    }
    words
}

#[parallel_for]
fn boxed(words: &[String]) -> Result<Vec<u64>, Box<dyn Error>> {
    let mut numbers = Vec::new();
    for word in words {
        let number = parse(word)?;
        if number == 1000 {
            return Err(format!("{number} is too much").into());
        }
        numbers.push(number);
    }
    Ok(numbers)
}

#[derive(Debug)]
enum Problem {
    Word(ParseIntError),
    Number { place: usize, name: Box<str> },
}

impl From<ParseIntError> for Problem {
    fn from(error: ParseIntError) -> Self {
        Self::Word(error)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(error) => write!(f, "no number: {error}"),
            Self::Number { place, name } => write!(f, "{name}: number {place} is too much"),
        }
    }
}

impl Error for Problem {}

/// The error takes what it needs of the function: `name` is moved by the exit.
#[parallel_for]
fn converted(words: &[String], name: Box<str>) -> Result<u64, Problem> {
    let mut doubled = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let number = parse(word)?;
        if number == 1000 {
            return Err(Problem::Number { place, name });
        }
        doubled.push(2 * number);
    }
    Ok(doubled.iter().sum::<u64>() + name.len() as u64)
}

mod catalogue {
    use super::Rc;

    /// Can't be sent to a thread, nor written down.
    #[derive(Debug)]
    pub(super) struct Missing(#[allow(dead_code, reason = "it is shown")] Rc<str>);

    pub(super) type Result<T> = std::result::Result<T, Missing>;

    pub(super) fn find(number: u64) -> Result<u64> {
        if number % 1000 == 77 {
            return Err(Missing(Rc::from(format!("no {number}"))));
        }
        Ok(number * number)
    }
}

#[parallel_for]
fn aliased(words: &[String]) -> catalogue::Result<Vec<u64>> {
    let mut squares = Vec::new();
    for word in words {
        let number = parse(word).unwrap_or(5);
        squares.push(catalogue::find(number)?);
        squares.push(catalogue::find(number + 1)?);
    }
    Ok(squares)
}

#[parallel_for]
fn optional(words: &[String]) -> Option<Vec<(u64, char)>> {
    let mut pairs = Vec::new();
    for word in words {
        let first = word.chars().find(|letter| *letter != 'z')?;
        let number = parse(word).ok()?;
        pairs.push((number, first));
    }
    Some(pairs)
}

/// `?` and `return` in closures, and `?` on what a block of the body makes, are as usual.
#[parallel_for]
fn contained(words: &[String]) -> Result<Vec<u64>, String> {
    let mut numbers = Vec::new();
    for word in words {
        let halved = || -> Option<u64> {
            let number = parse(word).ok()?;
            if number % 2 == 1 {
                return None;
            }
            Some(number / 2)
        };
        let half = halved().unwrap_or(0);
        let third = (|| Some(parse(word).ok()? / 3))();
        numbers.push(half + third.ok_or_else(|| format!("`{word}` has no third"))?);
    }
    Ok(numbers)
}

pub(crate) fn main() {
    let inputs = [
        words(&[]),
        words(&[(0, "zero")]),
        words(&[(119, "last")]),
        words(&[(40, "slow"), (41, "quick"), (42, "")]),
        words(&[(50, "1000"), (51, "x"), (90, "y")]),
        words(&[(30, "76"), (31, "77"), (70, "x")]),
        words(&[(60, "0"), (61, "x")]),
        Vec::new(),
    ];
    let mut report = Vec::new();
    for words in &inputs {
        let name = Box::from("numbers.txt");
        report.push(format!(
            "{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n",
            boxed(words).map_err(|error| error.to_string()),
            converted(words, name).map_err(|error| error.to_string()),
            aliased(words),
            optional(words),
            contained(words),
        ));
    }
    show(&report);
}
