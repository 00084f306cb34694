//! What the master's main thread does while a loop runs: it listens, absorbs, answers and waits.

use super::absorb::{absorb, unpack};
use super::chunk_source::{ChunkSource, Feeder};
use super::compute::{ComputeJob, Done};
use super::requests::RequestHandler;
use super::{EncodedParts, Ending, Plan, cut};
use crate::base::wait::{Backoff, Pace};
use crate::loop_parts::gather::{Filled, Output, PartsInOrder};
use crate::loop_parts::items::{Chunk, ItemSource};
use crate::protocol::message::{Outcome, Verdict};
use crate::protocol::roll_call::USUAL_CAUSE;
use crate::transport::link::Link;

/// See the module.
pub(super) struct EventLoop<'a, O: Output> {
    plan: &'a Plan,
    outputs: &'a mut O,
    ordered: PartsInOrder<O::Part>,
    /// The parts that every rank is to have.
    encoded_parts: Vec<EncodedParts>,
    /// Whether a part could not be added: those behind it are not, either.
    spoiled: bool,
}

impl<'a, O: Output> EventLoop<'a, O> {
    pub(super) fn new(plan: &'a Plan, outputs: &'a mut O) -> Self {
        Self {
            plan,
            outputs,
            ordered: PartsInOrder::new(),
            encoded_parts: Vec::new(),
            spoiled: false,
        }
    }

    /// Works until all chunks of all ranks are back. With a feeder, this thread also brings the
    /// items to its rank's compute threads.
    pub(super) fn run<S, D, F>(
        &mut self,
        requests: &RequestHandler<'_, S>,
        job: &ComputeJob<D, O::Part, F>,
        threads: usize,
        mut feeder: Option<Feeder<'_, S::Iter>>,
    ) where
        S: ItemSource,
        D: ChunkSource,
        F: Fn(Chunk<D::Iter>, O::Part) -> Filled<O::Part>,
    {
        let link = requests.link;
        let alone = link.size() == 1;
        let mut backoff = Backoff::new();
        loop {
            // Asked in this order, and before the hand-ins are taken: when nothing is left to be run and
            // all are back, everything is handed in.
            let over = requests.chunks.manager(|manager| manager.is_over());
            let all_back = over && (feeder.is_some() || job.are_back());
            let mut idle = true;
            if !alone {
                link.attend_in_loop();
                if requests.hear_all(|encoded| self.receive(link, encoded)) {
                    idle = false;
                    backoff.reset();
                }
                requests.announce();
            }
            for done in job.take_done() {
                idle = false;
                if let Some(feeder) = &mut feeder {
                    feeder.finish();
                    settle(requests, &done);
                }
                self.collect(done);
            }
            self.absorb(requests);
            idle &= !requests.grant_all();
            if let Some(feeder) = &mut feeder {
                let reserve = requests.chunks.manager(|manager| manager.reserves());
                idle &= !feeder.supply(reserve, || requests.chunks.next(false));
            }
            // Without threads the master runs bodies here, unless others depend on its answers.
            let here = threads > 0 || alone || !requests.managed;
            if here && job.are_missing(threads, &backoff) && job.step() {
                continue;
            }
            let all_here = if requests.managed {
                link.all_present()
            } else {
                requests.all_over()
            };
            if idle && all_back && all_here && requests.chunks.manager(|manager| manager.is_over())
            {
                return;
            }
            if idle {
                backoff.pause(link.waker(), pace(requests, threads));
            }
        }
    }

    /// Tells all ranks how the loop has ended.
    pub(super) fn end<S: ItemSource>(mut self, requests: &RequestHandler<'_, S>) -> Ending {
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
        if let Verdict::Halted(halt) = &verdict {
            let counts = |encoded: &EncodedParts| {
                let first = encoded.chunks.first();
                first.is_some_and(|chunk| chunk.start <= halt.iteration)
            };
            self.encoded_parts.retain(counts);
        }
        Ending {
            verdict,
            encoded_parts: self.encoded_parts,
        }
    }

    /// What a thread of the master has done.
    fn collect(&mut self, mut done: Done<O::Part>) {
        if let Outcome::Halted { halt, .. } = &done.finished.outcome {
            cut(&mut done.finished.chunks, halt.iteration);
        }
        for (chunk, part) in done.finished.chunks.into_iter().zip(done.parts) {
            self.ordered.insert(chunk, part);
        }
        self.encoded_parts.extend(done.encoded);
    }

    /// Adds what has its turn. A panic of that ends the loop on every rank, as one of the body does.
    fn absorb<S: ItemSource>(&mut self, requests: &RequestHandler<'_, S>) {
        if self.spoiled {
            return;
        }
        let on = requests.link.identity();
        if let Err(halt) = absorb(&mut self.ordered, self.outputs, on) {
            self.spoiled = true;
            requests.chunks.stop_at(halt);
        }
    }

    /// What another rank has done.
    fn receive(&mut self, link: &Link, encoded: EncodedParts) {
        unpack::<O>(link, &encoded, &mut self.ordered);
        if self.plan.everywhere {
            self.encoded_parts.push(encoded);
        }
    }
}

/// Tells the manager what a thread has done that gets its chunks from a feeder.
fn settle<S: ItemSource, P>(requests: &RequestHandler<'_, S>, done: &Done<P>) {
    if let Outcome::Halted { halt, .. } = &done.finished.outcome {
        requests.chunks.stop_at(halt.clone());
    }
    for chunk in &done.finished.chunks {
        requests.chunks.finish(chunk, done.finished.nanos);
    }
}

/// How the master waits.
fn pace<S: ItemSource>(requests: &RequestHandler<'_, S>, threads: usize) -> Pace {
    if requests.link.size() == 1 {
        Pace::Local
    } else if threads == 0 {
        Pace::Hot
    } else if requests.chunks.manager(|manager| manager.reserves()) {
        Pace::Lazy
    } else {
        Pace::Warm
    }
}
