//! What the master's main thread does while a loop runs: it listens, absorbs, answers and waits.

use super::desk::Desk;
use super::feed::Feeder;
use super::hands::{Done, Hands};
use super::reception::Reception;
use super::{Ending, Parcel, Plan, absorb, cut, unpack};
use crate::base::wait::{Backoff, Pace};
use crate::loop_parts::gather::{Filled, Output, PartsInOrder};
use crate::loop_parts::items::{Chunk, Source};
use crate::protocol::message::{Outcome, Verdict};
use crate::protocol::roll_call::USUAL_CAUSE;
use crate::transport::link::Link;

/// See the module.
pub(super) struct Office<'a, O: Output> {
    plan: &'a Plan,
    outputs: &'a mut O,
    ordered: PartsInOrder<O::Part>,
    /// The parts that every rank is to have.
    parcels: Vec<Parcel>,
    /// Whether a part could not be added: those behind it are not, either.
    spoiled: bool,
}

impl<'a, O: Output> Office<'a, O> {
    pub(super) fn new(plan: &'a Plan, outputs: &'a mut O) -> Self {
        Self {
            plan,
            outputs,
            ordered: PartsInOrder::new(),
            parcels: Vec::new(),
            spoiled: false,
        }
    }

    /// Works until all chunks of all ranks are back. With a feeder, this thread also brings the
    /// items to its rank's compute threads.
    pub(super) fn run<S, D, F>(
        &mut self,
        reception: &Reception<'_, S>,
        hands: &Hands<D, O::Part, F>,
        threads: usize,
        mut feeder: Option<Feeder<'_, S::Iter>>,
    ) where
        S: Source,
        D: Desk,
        F: Fn(Chunk<D::Iter>, O::Part) -> Filled<O::Part>,
    {
        let link = reception.link;
        let alone = link.size() == 1;
        let mut backoff = Backoff::new();
        loop {
            // Asked in this order, and before the hand-ins are taken: when nothing is left to be run and
            // all are back, everything is handed in.
            let over = reception.desk.manager(|manager| manager.is_over());
            let all_back = over && (feeder.is_some() || hands.are_back());
            let mut idle = true;
            if !alone {
                link.attend_in_loop();
                if reception.hear_all(|parcel| self.receive(link, parcel)) {
                    idle = false;
                    backoff.reset();
                }
                reception.announce();
            }
            for done in hands.take_done() {
                idle = false;
                if let Some(feeder) = &mut feeder {
                    feeder.finish();
                    settle(reception, &done);
                }
                self.collect(done);
            }
            self.absorb(reception);
            idle &= !reception.grant_all();
            if let Some(feeder) = &mut feeder {
                let reserve = reception.desk.manager(|manager| manager.reserves());
                idle &= !feeder.supply(reserve, || reception.desk.next(false));
            }
            // Without threads the master runs bodies here, unless others depend on its answers.
            let here = threads > 0 || alone || !reception.managed;
            if here && hands.are_missing(threads, &backoff) && hands.step() {
                continue;
            }
            let all_here = if reception.managed {
                link.all_present()
            } else {
                reception.all_over()
            };
            if idle && all_back && all_here && reception.desk.manager(|manager| manager.is_over()) {
                return;
            }
            if idle {
                backoff.pause(link.waker(), pace(reception, threads));
            }
        }
    }

    /// Tells all ranks how the loop has ended.
    pub(super) fn end<S: Source>(mut self, reception: &Reception<'_, S>) -> Ending {
        let verdict = reception.verdict();
        if verdict == Verdict::Complete {
            reception.audit();
            if reception.has_surplus() {
                let words = format!(
                    "the loop at {} has more items than their iterator's `size_hint` says, by which \
                     `schedule = blocks` divides them\n\
                     help: collect the items into a `Vec` before the loop, or use `schedule = managed`",
                    self.plan.site
                );
                reception.link.refuse(&words);
            }
            if !self.ordered.is_contiguous() {
                let from = self.ordered.finished();
                let words = format!(
                    "the loop at {}: no rank ran iteration {from}\n{USUAL_CAUSE}",
                    self.plan.site
                );
                reception.link.refuse(&words);
            }
        }
        reception.stop();
        if let Verdict::Halted(halt) = &verdict {
            let counts = |parcel: &Parcel| {
                let first = parcel.chunks.first();
                first.is_some_and(|chunk| chunk.start <= halt.iteration)
            };
            self.parcels.retain(counts);
        }
        Ending {
            verdict,
            parcels: self.parcels,
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
        self.parcels.extend(done.parcel);
    }

    /// Adds what has its turn. A panic of that ends the loop on every rank, as one of the body does.
    fn absorb<S: Source>(&mut self, reception: &Reception<'_, S>) {
        if self.spoiled {
            return;
        }
        let on = reception.link.identity();
        if let Err(halt) = absorb(&mut self.ordered, self.outputs, on) {
            self.spoiled = true;
            reception.desk.stop_at(halt);
        }
    }

    /// What another rank has done.
    fn receive(&mut self, link: &Link, parcel: Parcel) {
        unpack::<O>(link, &parcel, &mut self.ordered);
        if self.plan.everywhere {
            self.parcels.push(parcel);
        }
    }
}

/// Tells the manager what a thread has done that gets its chunks from a feeder.
fn settle<S: Source, P>(reception: &Reception<'_, S>, done: &Done<P>) {
    if let Outcome::Halted { halt, .. } = &done.finished.outcome {
        reception.desk.stop_at(halt.clone());
    }
    for chunk in &done.finished.chunks {
        reception.desk.finish(chunk, done.finished.nanos);
    }
}

/// How the master waits.
fn pace<S: Source>(reception: &Reception<'_, S>, threads: usize) -> Pace {
    if reception.link.size() == 1 {
        Pace::Local
    } else if threads == 0 {
        Pace::Hot
    } else if reception.desk.manager(|manager| manager.reserves()) {
        Pace::Lazy
    } else {
        Pace::Warm
    }
}
