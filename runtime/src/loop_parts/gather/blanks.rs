//! What chunks begin with: parts with nothing in them, and the memory of those that were added to the output.

use std::ops::Range;

use super::front::Former;

/// The blank parts of one loop on one rank.
pub trait Blanks: Send {
    /// See [`Output::Part`](super::Output::Part).
    type Part;

    /// Whether a chunk may end before its last iteration: what its part had for the rest is free again when the part was
    /// added.
    const DIVISIBLE: bool;

    /// Whether the parts stay on this rank, whatever the loop.
    const STAYS: bool = false;

    /// The part that this chunk begins with. No two chunks have an iteration in common.
    fn blank(&mut self, chunk: &Range<u64>) -> Self::Part;

    /// Where adding parts of this rank to the output can't end the loop: so many iterations of a chunk overwrite about as
    /// much as a core can keep of it close at hand.
    fn at_hand() -> Option<u64> {
        None
    }

    /// What chunks have to keep from now on.
    fn keep_former(&mut self, _former: &Former) {}

    /// Takes back what is left of a part that was added to its output.
    fn reuse(&mut self, part: Self::Part);
}

/// Blank parts that are all alike.
#[derive(Debug)]
pub struct Spare<P>(Vec<P>);

/// So many parts wait to be used again. Those of threads that are at work come and go one by one; where
/// more come back at once, they had waited for an earlier one, and their memory is needed by the output.
const MOST: usize = 4;

impl<P> Default for Spare<P> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<P: Default + Send> Blanks for Spare<P> {
    type Part = P;

    const DIVISIBLE: bool = true;

    fn blank(&mut self, _: &Range<u64>) -> P {
        self.0.pop().unwrap_or_default()
    }

    fn reuse(&mut self, part: P) {
        if self.0.len() < MOST {
            self.0.push(part);
        }
    }
}
