//! The side of a loop that the other ranks run, where the schedule alone says which chunks are whose: no
//! manager is asked.

use std::time::Duration;

use super::Plan;
use super::chunk_source::{Checks, Managed, ManagedChunks};
use super::compute::ComputeJob;
use super::event_loop::{self, Beside, Role, Turn};
use super::master::ManagedJob;
use super::report::{report, request};
use super::tray::Handling;
use super::work::Work;
use crate::base::rank::MASTER;
use crate::base::wait::Pace;
use crate::base::wire::decode_message;
use crate::loop_parts::gather::{Filled, Output};
use crate::loop_parts::items::{Chunk, ItemSource};
use crate::loop_parts::schedule::policy;
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
    let manager = Manager::new(
        policy(plan.schedule, source.length(), plan.force),
        plan.threads(),
    );
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
    let job: ManagedJob<S, O, F> = ComputeJob::new(link, chunks, body, blanks, handling);
    let role = ShareRole {
        work: &job,
        chunks: &job.chunks,
        threads: crew.threads(),
        has_reported: false,
    };
    let beside: Beside<'_> = &|main| crew.work_beside(&job, main);
    let verdict = event_loop::run_beside(link, &job.chunks, beside, role);
    if verdict == Verdict::Complete {
        job.chunks.exhaust();
    }
    verdict
}

/// Reports what the threads have done, and at last that it is all.
struct ShareRole<'a> {
    work: &'a dyn Work,
    chunks: &'a dyn Managed,
    /// The compute threads of this rank.
    threads: usize,
    /// Whether the master knows that this rank has run its share.
    has_reported: bool,
}

impl Role for ShareRole<'_> {
    type End = Verdict;

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
        let worked = tray.are_missing(self.threads, slept) && work.step();
        // Asked before the hand-ins are taken: then these are all.
        let over = chunks.manager(|manager| manager.is_over()) && tray.are_back();
        for done in tray.take_done() {
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
        if worked || over {
            Turn::Worked
        } else {
            Turn::Idle(Pace::Local)
        }
    }
}
