//! The master's side of a loop: it leases chunks, collects parts, and its threads work too.

mod collected;
mod role;

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::time::Duration;

use super::alone::{BRIEF, Begun};
use super::brief;
use super::chunk_source::{Checks, ChunkSource, FedChunks, Feeder, ManagedChunks};
use super::compute::{ComputeJob, Handling};
use super::event_loop;
use super::requests::{RequestHandler, Shares};
use super::{Ending, Plan, alone};
use crate::base::rank::{MASTER, SEVERAL};
use crate::loop_parts::gather::{Filled, Output};
use crate::loop_parts::items::{Chunk, ItemSource};
use crate::loop_parts::schedule::policy;
use crate::process::crew::{Crew, Runs};
use crate::protocol::manager::Manager;
use crate::protocol::message::Verdict;
use crate::transport::link::Link;

use collected::Collected;
use role::MasterRole;

/// The job of a rank whose chunks a manager leases.
pub(crate) type ManagedJob<S, O, F> = ComputeJob<ManagedChunks<S>, <O as Output>::Blanks, F>;

/// The job of a master whose main thread brings the items.
pub(crate) type FedJob<S, O, F> =
    ComputeJob<FedChunks<<S as ItemSource>::Iter>, <O as Output>::Blanks, F>;

/// Runs a loop on the master, and with the other ranks where there are any.
pub(crate) fn manage<S, O, F, C>(
    link: &Link,
    plan: &Plan,
    mut source: S,
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
    let mut blanks = outputs.blanks();
    let both = (&mut *outputs, &mut blanks);
    let begun = match begin(link, plan, &mut source, &body, both, crew) {
        ControlFlow::Continue(begun) => begun,
        ControlFlow::Break(ending) => return ending,
    };
    let begins = plan.brief.is_some() && plan.schedule.is_managed() && link.size() > 1;
    let mut chunks = chunks(link, plan, source, plan.threads(), &begun, begins);
    if crew.threads() > 0 && link.size() > 1 && plan.schedule.is_managed() {
        chunks = chunks.may_hoard();
    }
    let job: ManagedJob<S, O, F> =
        ComputeJob::new(link, chunks, body, blanks, handling(link, plan, false));
    let master = Master {
        link,
        plan,
        crew,
        begins,
    };
    let ending = master.run(&job.chunks, &job, None, outputs, &begun);
    if ending.verdict == Verdict::Complete {
        job.chunks.exhaust();
    }
    ending
}

/// The same where the items must not leave the main thread: it brings them to the others.
pub(crate) fn manage_from_main<S, O, F, C>(
    link: &Link,
    plan: &Plan,
    mut source: S,
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
    let mut blanks = outputs.blanks();
    let both = (&mut *outputs, &mut blanks);
    let begun = match begin(link, plan, &mut source, &body, both, crew) {
        ControlFlow::Continue(begun) => begun,
        ControlFlow::Break(ending) => return ending,
    };
    // Those in reserve have items, too.
    let begins = false;
    let chunks = chunks(link, plan, source, 2 * plan.threads(), &begun, begins);
    let job: FedJob<S, O, F> = ComputeJob::new(
        link,
        FedChunks::new(chunks.limit().clone()),
        body,
        blanks,
        handling(link, plan, true),
    );
    let feeder = Feeder::new(&job.chunks, crew.threads());
    let master = Master {
        link,
        plan,
        crew,
        begins,
    };
    master.run(&chunks, &job, Some(feeder), outputs, &begun)
}

/// What either way of bringing items has.
struct Master<'a, C> {
    link: &'a Link,
    plan: &'a Plan,
    crew: &'a C,
    /// Whether the present thread begins a loop of several ranks.
    begins: bool,
}

impl<C> Master<'_, C> {
    /// Runs the loop, and tells all ranks how it has ended. With a feeder, the present thread brings the items
    /// of `chunks` to the job's own source.
    fn run<S, D, O, F>(
        &self,
        chunks: &ManagedChunks<S>,
        job: &ComputeJob<D, O::Blanks, F>,
        feeder: Option<Feeder<'_, S::Iter>>,
        outputs: &mut O,
        begun: &Begun,
    ) -> Ending
    where
        S: ItemSource,
        D: ChunkSource,
        O: Output,
        F: Fn(Chunk<D::Iter>, O::Part) -> Filled<O::Part>,
        C: Runs<ComputeJob<D, O::Blanks, F>>,
    {
        let Self {
            link,
            plan,
            crew,
            begins,
        } = *self;
        let shares = RefCell::new(Shares::new(link.size()));
        let requests = RequestHandler {
            link,
            chunks,
            site: &plan.site,
            managed: plan.schedule.is_managed(),
            checked: plan.checked,
            shares: &shares,
            attentive: Cell::new(false),
        };
        let mut collected = Collected::new(plan, outputs, begun);
        let mut role = MasterRole {
            requests: &requests,
            job,
            threads: crew.threads(),
            computes: plan.caller_computes,
            begins,
            feeder,
            collected: &mut collected,
        };
        if !(SEVERAL && begins) || brief::begin(link, &mut role).is_none() {
            role.begins = false;
            event_loop::run_beside(link, crew, job, role);
        }
        collected.end(&requests)
    }
}

/// In one process: what the present thread runs before others come, or at all.
fn begin<S, O, F, C>(
    link: &Link,
    plan: &Plan,
    source: &mut S,
    body: &F,
    outputs: (&mut O, &mut O::Blanks),
    crew: &C,
) -> ControlFlow<Ending, Begun>
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Crew,
{
    let time = match (link.size(), crew.threads()) {
        (1, 0) => None,
        (1, _) if plan.brief.is_some() => Some(BRIEF),
        _ => return ControlFlow::Continue(Begun::default()),
    };
    alone::run(link, plan, source, body, outputs, time)
}

/// The chunks of what is left of a loop; so many of them have items at a time.
fn chunks<S: ItemSource>(
    link: &Link,
    plan: &Plan,
    source: S,
    chunks: usize,
    begun: &Begun,
    begins: bool,
) -> ManagedChunks<S> {
    let audits = plan.checked && !plan.schedule.is_managed() && link.size() > 1;
    let checks = if audits {
        Checks::Audit { ranks: link.size() }
    } else {
        Checks::None
    };
    let mut policy = policy(plan.schedule, source.length(), plan.force);
    policy.skip(begun.iterations);
    policy.measured(begun.iterations, Duration::from_nanos(begun.cost.nanos));
    if begins && plan.schedule.chunk().is_none() {
        policy = brief::growing(policy, source.length().hint());
    }
    let manager = Manager::new(policy, plan.threads());
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
