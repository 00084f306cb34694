//! What the loop over one chunk hands in, and up to where it counts.
//!
//! Invariant: what an iteration that left the loop wrote lies behind the mark, and nothing else.

use super::Part;

/// What the loop over one chunk wrote. A type of its own, so that a `return` hidden in a macro of
/// the body can never be taken for it.
#[derive(Debug)]
pub struct Filled<P: Part> {
    part: P,
    mark: Option<P::Mark>,
}

impl<P: Part> Filled<P> {
    /// All that was written.
    pub(crate) fn whole(self) -> P {
        self.part
    }

    /// Whether the loop may be left early.
    pub(crate) fn can_leave(&self) -> bool {
        self.mark.is_some()
    }

    /// What was written before the last iteration that began.
    pub(crate) fn rewound(self) -> P {
        let Self { mut part, mark } = self;
        if let Some(mark) = mark {
            part.rewind(mark);
        }
        part
    }
}

/// Ends the loop over one chunk.
pub fn part<P: Part>(part: P) -> Filled<P> {
    Filled { part, mark: None }
}

/// Ends the loop over one chunk that may have been left early: its last iteration began at `mark`.
pub fn part_until<P: Part>(part: P, mark: P::Mark) -> Filled<P> {
    Filled {
        part,
        mark: Some(mark),
    }
}

/// How much the iterations so far have written to an output.
pub fn mark<P: Part>(part: &P) -> P::Mark {
    part.mark()
}
