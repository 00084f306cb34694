//! Loops that change their items: what has run is put into the arrays before an iteration runs
//! again, so the items are not kept but made anew.

use super::again::{Native, Why, stayed};
use super::{Exits, State};
use crate::items::Recall;
use crate::place::{self, InBody};
use crate::protocol::message::{Halt, Site};

/// What is left of a loop whose items were given back.
#[derive(Debug)]
pub struct Left(Rest);

#[derive(Debug)]
enum Rest {
    Nothing,
    /// The iteration that left the loop, and whether it came to its end here.
    One(Halt, Site, bool),
    /// All iterations: the loop stands in the body of another.
    All,
}

impl<S: Recall> Exits<S> {
    /// Gives the items back after [`run`](Self::run).
    pub fn left(self) -> Left {
        Left(match self.state {
            State::Native(Native {
                why: Why::Left(halt, site),
                ..
            }) => Rest::One(halt, site, false),
            State::Native(Native { iteration, .. }) => {
                unreachable!(
                    "the item of iteration {iteration} is a reference, which can be copied"
                )
            }
            State::Sequential { .. } => Rest::All,
            State::Distributed { .. } | State::Over => Rest::Nothing,
        })
    }
}

impl Left {
    /// Of all `items`, those whose iterations run here.
    pub fn again_of<I: IntoIterator>(&mut self, items: I) -> AgainOf<'_, I::IntoIter> {
        AgainOf {
            items: items.into_iter(),
            begun: false,
            left: self,
            _in_body: place::enter_body(),
        }
    }

    /// The loop is over.
    ///
    /// # Panics
    /// Panics when an iteration left the loop elsewhere and not here.
    pub fn settle(self) {
        if let Rest::One(halt, site, true) = self.0 {
            stayed(&halt, &site);
        }
    }
}

/// See [`Left::again_of`]. Meanwhile, parallel loops that the iteration reaches run sequentially.
#[derive(Debug)]
pub struct AgainOf<'a, I> {
    items: I,
    begun: bool,
    left: &'a mut Left,
    _in_body: InBody,
}

impl<I: Iterator> Iterator for AgainOf<'_, I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        match &mut self.left.0 {
            Rest::Nothing => None,
            Rest::All => self.items.next(),
            Rest::One(halt, _, completed) => {
                *completed = std::mem::replace(&mut self.begun, true);
                let number = usize::try_from(halt.iteration).ok()?;
                (!*completed).then(|| self.items.nth(number)).flatten()
            }
        }
    }
}
