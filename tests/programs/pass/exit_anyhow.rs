//! The errors of anyhow: `bail!`, `ensure!` in its forms, context, and its `?` on other errors.

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use parallel_for::parallel_for;
use parallel_for_tests::{show, work};

#[parallel_for]
fn totals(lines: &[String]) -> Result<Vec<(usize, i64)>> {
    let mut totals = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        if line.is_empty() {
            continue;
        }
        if line.starts_with('#') {
            work(100_000);
            bail!("line {number} is a comment");
        }
        let mut total = 0;
        for word in line.split(' ') {
            work(2_000);
            let value: i64 = word
                .parse()
                .with_context(|| format!("line {number}: `{word}`"))?;
            ensure!(value >= 0);
            ensure!(value < 1000, "line {number}: {value} is too much");
            total += value;
        }
        totals.push((number, total));
    }
    Ok(totals)
}

#[parallel_for]
fn longest(lines: &[String]) -> Result<usize> {
    let mut lengths = Vec::new();
    for line in lines {
        let first = line.split(' ').next().context("a line without words")?;
        let length = match first.len() {
            0 => return Err(anyhow!("an empty word").context("after so many good ones")),
            7.. => bail!("{first} is long"),
            length => length,
        };
        lengths.push(length);
    }
    lengths.into_iter().max().context("no lines")
}

fn lines(changes: &[(usize, &str)]) -> Vec<String> {
    let mut lines: Vec<String> = (0..60).map(|n| format!("{n} {} 7", n * n % 97)).collect();
    for (place, line) in changes {
        (*line).clone_into(&mut lines[*place]);
    }
    lines
}

pub(crate) fn main() {
    let mut report = Vec::new();
    for lines in [
        lines(&[]),
        lines(&[(20, "# slow"), (21, "x"), (22, "-1")]),
        lines(&[(5, ""), (30, "1 2 three"), (31, "9999999")]),
        lines(&[(0, "1 -1"), (1, "")]),
        lines(&[(59, "1 1000")]),
        Vec::new(),
    ] {
        report.push(format!("{:?}", totals(&lines).map_err(chain)));
        report.push(format!("{:?}", longest(&lines).map_err(chain)));
    }
    show(&report);
}

/// The error and its causes, without a backtrace.
#[allow(clippy::needless_pass_by_value, reason = "it is what `map_err` wants")]
fn chain(error: anyhow::Error) -> String {
    format!("{error:#}")
}
