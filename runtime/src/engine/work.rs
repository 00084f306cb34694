//! The side of a loop that the other ranks run.

use super::Plan;
use super::desk::{Checks, Desk, ManagerDesk};
use super::hands::{Done, Handling, Hands};
use super::manage::{Closing, ManagerHands};
use super::queue::QueueDesk;
use crate::base::rank::MASTER;
use crate::base::wait::{Backoff, Pace};
use crate::base::wire::{Encoded, decode_message, encode_message};
use crate::loop_parts::gather::{Filled, Output, Part};
use crate::loop_parts::items::{Chunk, Source};
use crate::loop_parts::schedule::policy;
use crate::process::crew::Crew;
use crate::protocol::manager::Manager;
use crate::protocol::message::{Finished, Order, Over, Request, Verdict};
use crate::protocol::worker::Worker;
use crate::transport::fabric::Tag;
use crate::transport::link::Link;

/// The hands of a rank whose desk the master fills.
pub(crate) type QueueHands<S, O, F> = Hands<QueueDesk<S>, <O as Output>::Part, F>;

/// Runs the chunks that the master orders, until it says how the loop has ended.
pub(crate) fn work<S, O, F, C>(link: &Link, source: S, body: F, crew: &C) -> Verdict
where
    S: Source,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Crew<QueueHands<S, O, F>>,
{
    let handling = Handling {
        keep: false,
        encode: true,
        ranks: link.size(),
        bundle: 1,
        prompt: true,
    };
    let hands: QueueHands<S, O, F> = Hands::new(link, QueueDesk::new(source), body, handling);
    let verdict = crew.work_beside(&hands, || {
        let _closing = Closing(&hands.desk);
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
                        hands.desk.push(chunk, items, settled);
                    }
                    Order::Until { iteration } => hands.desk.until(iteration),
                    Order::Stop(verdict) => return verdict,
                }
            }
            if hands.are_missing(crew.threads(), &backoff) && hands.step() {
                idle = false;
            }
            for done in hands.take_done() {
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
        hands.desk.exhaust();
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
    S: Source,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Crew<ManagerHands<S, O, F>>,
{
    let manager = Manager::new(policy(plan.schedule, source.length(), plan.force));
    let checks = if plan.checked {
        Checks::Digest
    } else {
        Checks::None
    };
    let desk = ManagerDesk::new(link.rank(), manager, source, checks, plan.threads());
    let handling = Handling {
        keep: false,
        encode: true,
        ranks: link.size(),
        bundle: plan.bundle(),
        prompt: false,
    };
    let hands: ManagerHands<S, O, F> = Hands::new(link, desk, body, handling);
    crew.work_beside(&hands, || {
        let _closing = Closing(&hands.desk);
        let mut backoff = Backoff::new();
        let is_over = || hands.desk.manager(|manager| manager.is_over()) && hands.are_back();
        while hands.are_missing(crew.threads(), &backoff) && hands.step() || !is_over() {
            link.attend();
            while let Some(message) = link.receive(Some(MASTER), Tag::Order) {
                if let Order::Until { iteration } = decode_message(&message.body) {
                    hands.desk.until(iteration);
                }
            }
            report_all(link, &hands);
            if crew.threads() > 0 {
                backoff.pause(link.waker(), Pace::Local);
            }
        }
    });
    report_all(link, &hands);
    let over = Over {
        length: hands.desk.end(),
        surplus: hands.desk.manager(|manager| manager.has_surplus()),
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
        hands.desk.exhaust();
    }
    verdict
}

fn report_all<D, P, F>(link: &Link, hands: &Hands<D, P, F>)
where
    D: Desk,
    P: Part,
    F: Fn(Chunk<D::Iter>, P) -> Filled<P>,
{
    for done in hands.take_done() {
        report(link, done, 0);
    }
}

fn report<P>(link: &Link, done: Done<P>, wants: u32) {
    let parts = done.parcel.map(|parcel| parcel.parts.bytes);
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
