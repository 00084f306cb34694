//! What the compute threads of a rank share of a loop: its body, where its chunks come from, and its parts.

use std::ops::Range;

use super::absorb::add;
use super::bundle::Unfit;
use super::chunk::{Ran, run_chunk};
use super::chunk_source::{ChunkSource, Chunks};
use super::shelf::{Shelf, Ticket};
use super::tray::{Handling, Tray};
use super::tries::Tries;
use super::work::{How, Run, Sink, Unadded, Work};
use crate::base::rank::TRAVELS;
use crate::base::wire::Encoder;
use crate::loop_parts::gather::{Blanks, Filled, Output, Parcel, Part};
use crate::loop_parts::items::{Chunk, Next};
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
        let taken = match items {
            Ok(taken) => taken,
            Err(panic) => return Some(Run::without_items(chunk, How::Panicked(panic))),
        };
        if is_short(&chunk, taken.length, &taken.next) {
            let length = chunk.start + taken.length;
            return Some(Run::without_items(chunk, How::Short { length }));
        }
        let digest = taken.digest;
        let limit = self.chunks.limit().clone();
        let (on, observers) = (self.tray.identity.rank, &self.tray.observers);
        let (on, mut filled) = ((on, observers), None);
        let on_panic = self.tray.handling.on_panic;
        let tries = Tries::of(on_panic, taken.length, &self.tray.identity);
        let (yielded, mishap) = tries.run(taken, |taken| {
            let (part, limit) = (self.shelf.blank(&chunk), limit.clone());
            run_chunk(&self.body, &chunk, part, taken, limit, on, &mut filled)
        });
        observers.tell_mishap(mishap.as_deref());
        let mut part = None;
        if let Some(filled) = filled {
            let check = filled.check();
            part = Some(self.shelf.put(filled.part(), Some(check)));
        } else if matches!(yielded.ran, Ran::Skipped) {
            part = Some(self.shelf.put(self.shelf.blank(&chunk), None));
        }
        let all = chunk.end - chunk.start;
        Some(Run {
            chunk,
            digest,
            whole: matches!(yielded.ran, Ran::Through { iterations } if iterations == all),
            cost: yielded.cost,
            how: How::of(yielded.ran, part),
            mishap,
        })
    }

    fn encode(&self, parts: &mut Vec<Ticket>, nanos: u64) -> Result<Option<Parcel>, Unfit> {
        if !TRAVELS || B::STAYS {
            return Ok(None);
        }
        let handling = self.tray.handling;
        self.shelf.encode(&self.encoder, parts, handling, nanos)
    }

    fn read(&self, parts: Parcel, count: usize) -> Result<Vec<Ticket>, String> {
        if !TRAVELS || B::STAYS {
            return Ok(Vec::new());
        }
        self.shelf.read(parts, count)
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
    fn add(&mut self, part: Ticket) -> Result<(), Unadded> {
        let mut part = self.shelf.take(part);
        add(&mut part, self.outputs)?;
        self.shelf.reuse(part);
        Ok(())
    }
}

/// Whether this rank's items, of which there were so many, ended before the chunk did.
fn is_short(chunk: &Range<u64>, length: u64, next: &Next) -> bool {
    length < chunk.end - chunk.start && !matches!(next, Next::Panic(_))
}
