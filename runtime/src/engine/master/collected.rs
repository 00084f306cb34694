//! What the master has collected of a loop: parts on their way into the outputs.

use std::time::{Duration, Instant};

use crate::engine::absorb::{absorb, add_opened};
use crate::engine::alone::Begun;
use crate::engine::arrivals::Opened;
use crate::engine::requests::RequestHandler;
use crate::engine::shelf::Ticket;
use crate::engine::tray::Done;
use crate::engine::work::Sink;
use crate::engine::{EncodedParts, Ending, Plan, cut};
use crate::loop_parts::gather::PartsInOrder;
use crate::loop_parts::items::Cost;
use crate::loop_parts::on_error::Mishap;
use crate::observe::Stage;
use crate::protocol::message::{Outcome, Verdict};
use crate::protocol::roll_call::USUAL_CAUSE;
use crate::transport::link::Link;

/// See the module.
pub(super) struct Collected<'a> {
    plan: &'a Plan,
    sink: &'a mut dyn Sink,
    ordered: PartsInOrder<Ticket>,
    /// What the threads of this rank have run.
    iterations: u64,
    cost: Cost,
    /// The parts that every rank is to have.
    encoded_parts: Vec<EncodedParts>,
    /// Of this rank's threads.
    mishaps: Vec<Mishap>,
    /// Whether a part could not be added: those behind it are not, either.
    spoiled: bool,
    /// So long it took to add parts to the outputs.
    pub(super) adding: Duration,
}

impl<'a> Collected<'a> {
    /// Where so much of the loop was run before.
    pub(super) fn new(plan: &'a Plan, sink: &'a mut dyn Sink, begun: &Begun) -> Self {
        Self {
            plan,
            sink,
            ordered: PartsInOrder::from(begun.iterations),
            iterations: begun.iterations,
            cost: begun.cost,
            encoded_parts: Vec::new(),
            mishaps: Vec::new(),
            spoiled: false,
            adding: Duration::ZERO,
        }
    }

    /// What a thread of the master has done.
    pub(super) fn collect(&mut self, mut done: Done) {
        self.iterations += done.finished.iterations();
        self.cost.add(done.finished.cost);
        self.mishaps.append(&mut done.finished.mishaps);
        if let Outcome::Halted { halt, .. } = &done.finished.outcome {
            cut(&mut done.finished.chunks, halt.iteration);
        }
        for (chunk, part) in done.finished.chunks.into_iter().zip(done.parts) {
            self.ordered.insert(chunk, part);
        }
        if let Some(mut encoded) = done.encoded {
            self.keep(&mut encoded);
            if self.plan.spreads() {
                self.encoded_parts.push(encoded);
            }
        }
    }

    /// Whether there is a journal.
    pub(super) fn is_kept(&self) -> bool {
        self.plan.journal.is_some()
    }

    /// Writes parts into the journal, where there is one.
    fn keep(&self, encoded: &mut EncodedParts) {
        if let (Some(journal), Some(digest)) = (&self.plan.journal, encoded.digest) {
            journal.keep(&encoded.chunks, digest, &mut encoded.parts);
        }
    }

    /// Adds what has its turn. A panic of that ends the loop on every rank, as one of the body does.
    pub(super) fn absorb(&mut self, requests: &RequestHandler<'_>) {
        if self.spoiled || self.ordered.is_contiguous() {
            return;
        }
        let (on, observers) = (requests.link.identity(), requests.link.observers());
        let since = Instant::now();
        let add = || absorb(&mut self.ordered, self.sink, on, observers);
        if let Err(halt) = observers.watch(on.rank, Stage::Adding, add) {
            self.spoiled = true;
            requests.chunks.stop_at(halt);
        }
        self.adding += since.elapsed();
    }

    /// What another rank has done, before it is opened.
    pub(super) fn receive(&mut self, encoded: &mut EncodedParts) {
        self.keep(encoded);
        self.recall(encoded);
    }

    /// What was kept by an earlier start, before it is opened.
    pub(super) fn recall(&mut self, encoded: &mut EncodedParts) {
        if self.plan.spreads() {
            self.encoded_parts.push(encoded.share());
        }
    }

    /// The iterations before this one are in the outputs.
    pub(super) fn finished(&self) -> u64 {
        self.ordered.finished()
    }

    /// Whether nothing more is added.
    pub(super) fn is_spoiled(&self) -> bool {
        self.spoiled
    }

    /// The same afterwards.
    pub(super) fn add(&mut self, link: &Link, opened: Opened) {
        add_opened(link, opened, &mut self.ordered);
    }

    /// Tells all ranks how the loop has ended.
    pub(super) fn end(mut self, requests: &RequestHandler<'_>) -> Ending {
        let verdict = requests.verdict();
        if verdict == Verdict::Complete {
            requests.audit();
            if requests.has_surplus() {
                let words = format!(
                    "the loop at {} has more items than their iterator's `size_hint` says, by which \
                     `schedule = blocks` divides them\n\
                     help: collect the items into a `Vec` before the loop, or use `schedule = managed`",
                    self.plan.site
                );
                requests.link.refuse(&words);
            }
            if !self.ordered.is_contiguous() {
                let from = self.ordered.finished();
                let words = format!(
                    "the loop at {}: no rank ran iteration {from}\n{USUAL_CAUSE}",
                    self.plan.site
                );
                requests.link.refuse(&words);
            }
        }
        requests.stop();
        self.mishaps
            .append(&mut requests.shares.borrow_mut().mishaps);
        let (too_much, mut told) = requests
            .chunks
            .manager(|manager| (manager.too_much(), manager.take_mishaps()));
        self.mishaps.append(&mut told);
        if let Verdict::Halted(halt) = &verdict {
            let counts = |encoded: &EncodedParts| {
                let first = encoded.chunks.first();
                first.is_some_and(|chunk| chunk.start <= halt.iteration)
            };
            self.encoded_parts.retain(counts);
        }
        Ending {
            encoded_parts: self.encoded_parts,
            iterations: self.iterations,
            cost: self.cost,
            mishaps: self.mishaps,
            too_much,
            ..verdict.into()
        }
    }
}
