//! The side of a loop that the other ranks run, where the schedule alone says which chunks are whose: no
//! manager is asked.

use std::mem;
use std::time::Duration;

use super::Plan;
use super::chunk_source::{Checks, Chunks as _, FedChunks, Feeder, Managed, ManagedChunks};
use super::compute::ComputeJob;
use super::event_loop::{self, Beside, Role, Turn};
use super::master::{FedJob, ManagedJob};
use super::report::{report, request};
use super::tray::{Fate, Handling};
use super::work::Work;
use crate::base::rank::MASTER;
use crate::base::wait::Pace;
use crate::base::wire::decode_message;
use crate::loop_parts::gather::{Filled, Output};
use crate::loop_parts::items::{Chunk, ItemSource};
use crate::process::crew::Runs;
use crate::protocol::manager::Manager;
use crate::protocol::message::{Order, Over, Verdict, Wants};
use crate::transport::fabric::Tag;
use crate::transport::link::Link;

/// Runs this rank's share of a loop, reporting on the way, until the master says how the loop has ended.
pub(crate) fn work_share<S, O, F, C>(
    link: &Link,
    plan: &Plan,
    source: S,
    body: F,
    blanks: O::Blanks,
    crew: &C,
) -> Verdict
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Runs<ManagedJob<S, O, F>>,
{
    let chunks = share(link, plan, source, plan.threads());
    let handling = handling(link, plan, false);
    let job: ManagedJob<S, O, F> = ComputeJob::new(link, chunks, body, blanks, handling);
    let role = ShareRole {
        work: &job,
        chunks: &job.chunks,
        feeder: None,
        threads: crew.threads(),
        excused: false,
        has_reported: false,
    };
    let beside: Beside<'_> = &|main| crew.work_beside(&job, main);
    let verdict = event_loop::run_beside(link, &job.chunks, beside, role);
    if verdict == Verdict::Complete {
        job.chunks.exhaust();
    }
    verdict
}

/// The same where the items must not leave the present thread: it brings them to the others.
pub(crate) fn work_share_from_main<S, O, F, C>(
    link: &Link,
    plan: &Plan,
    source: S,
    body: F,
    blanks: O::Blanks,
    crew: &C,
) -> Verdict
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Runs<FedJob<S, O, F>>,
{
    // Those in reserve have items, too.
    let chunks = share(link, plan, source, 2 * plan.threads());
    let fed = FedChunks::new(chunks.limit().clone());
    let job: FedJob<S, O, F> = ComputeJob::new(link, fed, body, blanks, handling(link, plan, true));
    let bring = || job.chunks.bring(&chunks);
    let role = ShareRole {
        work: &job,
        chunks: &chunks,
        feeder: Some(Feeder::new(&bring, crew.threads())),
        threads: crew.threads(),
        excused: true,
        has_reported: false,
    };
    link.excuse_itself();
    let beside: Beside<'_> = &|main| crew.work_beside(&job, main);
    let verdict = event_loop::run_beside(link, &job.chunks, beside, role);
    if verdict == Verdict::Complete {
        chunks.exhaust();
    }
    verdict
}

/// The chunks of this rank, so many at a time.
fn share<S: ItemSource>(link: &Link, plan: &Plan, source: S, at_a_time: usize) -> ManagedChunks<S> {
    let manager = Manager::new(plan.policy(source.length()), plan.threads());
    let checks = if plan.checked {
        Checks::Digest
    } else {
        Checks::None
    };
    ManagedChunks::new(link.rank(), manager, source, checks, at_a_time)
}

fn handling(link: &Link, plan: &Plan, prompt: bool) -> Handling {
    Handling {
        fate: Fate::Sent,
        encode: true,
        on_panic: plan.on_panic(),
        ranks: link.size(),
        bundle: plan.bundle(prompt),
        prompt,
    }
}

/// Reports what the threads have done, and at last that it is all.
struct ShareRole<'a> {
    work: &'a dyn Work,
    chunks: &'a dyn Managed,
    /// Where this thread also brings the items to the others.
    feeder: Option<Feeder<'a>>,
    /// The compute threads of this rank.
    threads: usize,
    /// Whether the master expects no signs of life, as this thread runs the user's code.
    excused: bool,
    /// Whether the master knows that this rank has run its share.
    has_reported: bool,
}

impl Role for ShareRole<'_> {
    type End = Verdict;

    fn owes(&self) -> bool {
        !self.has_reported && !self.excused
    }

    fn turn(&mut self, link: &Link, slept: Duration) -> Turn<Verdict> {
        let Self { work, chunks, .. } = *self;
        let tray = work.tray();
        while let Some(message) = link.receive(Some(MASTER), Tag::Order) {
            match decode_message(&message.body) {
                Order::Until { iteration } => chunks.until(iteration),
                Order::Stop(verdict) => return Turn::Over(verdict),
                Order::Run { .. } => unreachable!("this schedule needs no orders"),
            }
        }
        if self.has_reported {
            return Turn::Idle(Pace::Hot);
        }
        let fed = self
            .feeder
            .as_mut()
            .is_some_and(|feeder| feeder.supply(true));
        let here = tray.are_missing(self.threads, slept);
        if here && !mem::replace(&mut self.excused, true) {
            link.excuse_itself();
        }
        let worked = here && work.step();
        // Asked before the hand-ins are taken: then these are all.
        let over = chunks.manager(|manager| manager.is_over())
            && (self.feeder.is_some() || tray.are_back());
        for done in tray.take_done() {
            if let Some(feeder) = &mut self.feeder {
                feeder.settle(chunks, &done);
            }
            report(link, done, Wants::default());
        }
        if over {
            let over = Over {
                length: chunks.end(),
                surplus: chunks.manager(|manager| manager.has_surplus()),
            };
            request(link, None, Wants::default(), Some(over), Vec::new());
            self.has_reported = true;
        }
        if worked || fed || over {
            Turn::Worked
        } else {
            Turn::Idle(Pace::Local)
        }
    }
}
