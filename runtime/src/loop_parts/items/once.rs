//! One item to iterate over: an inner loop around a body, so that its `continue` ends the body and
//! not what follows it.

/// Yields its value once. It is iterated over by reference, and then knows how the loop was left.
#[derive(Debug)]
pub struct Once<T> {
    value: Option<T>,
    ended: bool,
}

/// An iterator over one value.
#[inline]
pub fn once<T>(value: T) -> Once<T> {
    Once {
        value: Some(value),
        ended: false,
    }
}

impl<T> Once<T> {
    /// Whether the loop was left by a `break`, which a macro of the body may hide. Then the loop around it
    /// has to be left too.
    #[inline]
    #[must_use]
    pub fn is_left(&self) -> bool {
        !self.ended
    }
}

impl<T> Iterator for Once<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        self.ended = self.value.is_none();
        self.value.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_break_leaves_early() {
        let mut runs = Vec::new();
        for i in 0..4 {
            let mut element = i;
            let mut outer = once((i, &mut element));
            for value in &mut outer {
                *value.1 += 10;
                if i == 1 {
                    continue;
                }
                let mut inner = once(i);
                for number in &mut inner {
                    if number < 3 {
                        break;
                    }
                }
                assert_eq!(inner.is_left(), i < 3);
                if i == 2 {
                    break;
                }
            }
            if outer.is_left() {
                break;
            }
            runs.push(element);
        }
        assert_eq!(runs, [10, 11]);
    }
}
