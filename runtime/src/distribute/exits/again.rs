//! Iterations that run in the function itself.

use super::masters_word::MastersWord;
use super::{Exits, NEEDED, State};
use crate::base::panicking;
use crate::base::thread_context::{self, InBody};
use crate::loop_parts::items::{Next, Panic, Prefetch, Recall, Taken};

/// An iteration that runs in the function itself.
pub(super) struct Native<T> {
    iteration: u64,
    item: Option<T>,
    /// It came to its end without leaving the loop.
    completed: bool,
    why: Why,
}

/// Why it does.
pub(super) enum Why {
    /// It left the loop, on this rank or another, as these words say.
    Left(String),
    /// Its item can't be copied, so no thread has run it. Others may wait for how it ends.
    Dammed(Option<MastersWord>),
}

impl<T> Native<T> {
    pub(super) fn new(iteration: u64, item: Option<T>, why: Why) -> Self {
        assert!(item.is_some(), "the item of iteration {iteration} is kept");
        Self {
            iteration,
            item,
            completed: false,
            why,
        }
    }

    /// The item, and at the second call that the iteration came to its end.
    fn step(&mut self) -> Option<T> {
        let item = self.item.take();
        self.completed = item.is_none();
        item
    }

    /// From which iteration the loop goes on, if it does.
    ///
    /// # Panics
    /// Panics when the iteration left the loop elsewhere and not here.
    pub(super) fn go_on(self) -> Option<u64> {
        if !self.completed {
            return None;
        }
        match self.why {
            Why::Dammed(masters_word) => {
                if let Some(masters_word) = masters_word {
                    masters_word.go_on();
                }
                Some(self.iteration + 1)
            }
            Why::Left(words) => panic!(
                "{words}; run again for its value, it did not leave the loop\n\
                 help: let the body depend on its item alone, not on the time, random numbers or what it did before"
            ),
        }
    }
}

impl<S: Recall> Exits<S> {
    /// The item of the iteration that runs here.
    pub fn again(&mut self) -> Again<'_, S> {
        let in_body = match self.state {
            State::Native(_) => thread_context::enter_body_of_each_rank(),
            _ => thread_context::enter_body(),
        };
        Again {
            _in_body: in_body,
            exits: self,
        }
    }

    /// As [`again`](Self::again), from the items as they are written: these can be made anew.
    pub fn again_of<I: IntoIterator>(&mut self, items: I) -> AgainOf<'_, S, I::IntoIter> {
        AgainOf {
            items: items.into_iter(),
            again: self.again(),
        }
    }
}

/// See [`Exits::again`]. Meanwhile, parallel loops that the iteration reaches run sequentially.
pub struct Again<'a, S: Recall> {
    exits: &'a mut Exits<S>,
    _in_body: InBody,
}

impl<S: Recall> Iterator for Again<'_, S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        let Exits { source, state, .. } = &mut *self.exits;
        match state {
            State::Native(native) => native.step(),
            State::Sequential { next } => {
                let iteration = *next;
                *next += 1;
                let source = source.as_mut().expect(NEEDED);
                let range = iteration..iteration + 1;
                let Taken { mut iter, next, .. } = source.take(range, false, &Prefetch::all());
                match (iter.next(), next) {
                    (None, Next::Panic(Panic { report, .. })) => panicking::resume(report),
                    (None, _) if source.dam() == Some(iteration) => source.recall(iteration),
                    (item, _) => item,
                }
            }
            State::Distributed { .. } | State::Over => None,
        }
    }
}

/// See [`Exits::again_of`].
pub struct AgainOf<'a, S: Recall, I> {
    items: I,
    again: Again<'a, S>,
}

impl<S: Recall, I: Iterator> Iterator for AgainOf<'_, S, I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        match &mut self.again.exits.state {
            State::Native(native) => {
                native.step()?;
                self.items.nth(usize::try_from(native.iteration).ok()?)
            }
            State::Sequential { .. } => self.items.next(),
            State::Distributed { .. } | State::Over => None,
        }
    }
}
