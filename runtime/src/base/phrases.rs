//! Numbers and places in loops as people read them. Pure.

use std::fmt::{self, Display};
use std::ops::Range;
use std::time::Duration;

/// With a comma before each three digits: `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A time, to two digits or three.
pub(crate) struct Time(pub(crate) Duration);

impl Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs_f64();
        let whole = self.0.as_secs();
        let short = [(1e-6, 1e9, "ns"), (1e-3, 1e6, "µs"), (1.0, 1e3, "ms")];
        let unit = short.into_iter().find(|(below, ..)| seconds < *below);
        match (whole, unit) {
            _ if self.0.is_zero() => f.write_str("0 s"),
            (_, Some((_, factor, unit))) => {
                let value = seconds * factor;
                let digits = usize::from(value < 9.95);
                write!(f, "{value:.digits$} {unit}")
            }
            (0..10, _) => write!(f, "{seconds:.1} s"),
            (10..60, _) => write!(f, "{seconds:.0} s"),
            (60..3600, _) => write!(f, "{} min {:02} s", whole / 60, whole % 60),
            (3600..86400, _) => write!(f, "{} h {:02} min", whole / 3600, whole / 60 % 60),
            _ => write!(f, "{} d {} h", whole / 86400, whole / 3600 % 24),
        }
    }
}

/// Where something is of which only the chunk is known.
pub(crate) fn somewhere_in(chunk: &Range<u64>) -> String {
    if chunk.end - chunk.start == 1 {
        format!("iteration {}", chunk.start)
    } else {
        format!("one of the iterations {}..{}", chunk.start, chunk.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_can_be_read() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn times_are_as_exact_as_people_need() {
        let text = |seconds: f64| Time(Duration::from_secs_f64(seconds)).to_string();
        for (seconds, words) in [
            (0.0, "0 s"),
            (2e-9, "2.0 ns"),
            (8.4e-8, "84 ns"),
            (1.5e-6, "1.5 µs"),
            (0.04, "40 ms"),
            (9.94, "9.9 s"),
            (59.4, "59 s"),
            (61.0, "1 min 01 s"),
            (3725.0, "1 h 02 min"),
            (100_000.0, "1 d 3 h"),
        ] {
            assert_eq!(text(seconds), words);
        }
    }

    #[test]
    fn a_chunk_of_one_iteration_is_that_iteration() {
        assert_eq!(somewhere_in(&(3..4)), "iteration 3");
        assert_eq!(somewhere_in(&(3..9)), "one of the iterations 3..9");
    }
}
