//! Where the parts of finished chunks lie until they are added to the outputs: the engine, which is compiled once,
//! knows them by tickets.
//!
//! Invariant: nothing of the user's is dropped under the lock.

use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::bundle::Unfit;
use super::tray::{Fate, Handling};
use crate::base::faithful::{Check, is_plain};
use crate::base::panicking;
use crate::base::slots::Slots;
use crate::base::wire::{Encoder, Reading};
use crate::loop_parts::gather::{Blanks, Parcel, Part, RawPart as _, Rewind as _, Wanted};

/// A part on the shelf.
#[derive(Debug)]
pub(crate) struct Ticket(usize);

/// See the module.
pub(crate) struct Shelf<B: Blanks>(Mutex<Inner<B>>);

struct Inner<B: Blanks> {
    blanks: B,
    parts: Slots<B::Part>,
    /// How the parts are compared to what serde makes of them.
    check: Check<B::Part>,
}

impl<B: Blanks> Shelf<B> {
    pub(super) fn new(blanks: B) -> Self {
        Self(Mutex::new(Inner {
            blanks,
            parts: Slots::new(),
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
        Ticket(inner.parts.put(part))
    }

    /// The part that lies there.
    pub(super) fn take(&self, Ticket(place): Ticket) -> B::Part {
        let part = self.lock().parts.take(place);
        part.expect("a ticket is for one part")
    }

    /// Takes back what is left of a part that was added to the outputs.
    pub(super) fn reuse(&self, part: B::Part) {
        self.lock().blanks.reuse(part);
    }
}

impl<B: Blanks<Part: Part>> Shelf<B> {
    /// The parts of some chunks, which took so many nanoseconds, as they travel, if they do. Where some travel, all of
    /// them have to be fit for it, and those that nobody can compare are what the other ranks' are: what serde makes
    /// of them.
    ///
    /// # Errors
    /// When they are not fit for it.
    pub(super) fn encode(
        &self,
        encoder: &Encoder,
        tickets: &mut Vec<Ticket>,
        handling: Handling,
        nanos: u64,
    ) -> Result<Option<Parcel>, Unfit> {
        let Handling { fate, ranks, .. } = handling;
        let keep = fate != Fate::Sent;
        let travels = handling.encode;
        if !travels && ranks == 1 {
            return Ok(None);
        }
        let check = self.lock().check;
        let raw = B::Part::is_raw();
        let is_due = !raw && encoder.is_due::<B::Part>(nanos);
        let remade = !raw && keep && !check.known && !is_plain::<B::Part>();
        if !travels && !is_due && !remade {
            return Ok(None);
        }
        let mut parts = Vec::with_capacity(tickets.len());
        for ticket in tickets.drain(..) {
            let mut part = self.take(ticket);
            part.settle();
            parts.push(part);
        }
        // A panic of serde is one of the body.
        let parcel = panicking::catch(|| {
            if raw {
                return Ok(Some(Parcel::packed(&mut parts, keep)));
            }
            let wanted = Wanted {
                reading: Reading::of_due(is_due),
                remade,
                travels,
            };
            let wanted = B::Part::read_back(&mut parts, encoder, &check, wanted)?;
            let Wanted {
                reading, remade, ..
            } = wanted;
            if !travels && !remade && reading == Reading::Nothing {
                return Ok(None);
            }
            let written = if remade {
                encoder.encode_remade(&mut parts, &check, reading)?
            } else {
                encoder.encode_parts(&parts, &check, reading)?
            };
            Ok(travels.then(|| written.into()))
        })
        .map_err(Unfit::Panicked)?
        .map_err(Unfit::Refused)?;
        if keep {
            for part in parts {
                tickets.push(self.put(part, None));
            }
        }
        Ok(parcel)
    }

    /// The parts that another rank has sent, which are so many.
    ///
    /// # Errors
    /// Why they can't be read.
    pub(super) fn read(&self, parts: Parcel, count: usize) -> Result<Vec<Ticket>, String> {
        let parts = parts.open::<B::Part>(count)?.into_iter();
        Ok(parts.map(|part| self.put(part, None)).collect())
    }
}
