//! Rows of numbers read from lines, or the first mistake in them.

use std::error::Error;
use std::fmt;
use std::num::ParseFloatError;

use parallel_for::parallel_for;

/// The rows of the table and their classes.
///
/// The error is that of the first bad line, whichever rank is the first to find one.
#[parallel_for]
pub(crate) fn parse(text: &str) -> Result<(Vec<Vec<f64>>, Vec<String>), InputError> {
    let width = text
        .lines()
        .next()
        .map_or(0, |head| head.split(',').count());
    let mut rows = Vec::new();
    let mut names = Vec::new();
    for (index, line) in text.lines().enumerate().skip(1) {
        if line.trim().is_empty() {
            continue;
        }
        let at = |problem| InputError {
            line: index + 1,
            problem,
        };
        let mut fields = line.split(',').map(str::trim);
        let name = fields.next().unwrap_or_default();
        if name.is_empty() {
            return Err(at(Problem::NoClass));
        }
        let mut row = Vec::with_capacity(width);
        for field in fields {
            let number = number(field).map_err(at)?;
            row.push(number);
        }
        if row.len() + 1 != width {
            let given = row.len() + 1;
            return Err(at(Problem::Width { given, width }));
        }
        rows.push(row);
        names.push(name.to_owned());
    }
    Ok((rows, names))
}

fn number(field: &str) -> Result<f64, Problem> {
    let number: f64 = field
        .parse()
        .map_err(|error| Problem::Number(field.to_owned(), error))?;
    if number.is_finite() {
        Ok(number)
    } else {
        Err(Problem::NotFinite(number))
    }
}

#[derive(Debug)]
pub(crate) struct InputError {
    line: usize,
    problem: Problem,
}

#[derive(Debug)]
enum Problem {
    NoClass,
    Number(String, ParseFloatError),
    NotFinite(f64),
    Width { given: usize, width: usize },
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match &self.problem {
            Problem::NoClass => write!(f, "the first field, the class, is empty"),
            Problem::Number(field, error) => write!(f, "`{field}`: {error}"),
            Problem::NotFinite(number) => write!(f, "{number} is not finite"),
            Problem::Width { given, width } => write!(f, "{given} fields, not {width}"),
        }
    }
}

impl Error for InputError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.problem {
            Problem::Number(_, error) => Some(error),
            _ => None,
        }
    }
}
