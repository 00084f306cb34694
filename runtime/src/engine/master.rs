//! The master's side of a loop: it leases chunks, collects parts, and its threads work too.

mod collected;
mod resumption;
mod role;

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use super::alone::{BRIEF, Begun, OnThread, Steps};
use super::brief;
use super::chunk_source::{Checks, Chunks as _, FedChunks, Feeder, Managed, ManagedChunks};
use super::compute::{ComputeJob, Outputs};
use super::event_loop::{self, Beside};
use super::requests::{RequestHandler, Shares};
use super::tray::{Fate, Handling};
use super::work::{Sink, Work};
use super::{Ending, Plan, alone};
use crate::base::rank::MASTER;
use crate::loop_parts::gather::{Absorb, Blanks as _, Filled, Former, Front, Output};
use crate::loop_parts::items::{Chunk, ItemSource};
use crate::loop_parts::schedule::{Length, Pace, Paces, rest};
use crate::process::crew::Runs;
use crate::protocol::manager::{Manager, Retries};
use crate::protocol::message::Verdict;
use crate::transport::link::Link;

use collected::Collected;
use resumption::Resumption;
use role::MasterRole;

/// The job of a rank whose chunks a manager leases.
pub(crate) type ManagedJob<S, O, F> = ComputeJob<ManagedChunks<S>, <O as Absorb>::Blanks, F>;

/// The job of a master whose main thread brings the items.
pub(crate) type FedJob<S, O, F> =
    ComputeJob<FedChunks<<S as ItemSource>::Iter>, <O as Absorb>::Blanks, F>;

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
    let mut steps = OnThread::new(plan, source, body, outputs);
    let begun = match begin(link, plan, &mut steps, crew.threads()) {
        ControlFlow::Continue(begun) => begun,
        ControlFlow::Break(ending) => return ending,
    };
    let (former, most) = former(link, plan, &begun, O::Blanks::at_hand());
    let (source, body, outputs, blanks) = steps.for_others(&former);
    let begins =
        plan.brief.is_some() && plan.schedule.is_managed() && link.size() > 1 && !plan.is_resumed();
    let (mut manager, checks) = manager(link, plan, source.length(), &begun, begins, most);
    let works = crew.threads() > 0 && link.size() > 1 && plan.schedule.is_managed();
    if works && plan.schedule.chunk().is_none() {
        manager.weigh(plan.too_much);
    }
    retry(&mut manager, link, plan, crew.threads());
    let mut chunks = ManagedChunks::new(MASTER, manager, source, checks, plan.threads());
    let resumption = plan.resumption(|expected| chunks.verify(expected));
    chunks.tell(former.front());
    if works {
        chunks = chunks.may_hoard();
    }
    let job: ManagedJob<S, O, F> =
        ComputeJob::new(link, chunks, body, blanks, handling(link, plan, false));
    let master = Master {
        link,
        plan,
        threads: crew.threads(),
        begins,
        begun,
        resumption,
    };
    let shelf = &job.shelf;
    let sink = &mut Outputs { outputs, shelf };
    let beside: Beside<'_> = &|main| crew.work_beside(&job, main);
    let ending = master.run(&job.chunks, &job, None, sink, beside);
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
    let mut steps = OnThread::new(plan, source, body, outputs);
    let begun = match begin(link, plan, &mut steps, crew.threads()) {
        ControlFlow::Continue(begun) => begun,
        ControlFlow::Break(ending) => return ending,
    };
    let (source, body, outputs, blanks) = steps.for_others(&Former::All);
    let (begins, length) = (false, source.length());
    let (mut manager, checks) = manager(link, plan, length, &begun, begins, None);
    retry(&mut manager, link, plan, crew.threads());
    // Those in reserve have items, too.
    let chunks = ManagedChunks::new(MASTER, manager, source, checks, 2 * plan.threads());
    let resumption = plan.resumption(|expected| chunks.verify(expected));
    let job: FedJob<S, O, F> = ComputeJob::new(
        link,
        FedChunks::new(chunks.limit().clone()),
        body,
        blanks,
        handling(link, plan, true),
    );
    let bring = || job.chunks.bring(&chunks);
    let feeder = Feeder::new(&bring, crew.threads());
    let master = Master {
        link,
        plan,
        threads: crew.threads(),
        begins,
        begun,
        resumption,
    };
    let shelf = &job.shelf;
    let sink = &mut Outputs { outputs, shelf };
    let beside: Beside<'_> = &|main| crew.work_beside(&job, main);
    let ending = master.run(&chunks, &job, Some(feeder), sink, beside);
    if ending.verdict == Verdict::Complete {
        chunks.exhaust();
    }
    ending
}

/// What either way of bringing items has.
struct Master<'a> {
    link: &'a Link,
    plan: &'a Plan,
    /// The compute threads of this rank.
    threads: usize,
    /// Whether the present thread begins a loop of several ranks.
    begins: bool,
    /// What was run before.
    begun: Begun,
    resumption: Option<Resumption<'a>>,
}

impl Master<'_> {
    /// Runs the loop, and tells all ranks how it has ended. With a feeder, the present thread brings the items
    /// of `chunks` to the job's own source.
    fn run(
        self,
        chunks: &dyn Managed,
        work: &dyn Work,
        feeder: Option<Feeder<'_>>,
        sink: &mut dyn Sink,
        beside: Beside<'_>,
    ) -> Ending {
        let Self {
            link,
            plan,
            threads,
            begins,
            begun,
            resumption,
        } = self;
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
        link.begin_listening();
        let since = Instant::now();
        let mut collected = Collected::new(plan, sink, &begun);
        let mut role = MasterRole {
            requests: &requests,
            work,
            threads,
            computes: plan.caller_computes,
            begins,
            feeder,
            collected: &mut collected,
            resumption,
            unopened: 0,
            hearing: Duration::ZERO,
        };
        if !begins || brief::begin(link, &mut role).is_none() {
            role.begins = false;
            event_loop::run_beside(link, work.chunks(), beside, role);
        }
        let adding = collected.adding;
        let mut ending = collected.end(&requests);
        if link.size() == 1 {
            let nanos = ending.cost.nanos - begun.cost.nanos;
            let iterations = ending.iterations - begun.iterations;
            let pace = Pace::of(iterations, since.elapsed(), nanos);
            ending.paces = Paces {
                alone: begun.pace,
                shared: pace.map(|pace| pace.shared(plan.force.threads, iterations, adding)),
            };
        }
        ending
    }
}

/// In one process: what the present thread runs before so many others come, or at all.
fn begin(
    link: &Link,
    plan: &Plan,
    steps: &mut dyn Steps,
    threads: usize,
) -> ControlFlow<Ending, Begun> {
    let time = match (link.size(), threads) {
        // What is begun begins with the first iteration.
        _ if plan.is_resumed() => return ControlFlow::Continue(Begun::default()),
        (1, 0) if plan.journal.is_none() => None,
        // What it has to tell of iterations, it tells at the end.
        _ if plan.on_error.goes_on() => return ControlFlow::Continue(Begun::default()),
        // Where there is a journal, it does not know of this.
        (1, _) if plan.brief.is_some() || plan.rival.is_some() => Some(BRIEF),
        _ => return ControlFlow::Continue(Begun::default()),
    };
    alone::run(link, plan, steps, time)
}

/// What chunks keep of what they overwrite, in the rest of a loop that was begun, and how many iterations they have at most,
/// where that matters: with outputs to which every part is sure to be added, that is little.
fn former(link: &Link, plan: &Plan, begun: &Begun, at_hand: Option<u64>) -> (Former, Option<u64>) {
    // What a journal keeps of a chunk is that chunk's alone.
    let is_sure = link.size() == 1 && !plan.on_error.goes_on() && plan.journal.is_none();
    match at_hand.filter(|_| is_sure) {
        Some(most) => (Former::Behind(Front::new(begun.iterations)), Some(most)),
        None => (Former::All, None),
    }
}

/// Who leases the chunks of what is left of a loop of this length, each of so many iterations at `most`, and how items are
/// compared.
fn manager(
    link: &Link,
    plan: &Plan,
    length: Length,
    begun: &Begun,
    begins: bool,
    most: Option<u64>,
) -> (Manager, Checks) {
    let audits = plan.checked && !plan.schedule.is_managed() && link.size() > 1;
    let checks = if audits {
        Checks::Audit { ranks: link.size() }
    } else if plan.journal.is_some() {
        Checks::Digest
    } else {
        Checks::None
    };
    let mut policy = plan.policy(length);
    policy.skip(begun.iterations);
    policy.measured(begun.iterations, Duration::from_nanos(begun.cost.nanos));
    if let Some(most) = most {
        policy.at_most(most);
    }
    if begins && plan.schedule.chunk().is_none() {
        policy = brief::growing(policy, length.hint());
    }
    if let Some(journal) = &plan.journal {
        policy = rest(policy, journal.finished().clone());
    }
    (Manager::new(policy, plan.threads()), checks)
}

/// Lets other ranks run iterations again that panicked, where they can; the master has so many threads.
fn retry(manager: &mut Manager, link: &Link, plan: &Plan, threads: usize) {
    if let Some(more) = plan.elsewhere {
        let first = if threads > 0 { MASTER } else { MASTER + 1 };
        manager.retry(Retries::new(more, first..link.size()));
    }
}

fn handling(link: &Link, plan: &Plan, prompt: bool) -> Handling {
    Handling {
        fate: if plan.journal.is_some() {
            Fate::Recorded
        } else {
            Fate::Kept
        },
        encode: plan.spreads() || plan.journal.is_some(),
        on_panic: plan.on_panic(),
        ranks: link.size(),
        bundle: plan.bundle(prompt),
        prompt,
    }
}
