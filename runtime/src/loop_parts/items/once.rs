//! One item to iterate over: an inner loop around a body, so that its `continue` ends the body and
//! not what follows it.

use std::cell::Cell;

use crate::base::panicking;

thread_local! {
    static LEFT_EARLY: Cell<bool> = const { Cell::new(false) };
}

/// Yields its value once. When it is dropped it leaves behind whether the loop was left before its
/// end, for [`left_once`].
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

/// Whether the last loop over a [`once`] on this thread was left by a `break`, which a macro of the
/// body may hide. Then the loop around it has to be left too.
#[inline]
#[must_use]
pub fn left_once() -> bool {
    LEFT_EARLY.get()
}

impl<T> Iterator for Once<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        self.ended = self.value.is_none();
        self.value.take()
    }
}

impl<T> Drop for Once<T> {
    #[inline]
    fn drop(&mut self) {
        LEFT_EARLY.set(!self.ended && !panicking::is_unwinding());
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
            for value in once((i, &mut element)) {
                *value.1 += 10;
                if i == 1 {
                    continue;
                }
                for inner in once(i) {
                    if inner < 3 {
                        break;
                    }
                }
                assert_eq!(left_once(), i < 3);
                if i == 2 {
                    break;
                }
            }
            if left_once() {
                break;
            }
            runs.push(element);
        }
        assert_eq!(runs, [10, 11]);
    }
}
