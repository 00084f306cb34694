//! What the compute threads of a rank share of a loop: its body, where its chunks come from, and its parts.

use std::ops::Range;

use super::absorb::add;
use super::bundle::Unfit;
use super::chunk::{Ran, run_chunk};
use super::chunk_source::{ChunkSource, Chunks};
use super::shelf::{Shelf, Ticket};
use super::tray::{Handling, Tray};
use super::work::{How, Run, Sink, Work};
use crate::base::faithful::is_plain;
use crate::base::panicking::{self, PanicReport};
use crate::base::rank::SEVERAL;
use crate::base::wire::{self, Encoded, Encoder, Refused};
use crate::loop_parts::gather::{Blanks, Filled, Output, Part, Rewind};
use crate::loop_parts::items::{Chunk, Cost, Next, Taken};
use crate::process::crew::Job;
use crate::transport::link::Link;

/// What the threads of a rank share.
pub(crate) struct ComputeJob<D, B: Blanks, F> {
    pub(crate) chunks: D,
    body: F,
    pub(super) shelf: Shelf<B>,
    encoder: Encoder,
    tray: Tray,
}

impl<D, B: Blanks, F> ComputeJob<D, B, F> {
    pub(crate) fn new(link: &Link, chunks: D, body: F, blanks: B, handling: Handling) -> Self {
        Self {
            chunks,
            body,
            shelf: Shelf::new(blanks),
            encoder: Encoder::default(),
            tray: Tray::new(link, handling),
        }
    }
}

impl<D, B, F> Work for ComputeJob<D, B, F>
where
    D: ChunkSource,
    B: Blanks<Part: Part>,
    F: Fn(Chunk<D::Iter>, B::Part) -> Filled<B::Part>,
{
    fn tray(&self) -> &Tray {
        &self.tray
    }

    fn chunks(&self) -> &dyn Chunks {
        &self.chunks
    }

    fn run_next(&self, wait: bool) -> Option<Run> {
        let (chunk, items) = self.chunks.next(wait)?;
        let (how, digest, cost) = match items {
            Ok(taken) if is_short(&taken, &chunk) => {
                let length = chunk.start + taken.length;
                (How::Short { length }, 0, Cost::default())
            }
            Ok(mut taken) => {
                let digest = taken.digest;
                let next = std::mem::replace(&mut taken.next, Next::More);
                let limit = self.chunks.limit().clone();
                let (on, observers) = (self.tray.identity.rank, &self.tray.observers);
                let part = self.shelf.blank(&chunk);
                let (ran, cost) = run_chunk(&self.body, &chunk, part, taken, limit, on, observers);
                let how = match (ran, next) {
                    // What came before the item that panicked has not left the loop.
                    (Ran::Through { .. }, Next::Panic(panic)) | (Ran::Panicked(panic), _) => {
                        How::Panicked(panic)
                    }
                    (Ran::Through { part, check, .. }, _) => {
                        How::Through(self.shelf.put(part, Some(check)))
                    }
                    (
                        Ran::Left {
                            iteration,
                            part,
                            check,
                        },
                        _,
                    ) => How::Left {
                        iteration,
                        part: self.shelf.put(part, Some(check)),
                    },
                };
                (how, digest, cost)
            }
            Err(panic) => (How::Panicked(panic), 0, Cost::default()),
        };
        Some(Run {
            chunk,
            digest,
            cost,
            how,
        })
    }

    /// Where some parts travel, all of them have to be fit for it, and those that nobody can compare are what the
    /// other ranks' are: what serde makes of them.
    fn encode(&self, tickets: &mut Vec<Ticket>, nanos: u64) -> Result<Option<Encoded>, Unfit> {
        if !SEVERAL {
            return Ok(None);
        }
        let Handling {
            keep,
            ranks,
            encode,
            ..
        } = self.tray.handling;
        let check = self.shelf.check();
        let is_due = ranks > 1 && self.encoder.is_due::<B::Part>(nanos);
        let remade = ranks > 1 && keep && !check.known && !is_plain::<B::Part>();
        if !encode && !is_due && !remade {
            return Ok(None);
        }
        let tickets_of = std::mem::take(tickets).into_iter();
        let mut parts: Vec<B::Part> = tickets_of.map(|ticket| self.shelf.take(ticket)).collect();
        parts.iter_mut().for_each(Rewind::settle);
        // A panic of serde is one of the body.
        let encoded = panicking::catch(|| {
            let encoded = self.encoder.encode_parts(&parts, &check, is_due)?;
            if remade {
                parts = wire::decode(encoded.format, &encoded.bytes)
                    .map_err(|words| Refused { index: 0, words })?;
            }
            Ok(encode.then_some(encoded))
        })
        .map_err(Unfit::Panicked)?
        .map_err(Unfit::Refused)?;
        if keep {
            let parts = parts.into_iter();
            tickets.extend(parts.map(|part| self.shelf.put(part, None)));
        }
        Ok(encoded)
    }
}

impl<D, B, F> Job for ComputeJob<D, B, F>
where
    D: ChunkSource,
    B: Blanks<Part: Part>,
    F: Fn(Chunk<D::Iter>, B::Part) -> Filled<B::Part>,
{
    fn expect_nobody(&self) {
        self.tray.expect_nobody();
    }

    fn run(&self) {
        (self as &dyn Work).compute();
    }
}

/// The outputs of a loop, with the parts of its job.
pub(super) struct Outputs<'a, O: Output> {
    pub(super) outputs: &'a mut O,
    pub(super) shelf: &'a Shelf<O::Blanks>,
}

impl<O: Output> Sink for Outputs<'_, O> {
    fn add(&mut self, part: Ticket) -> Result<(), PanicReport> {
        let mut part = self.shelf.take(part);
        add(&mut part, self.outputs)?;
        self.shelf.reuse(part);
        Ok(())
    }

    fn read(&mut self, parts: &Encoded) -> Result<Vec<Ticket>, String> {
        if !SEVERAL {
            return Ok(Vec::new());
        }
        let parts: Vec<O::Part> = wire::decode(parts.format, &parts.bytes)?;
        let parts = parts.into_iter();
        Ok(parts.map(|part| self.shelf.put(part, None)).collect())
    }
}

/// Whether this rank's items ended before the chunk did.
fn is_short<I>(taken: &Taken<I>, chunk: &Range<u64>) -> bool {
    taken.length < chunk.end - chunk.start && !matches!(taken.next, Next::Panic(_))
}
