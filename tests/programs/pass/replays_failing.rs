//! Statements with a `?`, in the order of the items: setters that fail, writers that are full, texts.

#![allow(
    clippy::pedantic,
    clippy::ptr_arg,
    reason = "the functions are written as users write them"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use parallel_for::parallel_for;
use parallel_for_tests::{mix, show};

#[derive(Debug)]
struct Board {
    seen: Vec<u8>,
    calls: usize,
}

impl Board {
    fn insert_candidate(&mut self, cell: usize, value: u8) -> Result<(), String> {
        self.calls += 1;
        if self.seen[cell] == value {
            return Err(format!("{value} twice at {cell}"));
        }
        self.seen[cell] = value;
        Ok(())
    }
}

#[derive(Debug)]
#[allow(dead_code, reason = "it is shown")]
struct Refused(String);

impl From<String> for Refused {
    fn from(text: String) -> Self {
        Refused(text)
    }
}

impl From<std::io::Error> for Refused {
    fn from(error: std::io::Error) -> Self {
        Refused(format!("{:?}", error.kind()))
    }
}

impl From<std::num::ParseIntError> for Refused {
    fn from(error: std::num::ParseIntError) -> Self {
        Refused(error.to_string())
    }
}

#[parallel_for]
fn filled(
    board: &mut Board,
    seen: &mut Vec<usize>,
    values: &[Option<u8>],
) -> Result<usize, Refused> {
    let mut sum = 0_usize;
    for (cell, value) in (0..).zip(values.iter()) {
        seen.push(cell);
        if let Some(value) = value {
            board.insert_candidate(cell % 81, (mix(u64::from(*value)) % 50) as u8)?;
            sum += usize::from(*value);
        }
    }
    Ok(sum)
}

/// A panic and a way out behind the statement that fails.
#[parallel_for]
fn parsed(board: &mut Board, words: &[&str]) -> Result<usize, Refused> {
    for (i, word) in words.iter().enumerate() {
        let number: u8 = word.parse()?;
        assert!(number < 200, "{number}");
        board.insert_candidate(i % 7, number)?;
    }
    Ok(words.len())
}

#[parallel_for]
fn lines(out: &mut impl std::io::Write, items: u64) -> std::io::Result<()> {
    for i in 0..items {
        let line = format!("{i}: {}\n", mix(i) % 100);
        out.write_all(line.as_bytes())?;
        if i % 3 == 0 {
            writeln!(out, "{:>5}|{}", mix(i) % 10, line.len())?;
        }
    }
    out.flush()
}

struct Writer<W> {
    w: W,
    bytes: usize,
}

impl<W: std::io::Write + Send + Sync> Writer<W> {
    fn write_u8(&mut self, value: u8) -> Result<(), std::io::Error> {
        self.bytes += 1;
        self.w.write_all(&[value])
    }

    #[parallel_for]
    fn table(&mut self, table: &[u64]) -> Result<(), std::io::Error> {
        for &v in table.iter() {
            self.write_u8(mix(v) as u8)?;
        }
        Ok(())
    }
}

#[parallel_for]
fn text(items: u64) -> Result<String, std::fmt::Error> {
    let mut text = String::from("text");
    let mut counts = BTreeMap::new();
    for i in 0..items {
        write!(text, "{} ", mix(i) % 1000)?;
        *counts.entry(i % 3).or_insert(0) += 1;
    }
    write!(text, "{counts:?}")?;
    Ok(text)
}

fn limited(mut slots: Vec<u64>, items: u64) -> Option<Vec<u64>> {
    put(&mut slots, items)?;
    Some(slots)
}

#[parallel_for]
fn put(slots: &mut [u64], items: u64) -> Option<()> {
    for i in 0..items {
        *slots.get_mut((mix(i) % 40) as usize)? += i;
    }
    Some(())
}

/// The statement ends a branch, or an arm; a value that is used is none.
#[parallel_for]
fn branches(board: &mut Board, values: &[Option<u8>]) -> Result<(), String> {
    for (cell, value) in values.iter().enumerate() {
        if cell % 2 == 0 {
            match value {
                Some(value) if *value > 3 => board.insert_candidate(cell % 81, *value)?,
                Some(_) => {}
                None => board.insert_candidate(cell % 80, 9)?,
            }
        } else {
            board.insert_candidate(cell % 79, (cell % 100) as u8)?
        }
    }
    Ok(())
}

/// It ends by the statement alone.
#[parallel_for]
fn endless(board: &mut Board) -> Result<(), String> {
    for i in 0_u64.. {
        board
            .insert_candidate((mix(i) % 81) as usize, (i % 7) as u8)
            .map_err(|error| format!("item {i}: {error}"))?;
    }
    Ok(())
}

fn board() -> Board {
    Board {
        seen: vec![100; 81],
        calls: 0,
    }
}

pub(crate) fn main() {
    let mut report: Vec<String> = Vec::new();
    for length in [0, 60, 3000_usize] {
        let values: Vec<Option<u8>> = (0..length)
            .map(|i| (!mix(i as u64).is_multiple_of(5)).then_some((i / 9) as u8))
            .collect();
        let (mut board, mut seen) = (board(), vec![7]);
        let sum = filled(&mut board, &mut seen, &values);
        report.push(format!(
            "{sum:?} {board:?} {} {:?}",
            seen.len(),
            seen.last()
        ));
    }
    let numbers: Vec<String> = (0..400).map(|i| (mix(i) % 180).to_string()).collect();
    let mut words: Vec<&str> = numbers.iter().map(String::as_str).collect();
    for (at, word) in [(399, "5"), (60, "220"), (55, "x"), (30, words[23])] {
        words[at] = word;
        if at == 60 {
            continue;
        }
        let mut board = board();
        report.push(format!(
            "{:?} {} {:?}",
            parsed(&mut board, &words),
            board.calls,
            &board.seen[..7]
        ));
    }
    words[5] = "250";
    let caught = std::panic::catch_unwind(|| parsed(&mut board(), &words).is_ok());
    report.push(format!("{}", caught.is_err()));
    let mut bytes = Vec::new();
    report.push(format!(
        "{:?} {}",
        lines(&mut bytes, 500).is_ok(),
        mix(bytes.iter().map(|b| u64::from(*b)).sum())
    ));
    let mut few = [0; 100];
    let failed = lines(&mut &mut few[..], 500).unwrap_err();
    report.push(format!(
        "{:?} {:?}",
        failed.kind(),
        String::from_utf8_lossy(&few)
    ));
    let table: Vec<u64> = (0..300).collect();
    let mut writer = Writer {
        w: Vec::new(),
        bytes: 0,
    };
    report.push(format!(
        "{:?} {} {:?}",
        writer.table(&table).is_ok(),
        writer.bytes,
        &writer.w[290..]
    ));
    let mut writer = Writer {
        w: &mut few[..],
        bytes: 0,
    };
    report.push(format!(
        "{:?} {}",
        writer.table(&table).map_err(|e| e.kind()),
        writer.bytes
    ));
    report.push(format!("{:?}", text(300)));
    report.push(format!(
        "{:?} {:?}",
        limited(vec![1; 40], 1000),
        limited(vec![1; 39], 1000)
    ));
    let values: Vec<Option<u8>> = (0..400)
        .map(|i| (!mix(i).is_multiple_of(5)).then_some((mix(i) % 200) as u8))
        .collect();
    for length in [50, 400] {
        let mut board = board();
        report.push(format!(
            "{:?} {:?}",
            branches(&mut board, &values[..length]),
            board
        ));
    }
    let mut board = board();
    report.push(format!("{:?} {}", endless(&mut board), board.calls));
    show(&report);
}
