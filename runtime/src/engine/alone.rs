//! A loop, or its beginning, on the present thread of the only rank: where that rank has no other threads, and
//! where the loop is likely to be over before others would have come.
//!
//! Invariant: what a chunk wrote is in the outputs before the next chunk begins, so that whatever is left can be run
//! in any other way.

use std::ops::ControlFlow;
use std::time::Duration;

use super::absorb::absorb_part;
use super::chunk::{Ran, run_chunk};
use super::chunk_source::{exhaust, overdue, take};
use super::{Ending, Plan, panicked};
use crate::base::usage::most_files;
use crate::loop_parts::gather::{Blanks as _, Filled, Output};
use crate::loop_parts::items::{Chunk, Cost, ItemSource, Limit, Next, Prefetch};
use crate::protocol::message::{Cause, Halt, Verdict};
use crate::transport::link::Link;

/// What was run of a loop that goes on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Begun {
    pub(super) iterations: u64,
    pub(super) cost: Cost,
}

/// For so long a loop is run here before other threads are woken: that costs as much.
pub(crate) const BRIEF: Duration = Duration::from_micros(50);

/// A chunk is so many times as long as the one before, while chunks are short: one that turns out to be long takes
/// little from other threads, and what it wrote is at hand when it is added to the outputs.
const GROWTH: u64 = 8;
const SHORT: Duration = Duration::from_micros(25);

/// Runs all of a loop.
pub(crate) fn run_alone<S, O, F>(
    link: &Link,
    plan: &Plan,
    mut source: S,
    body: F,
    outputs: &mut O,
) -> Ending
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
{
    let mut blanks = outputs.blanks();
    let outputs = (outputs, &mut blanks);
    match run(link, plan, &mut source, &body, outputs, None) {
        ControlFlow::Break(ending) => ending,
        ControlFlow::Continue(_) => unreachable!("time is not limited"),
    }
}

/// Runs a loop from its first iteration: all of it, or as much as there is time for.
pub(super) fn run<S, O, F>(
    link: &Link,
    plan: &Plan,
    source: &mut S,
    body: &F,
    (outputs, blanks): (&mut O, &mut O::Blanks),
    time: Option<Duration>,
) -> ControlFlow<Ending, Begun>
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
{
    let mut here = Here {
        link,
        begun: Begun::default(),
    };
    let fixed = plan.schedule.chunk();
    // What is not over in time is for others.
    let gives_back = source.takes_again() && O::Blanks::ALIKE;
    let mut length = match fixed {
        Some(fixed) => fixed,
        None if gives_back || time.is_none() => plan.brief.unwrap_or(1).max(1),
        None => 1,
    };
    let verdict = loop {
        let before = here.begun;
        if source.length().is_over(before.iterations) {
            break Verdict::Complete;
        }
        let limit = Limit::of_time(time.filter(|_| gives_back && fixed.is_none()));
        match here.step(source, body, (outputs, blanks), length, limit) {
            Err(halt) => break Verdict::Halted(halt),
            Ok(Next::More) => {}
            Ok(_) => break Verdict::Complete,
        }
        let spent = here.begun.cost.nanos;
        if time.is_some_and(|time| Duration::from_nanos(spent) > time) {
            return ControlFlow::Continue(here.begun);
        }
        let took = Duration::from_nanos(spent - before.cost.nanos);
        length = if let Some(fixed) = fixed {
            fixed
        } else if took < SHORT {
            length.saturating_mul(GROWTH)
        } else if took > 4 * SHORT {
            (length / 2).max(1)
        } else {
            length
        };
    };
    if verdict == Verdict::Complete {
        exhaust(source);
    }
    let Begun { iterations, cost } = here.begun;
    ControlFlow::Break(Ending {
        iterations,
        cost,
        ..verdict.into()
    })
}

/// What was run so far, and with what.
struct Here<'a> {
    link: &'a Link,
    begun: Begun,
}

impl Here<'_> {
    /// Runs the next chunk, of so many iterations at most; says what comes behind it.
    fn step<S, O, F>(
        &mut self,
        source: &mut S,
        body: &F,
        (outputs, blanks): (&mut O, &mut O::Blanks),
        length: u64,
        limit: Limit,
    ) -> Result<Next, Halt>
    where
        S: ItemSource,
        O: Output,
        F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    {
        let (link, start) = (self.link, self.begun.iterations);
        let on = link.identity();
        let taken = take(start, || {
            source.release(start);
            let overdue = overdue();
            let prefetch = Prefetch::share(1, most_files(), &overdue);
            source.take(start..start.saturating_add(length), false, &prefetch)
        });
        let mut taken = taken.map_err(|panic| panicked(panic, on))?;
        let next = std::mem::replace(&mut taken.next, Next::More);
        let length = taken.length;
        let chunk = start..start + taken.length;
        let observers = link.observers();
        let part = blanks.blank(&chunk);
        let (ran, cost) = run_chunk(body, &chunk, part, taken, limit, link.rank(), observers);
        self.begun.cost.add(cost);
        match (ran, next) {
            (Ran::Panicked(panic), _) | (Ran::Through { .. }, Next::Panic(panic)) => {
                Err(panicked(panic, on))
            }
            (
                Ran::Through {
                    iterations, part, ..
                },
                next,
            ) => {
                let chunk = chunk.start..chunk.start + iterations;
                self.begun.iterations = chunk.end;
                blanks.reuse(absorb_part(&chunk, part, outputs, on, observers)?);
                Ok(match (iterations, length) {
                    (0, _) => Next::End,
                    (ran, taken) if ran < taken => Next::More,
                    _ => next,
                })
            }
            (
                Ran::Left {
                    iteration, part, ..
                },
                _,
            ) => {
                self.begun.iterations = iteration;
                absorb_part(&(start..iteration), part, outputs, on, observers)?;
                Err(Halt::on(on, iteration, Cause::Left))
            }
        }
    }
}
