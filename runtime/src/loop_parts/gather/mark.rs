//! What the loop over one chunk hands in, and up to where it counts.
//!
//! Invariant: what an iteration that left the loop wrote lies behind the mark, and nothing else.

use crate::base::faithful::{Check, Compare};
use crate::base::rank::TRAVELS;

/// What can go back to where an iteration began.
pub trait Rewind {
    /// A place to go back to: how much was written when the iteration began.
    type Mark: Default;

    /// The present place. It takes the place of earlier ones, to which there is no way back.
    fn mark(&mut self) -> Self::Mark;

    /// Forgets what was written since.
    fn rewind(&mut self, mark: Self::Mark);

    /// An iteration begins.
    fn begin(&mut self) {}

    /// A block of iterations has ended.
    fn end_block(&mut self) {}

    /// What was written is to travel.
    fn settle(&mut self) {}
}

impl<P: Rewind> Rewind for &mut P {
    type Mark = P::Mark;

    fn mark(&mut self) -> P::Mark {
        (**self).mark()
    }

    fn rewind(&mut self, mark: P::Mark) {
        (**self).rewind(mark);
    }

    fn begin(&mut self) {
        (**self).begin();
    }

    fn end_block(&mut self) {
        (**self).end_block();
    }

    fn settle(&mut self) {
        (**self).settle();
    }
}

/// What the loop over one chunk wrote. A type of its own, so that a `return` hidden in a macro of
/// the body can never be taken for it.
#[derive(Debug)]
pub struct Filled<P: Rewind> {
    part: P,
    mark: Option<P::Mark>,
    check: Check<P>,
}

impl<P: Rewind> Filled<P> {
    /// With the means by which parts are compared to what serde makes of them.
    #[must_use]
    pub fn compared<C: Compare<P>>(self, _: C) -> Self {
        Self {
            check: if TRAVELS {
                Check::by::<C>()
            } else {
                Check::unknown()
            },
            ..self
        }
    }

    /// The same in a part that goes back to the same places.
    pub(super) fn map<Q: Rewind<Mark = P::Mark>>(self, make: impl FnOnce(P) -> Q) -> Filled<Q> {
        Filled {
            part: make(self.part),
            mark: self.mark,
            check: Check::unknown(),
        }
    }

    /// How to compare the part.
    pub(crate) fn check(&self) -> Check<P> {
        self.check
    }

    /// What was written.
    pub(crate) fn part(self) -> P {
        self.part
    }

    /// The same where it is.
    pub(crate) fn part_mut(&mut self) -> &mut P {
        &mut self.part
    }

    /// Whether the loop may be left early.
    pub(crate) fn can_leave(&self) -> bool {
        self.mark.is_some()
    }

    /// Forgets what the last iteration that began has written.
    pub(crate) fn rewind(&mut self) {
        if let Some(mark) = self.mark.take() {
            self.part.rewind(mark);
        }
    }
}

/// Ends the loop over one chunk.
pub fn part<P: Rewind>(part: P) -> Filled<P> {
    Filled {
        part,
        mark: None,
        check: Check::unknown(),
    }
}

/// Ends the loop over one chunk that may have been left early: its last iteration began at `mark`.
pub fn part_until<P: Rewind>(part: P, mark: P::Mark) -> Filled<P> {
    Filled {
        part,
        mark: Some(mark),
        check: Check::unknown(),
    }
}

/// A part, or what the iterations of one block write to instead.
pub trait Marked {
    /// That of the part.
    type Mark;

    /// See [`mark`].
    fn marked(&mut self) -> Self::Mark;
}

impl<P: Rewind> Marked for P {
    type Mark = P::Mark;

    #[inline]
    fn marked(&mut self) -> P::Mark {
        self.mark()
    }
}

/// How much the iterations so far have written to an output.
#[inline]
pub fn mark<P: Marked>(part: &mut P) -> P::Mark {
    part.marked()
}

/// Tells a reduction that an iteration begins.
#[inline]
pub fn begin<P: Rewind>(part: &mut P) {
    part.begin();
}

/// Tells a reduction that a block of iterations has ended.
#[inline]
pub fn end_block<P: Rewind>(part: &mut P) {
    part.end_block();
}
