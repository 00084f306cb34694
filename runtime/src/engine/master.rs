//! The master's side of a loop: it hands out chunks, collects parts, and its threads work too.

use std::cell::RefCell;

use super::chunk_source::{Checks, ChunkSource, FedChunks, Feeder, ManagedChunks};
use super::compute::{ComputeJob, Handling};
use super::event_loop::EventLoop;
use super::requests::{RequestHandler, Shares};
use super::{Ending, Plan};
use crate::base::rank::MASTER;
use crate::loop_parts::gather::{Filled, Output};
use crate::loop_parts::items::{Chunk, ItemSource};
use crate::loop_parts::schedule::policy;
use crate::process::crew::Runs;
use crate::protocol::manager::Manager;
use crate::protocol::message::Verdict;
use crate::transport::link::Link;

/// The job of a rank whose chunks a manager leases.
pub(crate) type ManagedJob<S, O, F> = ComputeJob<ManagedChunks<S>, <O as Output>::Part, F>;

/// The job of a master whose main thread brings the items.
pub(crate) type FedJob<S, O, F> =
    ComputeJob<FedChunks<<S as ItemSource>::Iter>, <O as Output>::Part, F>;

/// Runs a loop on the master, and with the other ranks where there are any.
pub(crate) fn manage<S, O, F, C>(
    link: &Link,
    plan: &Plan,
    source: S,
    body: F,
    outputs: &mut O,
    crew: &C,
) -> Ending
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Runs<ManagedJob<S, O, F>>,
{
    let mut chunks = chunks(link, plan, source, plan.threads());
    if crew.threads() > 0 && link.size() > 1 && plan.schedule.is_managed() {
        chunks = chunks.may_hoard();
    }
    let job: ManagedJob<S, O, F> = ComputeJob::new(link, chunks, body, handling(link, plan, false));
    let shares = RefCell::new(Shares::new(link.size()));
    let requests = requests(link, plan, &job.chunks, &shares);
    let mut event_loop = EventLoop::new(plan, outputs);
    crew.work_beside(&job, || {
        let _closing = Closing(&job.chunks);
        event_loop.run(&requests, &job, crew.threads(), None);
    });
    let ending = event_loop.end(&requests);
    if ending.verdict == Verdict::Complete {
        job.chunks.exhaust();
    }
    ending
}

/// The same where the items must not leave the main thread: it brings them to the others.
pub(crate) fn manage_from_main<S, O, F, C>(
    link: &Link,
    plan: &Plan,
    source: S,
    body: F,
    outputs: &mut O,
    crew: &C,
) -> Ending
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Runs<FedJob<S, O, F>>,
{
    // Those in reserve have items, too.
    let chunks = chunks(link, plan, source, 2 * plan.threads());
    let job: FedJob<S, O, F> = ComputeJob::new(
        link,
        FedChunks::new(chunks.limit().clone()),
        body,
        handling(link, plan, true),
    );
    let shares = RefCell::new(Shares::new(link.size()));
    let requests = requests(link, plan, &chunks, &shares);
    let mut event_loop = EventLoop::new(plan, outputs);
    crew.work_beside(&job, || {
        let _closing = Closing(&job.chunks);
        let feeder = Feeder::new(&job.chunks, crew.threads());
        event_loop.run(&requests, &job, crew.threads(), Some(feeder));
    });
    event_loop.end(&requests)
}

fn chunks<S: ItemSource>(link: &Link, plan: &Plan, source: S, chunks: usize) -> ManagedChunks<S> {
    let audits = plan.checked && !plan.schedule.is_managed() && link.size() > 1;
    let checks = if audits {
        Checks::Audit { ranks: link.size() }
    } else {
        Checks::None
    };
    let manager = Manager::new(policy(plan.schedule, source.length(), plan.force));
    ManagedChunks::new(MASTER, manager, source, checks, chunks)
}

fn handling(link: &Link, plan: &Plan, prompt: bool) -> Handling {
    Handling {
        keep: true,
        encode: plan.everywhere && link.size() > 1,
        ranks: link.size(),
        bundle: plan.bundle(),
        prompt,
    }
}

fn requests<'a, S: ItemSource>(
    link: &'a Link,
    plan: &'a Plan,
    chunks: &'a ManagedChunks<S>,
    shares: &'a RefCell<Shares>,
) -> RequestHandler<'a, S> {
    RequestHandler {
        link,
        chunks,
        site: &plan.site,
        managed: plan.schedule.is_managed(),
        checked: plan.checked,
        shares,
    }
}

/// Sends the compute threads home, also when the main thread unwinds.
pub(super) struct Closing<'a, D: ChunkSource>(pub(super) &'a D);

impl<D: ChunkSource> Drop for Closing<'_, D> {
    fn drop(&mut self) {
        self.0.close();
    }
}
