//! Exits of loops over items that exist once: lines of readers, values that are moved, what only
//! the master has.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::num::ParseIntError;

use parallel_for::parallel_for;
use parallel_for_tests::{show, work};

#[parallel_for]
fn parsed<R: BufRead + Send>(reader: R) -> io::Result<Vec<(usize, String)>> {
    let mut words = Vec::new();
    for (number, line) in reader.lines().enumerate() {
        let line = line?;
        work(2_000);
        words.extend(
            line.split_whitespace()
                .map(|word| (number, word.to_uppercase())),
        );
    }
    Ok(words)
}

#[parallel_for]
fn until_dot(reader: impl BufRead + Send) -> io::Result<usize> {
    let mut letters = 0;
    for line in reader.lines() {
        let line = line?;
        if line == "." {
            break;
        }
        work(1_500);
        letters += line.chars().filter(|letter| letter.is_alphabetic()).count();
    }
    Ok(letters)
}

/// Lines, and then errors forever.
struct Failing {
    lines: usize,
    given: usize,
}

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.lines {
            return Err(io::Error::other(format!("gone after {}", self.lines)));
        }
        let line = format!("line {}\n", self.given);
        self.given += 1;
        buffer[..line.len()].copy_from_slice(line.as_bytes());
        Ok(line.len())
    }
}

/// Items that are moved into the body, and from there into the error.
#[parallel_for]
fn moved(words: Vec<String>) -> Result<Vec<String>, (String, ParseIntError)> {
    let mut doubled = Vec::new();
    for mut word in words {
        work(if word.len() == 4 { 80_000 } else { 1_000 });
        match word.parse::<u32>() {
            Ok(number) => doubled.push((2 * number).to_string()),
            Err(error) if word.starts_with('x') => return Err((word, error)),
            Err(_) => {
                word.push('?');
                doubled.push(word);
            }
        }
    }
    Ok(doubled)
}

/// Only the master has lines; that it fails is known to all.
#[parallel_for(items = master)]
fn shipped(lines: Vec<String>) -> Result<Vec<u32>, ParseIntError> {
    let mut numbers = Vec::new();
    let mine = if parallel_for::is_master() {
        lines
    } else {
        Vec::new()
    };
    for line in mine {
        if line.is_empty() {
            continue;
        }
        if line == "." {
            break;
        }
        work(1_500);
        numbers.push(line.parse()?);
    }
    Ok(numbers)
}

pub(crate) fn main() {
    let text: Vec<String> = (0..150).map(|n| format!("wörd{n} {}", n * n)).collect();
    let text = text.join("\n");
    let dotted = text.replace("wörd100", "ä\n.\nwörd100");
    let mut broken = text.clone().into_bytes();
    broken[1200] = 0xff;
    let this = concat!(env!("CARGO_MANIFEST_DIR"), "/pass/exit_readers.rs");
    let file = || BufReader::new(File::open(this).expect("this file"));
    let failing = |lines| BufReader::with_capacity(16, Failing { lines, given: 0 });
    let mut report = vec![format!(
        "{:?}\n{:?}\n{:?}\n{:?}",
        parsed(Cursor::new(text.as_bytes())),
        parsed(broken.as_slice()),
        parsed(io::empty()),
        parsed(file()),
    )];
    report.push(format!(
        "{:?} {:?} {:?} {:?}",
        until_dot(text.as_bytes()),
        until_dot(dotted.as_bytes()),
        until_dot(broken.as_slice()),
        until_dot(file()),
    ));
    for lines in [0, 1, 57] {
        report.push(format!(
            "{:?} {:?}",
            parsed(failing(lines)),
            until_dot(failing(lines))
        ));
    }

    let words = |last: &str| -> Vec<String> {
        let words = (0..70).map(|n| {
            if n % 9 == 5 {
                "o".repeat(n)
            } else {
                n.to_string()
            }
        });
        words
            .chain([last.to_owned(), "y".to_owned(), "xy".to_owned()])
            .collect()
    };
    report.push(format!("{:?}", moved(words("1").drain(..70).collect())));
    for last in ["1", "xxxx", "."] {
        report.push(format!(
            "{:?}\n{:?}",
            moved(words(last)),
            shipped(words(last))
        ));
    }
    let mut lines: Vec<String> = (0..90).map(|n| n.to_string()).collect();
    lines[20].clear();
    report.push(format!("{:?}", shipped(lines.clone())));
    ".".clone_into(&mut lines[60]);
    report.push(format!("{:?}", shipped(lines)));
    show(&report);
}
