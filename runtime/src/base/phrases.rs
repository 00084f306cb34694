//! Numbers and places in loops as people read them. Pure.

use std::ops::Range;

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
    fn a_chunk_of_one_iteration_is_that_iteration() {
        assert_eq!(somewhere_in(&(3..4)), "iteration 3");
        assert_eq!(somewhere_in(&(3..9)), "one of the iterations 3..9");
    }
}
