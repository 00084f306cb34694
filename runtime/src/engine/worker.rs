//! The side of a loop that the other ranks run, where the master leases the chunks.

use std::cell::RefCell;
use std::mem;
use std::ops::Range;
use std::time::Duration;

use super::Ending;
use super::brief::{self, Begin};
use super::chunk_source::{FedChunks, OrderedChunks, exhaust, open};
use super::compute::ComputeJob;
use super::event_loop::{self, Beside, Role, Turn};
use super::master::FedJob;
use super::report::{report, request};
use super::tray::{Fate, Handling};
use super::work::Work;
use crate::base::clock::now;
use crate::base::rank::MASTER;
use crate::base::wait::Pace;
use crate::base::wire::{Encoded, decode_message};
use crate::loop_parts::gather::{Absorb, Filled, Output};
use crate::loop_parts::items::{Chunk, Cost, ItemSource, Limit};
use crate::loop_parts::on_error::OnPanic;
use crate::process::crew::Runs;
use crate::protocol::message::{Order, Verdict};
use crate::protocol::worker::Worker;
use crate::transport::fabric::Tag;
use crate::transport::link::Link;

/// The job of a rank whose chunks the master orders.
pub(crate) type OrderedJob<S, O, F> = ComputeJob<OrderedChunks<S>, <O as Absorb>::Blanks, F>;

/// Runs the chunks that the master orders, until it says how the loop has ended. Of a loop that may be `brief` it
/// first waits for that.
pub(crate) fn work<S, O, F, C>(
    link: &Link,
    (is_brief, on_panic): (bool, OnPanic),
    source: S,
    body: F,
    blanks: O::Blanks,
    crew: &C,
) -> Ending
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Runs<OrderedJob<S, O, F>>,
{
    let chunks = OrderedChunks::new(source);
    let job: OrderedJob<S, O, F> =
        ComputeJob::new(link, chunks, body, blanks, handling(link, on_panic));
    let push = |chunk, items: Option<Encoded>, settled| job.chunks.push(chunk, items, settled);
    let role = WorkerRole::new(link, &job, &push, crew.threads(), is_brief);
    let ending = role.run(link, &|main| crew.work_beside(&job, main));
    if ending.verdict == Verdict::Complete {
        job.chunks.exhaust();
    }
    ending
}

/// The same where the items must not leave the present thread: it brings them to the others.
pub(crate) fn work_from_main<S, O, F, C>(
    link: &Link,
    on_panic: OnPanic,
    source: S,
    body: F,
    blanks: O::Blanks,
    crew: &C,
) -> Ending
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Runs<FedJob<S, O, F>>,
{
    let source = RefCell::new(source);
    let chunks = FedChunks::new(Limit::shared());
    let job: FedJob<S, O, F> =
        ComputeJob::new(link, chunks, body, blanks, handling(link, on_panic));
    let push = |chunk, items: Option<Encoded>, settled| {
        let assignment = open(&mut *source.borrow_mut(), (chunk, items, settled));
        job.chunks.push(assignment);
    };
    // It makes the items, which may take long.
    link.excuse_itself();
    let mut role = WorkerRole::new(link, &job, &push, crew.threads(), false);
    role.excused = true;
    let ending = role.run(link, &|main| crew.work_beside(&job, main));
    if ending.verdict == Verdict::Complete {
        exhaust(&mut *source.borrow_mut());
    }
    ending
}

fn handling(link: &Link, on_panic: OnPanic) -> Handling {
    Handling {
        fate: Fate::Sent,
        encode: true,
        on_panic,
        ranks: link.size(),
        bundle: 1,
        prompt: true,
    }
}

/// Asks for chunks, and reports them.
struct WorkerRole<'a> {
    work: &'a dyn Work,
    /// Takes a chunk that was ordered, its items where they were sent, and before which iteration all are finished.
    push: &'a dyn Fn(Range<u64>, Option<Encoded>, u64),
    /// The compute threads of this rank.
    threads: usize,
    worker: Worker,
    /// Whether it asks for nothing yet.
    begins: bool,
    /// Whether the master expects no signs of life, as this thread runs the user's code.
    excused: bool,
    /// So many iterations were run here, which took so long.
    iterations: u64,
    cost: Cost,
}

impl<'a> WorkerRole<'a> {
    fn new(
        link: &Link,
        work: &'a dyn Work,
        push: &'a dyn Fn(Range<u64>, Option<Encoded>, u64),
        threads: usize,
        is_brief: bool,
    ) -> Self {
        Self {
            work,
            push,
            threads,
            worker: Worker::new(threads, link.round_trip()),
            begins: is_brief,
            excused: false,
            iterations: 0,
            cost: Cost::default(),
        }
    }

    /// Runs it to the end of the loop.
    fn run(mut self, link: &Link, beside: Beside<'_>) -> Ending {
        let soon = self.begins.then(|| brief::begin(link, &mut self)).flatten();
        let verdict = soon.unwrap_or_else(|| {
            self.begins = false;
            event_loop::run_beside(link, self.work.chunks(), beside, &mut self)
        });
        Ending {
            iterations: self.iterations,
            cost: self.cost,
            ..verdict.into()
        }
    }
}

impl Role for WorkerRole<'_> {
    type End = Verdict;

    fn owes(&self) -> bool {
        self.worker.is_busy() && !self.excused
    }

    fn turn(&mut self, link: &Link, slept: Duration) -> Turn<Verdict> {
        let Self { work, worker, .. } = self;
        let tray = work.tray();
        let mut idle = true;
        while let Some(message) = link.receive(Some(MASTER), Tag::Order) {
            idle = false;
            match decode_message(&message.body) {
                Order::Run {
                    chunk,
                    reserve,
                    waited,
                    shipped,
                    settled,
                } => {
                    worker.receive(now(), reserve, waited);
                    let items = shipped.zip(message.attachments.into_iter().next());
                    let items = items.map(|(format, bytes)| Encoded {
                        format,
                        bytes: bytes.to_vec(),
                    });
                    (self.push)(chunk, items, settled);
                }
                Order::Until { iteration } => work.chunks().until(iteration),
                Order::Stop(verdict) => {
                    link.keep_round_trip(worker.round_trip());
                    return Turn::Over(verdict);
                }
            }
        }
        if self.begins {
            return Turn::Idle(Pace::Hot);
        }
        if tray.are_missing(self.threads, slept) {
            if worker.is_busy() && !mem::replace(&mut self.excused, true) {
                link.excuse_itself();
            }
            if work.step() {
                idle = false;
            }
        }
        for done in tray.take_done() {
            idle = false;
            worker.finish();
            self.iterations += done.finished.iterations();
            self.cost.add(done.finished.cost);
            report(link, done, worker.ask(now()));
        }
        let wants = worker.ask(now());
        if wants.chunks > 0 {
            idle = false;
            request(link, None, wants, None, Vec::new());
        }
        if idle {
            Turn::Idle(worker.pace())
        } else {
            Turn::Heard
        }
    }
}

impl Begin for WorkerRole<'_> {
    const TIME: Duration = brief::WAIT;

    fn needs_threads(&self) -> bool {
        true
    }
}
