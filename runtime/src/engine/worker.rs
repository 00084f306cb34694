//! The side of a loop that the other ranks run.

use super::Plan;
use super::chunk_source::{Checks, ChunkSource, ManagedChunks, OrderedChunks};
use super::compute::{ComputeJob, Done, Handling};
use super::master::{Closing, ManagedJob};
use crate::base::rank::MASTER;
use crate::base::wait::{Backoff, Pace};
use crate::base::wire::{Encoded, decode_message, encode_message};
use crate::loop_parts::gather::{Filled, Output, Part};
use crate::loop_parts::items::{Chunk, ItemSource};
use crate::loop_parts::schedule::policy;
use crate::process::crew::Runs;
use crate::protocol::manager::Manager;
use crate::protocol::message::{Finished, Order, Over, Request, Verdict};
use crate::protocol::worker::Worker;
use crate::transport::fabric::Tag;
use crate::transport::link::Link;

/// The job of a rank whose chunks the master orders.
pub(crate) type OrderedJob<S, O, F> = ComputeJob<OrderedChunks<S>, <O as Output>::Part, F>;

/// Runs the chunks that the master orders, until it says how the loop has ended.
pub(crate) fn work<S, O, F, C>(link: &Link, source: S, body: F, crew: &C) -> Verdict
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Runs<OrderedJob<S, O, F>>,
{
    let handling = Handling {
        keep: false,
        encode: true,
        ranks: link.size(),
        bundle: 1,
        prompt: true,
    };
    let job: OrderedJob<S, O, F> =
        ComputeJob::new(link, OrderedChunks::new(source), body, handling);
    let verdict = crew.work_beside(&job, || {
        let _closing = Closing(&job.chunks);
        let mut worker = Worker::new(crew.threads());
        let mut backoff = Backoff::new();
        loop {
            link.attend();
            let mut idle = true;
            while let Some(message) = link.receive(Some(MASTER), Tag::Order) {
                idle = false;
                match decode_message(&message.body) {
                    Order::Run {
                        chunk,
                        reserve,
                        shipped,
                        settled,
                    } => {
                        worker.receive(reserve);
                        let items = shipped.zip(message.attachments.into_iter().next());
                        let items = items.map(|(format, bytes)| Encoded { format, bytes });
                        job.chunks.push(chunk, items, settled);
                    }
                    Order::Until { iteration } => job.chunks.until(iteration),
                    Order::Stop(verdict) => return verdict,
                }
            }
            if job.are_missing(crew.threads(), &backoff) && job.step() {
                idle = false;
            }
            for done in job.take_done() {
                idle = false;
                worker.finish();
                report(link, done, worker.ask());
            }
            let wants = worker.ask();
            if wants > 0 {
                idle = false;
                request(link, None, wants, None, Vec::new());
            }
            if idle {
                backoff.pause(link.waker(), worker.pace());
            } else {
                backoff.reset();
            }
        }
    });
    if verdict == Verdict::Complete {
        job.chunks.exhaust();
    }
    verdict
}

/// Runs this rank's share of a loop whose schedule needs no manager, then sends everything.
pub(crate) fn work_share<S, O, F, C>(
    link: &Link,
    plan: &Plan,
    source: S,
    body: F,
    crew: &C,
) -> Verdict
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Runs<ManagedJob<S, O, F>>,
{
    let manager = Manager::new(policy(plan.schedule, source.length(), plan.force));
    let checks = if plan.checked {
        Checks::Digest
    } else {
        Checks::None
    };
    let chunks = ManagedChunks::new(link.rank(), manager, source, checks, plan.threads());
    let handling = Handling {
        keep: false,
        encode: true,
        ranks: link.size(),
        bundle: plan.bundle(),
        prompt: false,
    };
    let job: ManagedJob<S, O, F> = ComputeJob::new(link, chunks, body, handling);
    crew.work_beside(&job, || {
        let _closing = Closing(&job.chunks);
        let mut backoff = Backoff::new();
        let is_over = || job.chunks.manager(|manager| manager.is_over()) && job.are_back();
        while job.are_missing(crew.threads(), &backoff) && job.step() || !is_over() {
            link.attend();
            while let Some(message) = link.receive(Some(MASTER), Tag::Order) {
                if let Order::Until { iteration } = decode_message(&message.body) {
                    job.chunks.until(iteration);
                }
            }
            report_all(link, &job);
            if crew.threads() > 0 {
                backoff.pause(link.waker(), Pace::Local);
            }
        }
    });
    report_all(link, &job);
    let over = Over {
        length: job.chunks.end(),
        surplus: job.chunks.manager(|manager| manager.has_surplus()),
    };
    request(link, None, 0, Some(over), Vec::new());
    let verdict = link.wait(|| {
        let message = link.receive(Some(MASTER), Tag::Order)?;
        match decode_message(&message.body) {
            Order::Stop(verdict) => Some(verdict),
            Order::Until { .. } => None,
            Order::Run { .. } => unreachable!("this schedule needs no orders"),
        }
    });
    if verdict == Verdict::Complete {
        job.chunks.exhaust();
    }
    verdict
}

fn report_all<D, P, F>(link: &Link, job: &ComputeJob<D, P, F>)
where
    D: ChunkSource,
    P: Part,
    F: Fn(Chunk<D::Iter>, P) -> Filled<P>,
{
    for done in job.take_done() {
        report(link, done, 0);
    }
}

fn report<P>(link: &Link, done: Done<P>, wants: u32) {
    let parts = done.encoded.map(|encoded| encoded.parts.bytes);
    request(
        link,
        Some(done.finished),
        wants,
        None,
        parts.into_iter().collect(),
    );
}

fn request(
    link: &Link,
    finished: Option<Finished>,
    wants: u32,
    over: Option<Over>,
    attachments: Vec<Vec<u8>>,
) {
    let message = Request {
        call: link.call(),
        finished,
        wants,
        over,
    };
    link.send(MASTER, Tag::Request, &encode_message(&message), attachments);
}
