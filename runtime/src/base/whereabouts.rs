//! What the present thread is at, for the last words of a process: which call, and which iterations of it.
//!
//! Invariant: a handler of signals may ask at any time, on the thread that it interrupts. So this is a few words of
//! memory that need no destructor, each written at once, and what they point to stays for good.

use std::cell::Cell;
use std::fmt::{self, Display};
use std::ops::Range;

/// A call of all ranks as people are told of it: "the loop at src/main.rs:12". A program has a few of them, which are
/// kept for good.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Place {
    words: String,
}

impl Place {
    pub(crate) fn new(words: String) -> &'static Self {
        Box::leak(Box::new(Self { words }))
    }
}

thread_local! {
    static PLACE: Cell<Option<&'static Place>> = const { Cell::new(None) };
    static FIRST: Cell<u64> = const { Cell::new(0) };
    static END: Cell<u64> = const { Cell::new(0) };
}

/// The call that the present thread is in.
pub(crate) fn place() -> Option<&'static Place> {
    PLACE.get()
}

/// The present thread has entered a call, or left it.
pub(crate) fn set_place(place: Option<&'static Place>) {
    PLACE.set(place);
}

/// Marks the present thread as running these iterations until the value is dropped.
pub(crate) fn enter_chunk(chunk: &Range<u64>) -> InChunk {
    let before = FIRST.get()..END.get();
    FIRST.set(chunk.start);
    END.set(chunk.end);
    InChunk { before }
}

/// See [`enter_chunk`].
#[derive(Debug)]
pub(crate) struct InChunk {
    before: Range<u64>,
}

impl Drop for InChunk {
    fn drop(&mut self) {
        FIRST.set(self.before.start);
        END.set(self.before.end);
    }
}

/// What the present thread is at.
#[derive(Clone, Debug)]
pub(crate) struct Whereabouts {
    place: Option<&'static Place>,
    chunk: Range<u64>,
}

/// Takes no memory and no lock.
pub(crate) fn here() -> Whereabouts {
    Whereabouts {
        place: PLACE.get(),
        chunk: FIRST.get()..END.get(),
    }
}

impl Whereabouts {
    /// Whether it is an iteration.
    pub(crate) fn is_in_chunk(&self) -> bool {
        !self.chunk.is_empty()
    }
}

impl Display for Whereabouts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Range { start, end } = self.chunk;
        if end > start + 1 {
            let last = end - 1;
            write!(f, "in one of the iterations {start} to {last} of ")?;
        } else if end > start {
            write!(f, "in iteration {start} of ")?;
        }
        match self.place {
            Some(place) if self.is_in_chunk() => f.write_str(&place.words),
            Some(place) => write!(f, "in {}", place.words),
            None if self.is_in_chunk() => f.write_str("a loop"),
            None => f.write_str("outside of parallel loops"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_iterations_are_told_with_their_call() {
        assert_eq!(here().to_string(), "outside of parallel loops");
        let chunk = enter_chunk(&(3..4));
        assert_eq!(here().to_string(), "in iteration 3 of a loop");
        set_place(Some(Place::new("the loop at a.rs:7".to_owned())));
        let inner = enter_chunk(&(5..9));
        let words = "in one of the iterations 5 to 8 of the loop at a.rs:7";
        assert_eq!(here().to_string(), words);
        drop(inner);
        assert_eq!(here().to_string(), "in iteration 3 of the loop at a.rs:7");
        drop(chunk);
        assert_eq!(here().to_string(), "in the loop at a.rs:7");
        set_place(None);
        assert!(!here().is_in_chunk());
    }
}
