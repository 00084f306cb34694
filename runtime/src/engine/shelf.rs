//! Where the parts of finished chunks lie until they are added to the outputs: the engine, which is compiled once,
//! knows them by tickets.
//!
//! Invariant: nothing of the user's is dropped under the lock.

use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::base::faithful::Check;
use crate::loop_parts::gather::Blanks;

/// A part on the shelf.
#[derive(Debug)]
pub(crate) struct Ticket(usize);

/// See the module.
pub(crate) struct Shelf<B: Blanks>(Mutex<Inner<B>>);

struct Inner<B: Blanks> {
    blanks: B,
    parts: Vec<Option<B::Part>>,
    /// Places with nothing in them.
    free: Vec<usize>,
    /// How the parts are compared to what serde makes of them.
    check: Check<B::Part>,
}

impl<B: Blanks> Shelf<B> {
    pub(super) fn new(blanks: B) -> Self {
        Self(Mutex::new(Inner {
            blanks,
            parts: Vec::new(),
            free: Vec::new(),
            check: Check::unknown(),
        }))
    }

    fn lock(&self) -> MutexGuard<'_, Inner<B>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The part that this chunk begins with.
    pub(super) fn blank(&self, chunk: &Range<u64>) -> B::Part {
        self.lock().blanks.blank(chunk)
    }

    /// What a chunk has filled.
    pub(super) fn put(&self, part: B::Part, check: Option<Check<B::Part>>) -> Ticket {
        let mut inner = self.lock();
        if let Some(check) = check {
            inner.check = check;
        }
        let place = inner.free.pop().unwrap_or(inner.parts.len());
        if place == inner.parts.len() {
            inner.parts.push(None);
        }
        inner.parts[place] = Some(part);
        Ticket(place)
    }

    /// The part that lies there.
    pub(super) fn take(&self, Ticket(place): Ticket) -> B::Part {
        let mut inner = self.lock();
        inner.free.push(place);
        inner.parts[place].take().expect("a ticket is for one part")
    }

    /// Takes back what is left of a part that was added to the outputs.
    pub(super) fn reuse(&self, part: B::Part) {
        self.lock().blanks.reuse(part);
    }

    pub(super) fn check(&self) -> Check<B::Part> {
        self.lock().check
    }
}
