//! A loop, or its beginning, on the present thread of the only rank: where that rank has no other threads, where the
//! loop is likely to be over before others would have come, and where it was found to be slower on several.
//!
//! Invariant: what a chunk wrote is in the outputs before the next chunk begins, so that whatever is left can be run
//! in any other way.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use super::absorb::absorb_part;
use super::chunk::{Ran, run_chunk};
use super::chunk_source::{exhaust, overdue, take};
use super::tries::Tries;
use super::{Ending, Plan, panicked};
use crate::base::usage::most_files;
use crate::loop_parts::gather::{Blanks as _, Filled, Former, Output};
use crate::loop_parts::items::{Chunk, Cost, ItemSource, Limit, Next, Panic, Prefetch};
use crate::loop_parts::on_error::{Mishap, OnPanic};
use crate::loop_parts::schedule::{Length, Pace, Paces};
use crate::protocol::message::{Cause, Halt, Verdict};
use crate::transport::link::Link;

/// What was run of a loop that goes on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Begun {
    pub(super) iterations: u64,
    pub(super) cost: Cost,
    /// Where it is to be compared with that of all threads.
    pub(super) pace: Option<Pace>,
}

/// The present thread against all of them.
struct Race {
    rival: Pace,
    /// From when on it counts, and what was run by then: at first, not even the memory is at hand.
    since: (Instant, Begun),
    warm: bool,
    pace: Option<Pace>,
}

/// For so long it goes on before anybody is ahead.
const RACE: Duration = BRIEF.saturating_mul(2);

impl Race {
    fn against(rival: Pace) -> Self {
        Self {
            rival,
            since: (Instant::now(), Begun::default()),
            warm: false,
            pace: None,
        }
    }

    /// Whether what was run so far speaks for the present thread, or for nobody.
    fn is_ahead(&mut self, begun: &Begun) -> bool {
        if !self.warm {
            (self.since, self.warm) = ((Instant::now(), *begun), true);
            return true;
        }
        let wall = self.since.0.elapsed();
        if wall < RACE {
            return true;
        }
        self.pace = self.pace_of(begun, wall);
        self.pace.is_some_and(|pace| pace.beats(self.rival))
    }

    /// The pace of a loop that was run to its end.
    fn over(self, begun: &Begun) -> Option<Pace> {
        self.pace
            .or_else(|| self.pace_of(begun, self.since.0.elapsed()))
    }

    fn pace_of(&self, begun: &Begun, wall: Duration) -> Option<Pace> {
        let before = &self.since.1;
        let busy = begun.cost.nanos - before.cost.nanos;
        Pace::of(begun.iterations - before.iterations, wall, busy)
    }
}

/// For so long a loop is run here before other threads are woken: that costs as much.
pub(crate) const BRIEF: Duration = Duration::from_micros(50);

/// A chunk is so many times as long as the one before, while chunks are short: one that turns out to be long takes
/// little from other threads, and what it wrote is at hand when it is added to the outputs.
const GROWTH: u64 = 8;
const SHORT: Duration = Duration::from_micros(25);

/// So many times less than [`BRIEF`] passes before anybody looks at how long iterations take, if they take as long as those
/// before: about as long as two looks take.
const BLIND: u64 = 160;

/// How many iterations that is, where so many have taken so long.
fn blind(iterations: u64, nanos: u64) -> u64 {
    let time = u64::try_from(BRIEF.as_nanos()).unwrap_or(u64::MAX) / BLIND;
    iterations.saturating_mul(time) / nanos.max(1)
}

/// Runs all of a loop.
pub(crate) fn run_alone<S, O, F>(
    link: &Link,
    plan: &Plan,
    source: S,
    body: F,
    outputs: &mut O,
) -> Ending
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
{
    match run(
        link,
        plan,
        &mut OnThread::new(plan, source, body, outputs),
        None,
    ) {
        ControlFlow::Break(ending) => ending,
        ControlFlow::Continue(_) => unreachable!("time is not limited"),
    }
}

/// A loop that is run chunk by chunk, whatever its types.
pub(super) trait Steps {
    fn length(&self) -> Length;

    /// Whether what a limit of time leaves over can be run by others.
    fn gives_back(&self) -> bool;

    /// Runs the next chunk, of so many iterations at most; says what comes behind it.
    fn step(&mut self, here: &mut Here<'_>, length: u64, limit: Limit) -> Result<Next, Box<Halt>>;

    /// The loop has run to its end.
    fn exhaust(&mut self);
}

/// Runs a loop from its first iteration: all of it, or as much as there is time for.
pub(super) fn run(
    link: &Link,
    plan: &Plan,
    steps: &mut dyn Steps,
    time: Option<Duration>,
) -> ControlFlow<Ending, Begun> {
    let mut here = Here {
        link,
        on_panic: plan.on_panic(),
        begun: Begun::default(),
        mishaps: Vec::new(),
    };
    let mut race = plan.rival.map(Race::against);
    let fixed = plan.schedule.chunk();
    // What is not over in time is for others.
    let gives_back = steps.gives_back();
    let mut length = match fixed {
        Some(fixed) => fixed,
        None if gives_back || time.is_none() => plan.brief.unwrap_or(1).max(1),
        None => 1,
    };
    let verdict = loop {
        let before = here.begun;
        if steps.length().is_over(before.iterations) {
            break Verdict::Complete;
        }
        let blind = match before.iterations {
            0 => plan.brief.unwrap_or(0) / (BLIND / 2),
            known => blind(known, before.cost.nanos),
        };
        let limit = Limit::of_time(time.filter(|_| gives_back && fixed.is_none())).after(blind);
        match steps.step(&mut here, length, limit) {
            Err(halt) => break Verdict::Halted(halt),
            Ok(Next::More) => {}
            Ok(_) => break Verdict::Complete,
        }
        let spent = here.begun.cost.nanos;
        if time.is_some_and(|time| Duration::from_nanos(spent) > time) {
            let ahead = race.as_mut().is_some_and(|race| race.is_ahead(&here.begun));
            if !ahead {
                here.begun.pace = race.and_then(|race| race.pace);
                return ControlFlow::Continue(here.begun);
            }
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
        steps.exhaust();
    }
    let pace = race.and_then(|race| race.over(&here.begun));
    let Begun {
        iterations, cost, ..
    } = here.begun;
    ControlFlow::Break(Ending {
        iterations,
        cost,
        mishaps: here.mishaps,
        paces: Paces {
            alone: pace,
            shared: None,
        },
        ..verdict.into()
    })
}

/// What was run so far, and on which rank.
pub(super) struct Here<'a> {
    link: &'a Link,
    on_panic: OnPanic,
    begun: Begun,
    /// Iterations that panicked, and did not simply end the loop.
    mishaps: Vec<Mishap>,
}

impl Here<'_> {
    fn had(&mut self, mishap: Option<Box<Mishap>>) {
        self.link.observers().tell_mishap(mishap.as_deref());
        self.mishaps.extend(mishap.map(|mishap| *mishap));
    }

    fn panicked(&self, panic: Panic) -> Halt {
        panicked(panic, self.link.identity())
    }
}

/// A loop on the present thread, of which others may run what is left.
pub(super) struct OnThread<'a, S, O: Output, F> {
    source: S,
    body: F,
    outputs: &'a mut O,
    blanks: O::Blanks,
}

impl<'a, S: ItemSource, O: Output, F> OnThread<'a, S, O, F> {
    pub(super) fn new(plan: &Plan, source: S, body: F, outputs: &'a mut O) -> Self {
        let mut blanks = outputs.blanks(source.length());
        if !plan.on_error.goes_on() {
            blanks.keep_former(&Former::None);
        }
        Self {
            source,
            body,
            outputs,
            blanks,
        }
    }

    /// What others need for the rest of the loop.
    pub(super) fn for_others(mut self, former: &Former) -> (S, F, &'a mut O, O::Blanks) {
        self.blanks.keep_former(former);
        (self.source, self.body, self.outputs, self.blanks)
    }
}

impl<S, O, F> Steps for OnThread<'_, S, O, F>
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
{
    fn length(&self) -> Length {
        self.source.length()
    }

    fn gives_back(&self) -> bool {
        self.source.takes_again() && O::Blanks::DIVISIBLE
    }

    fn step(&mut self, here: &mut Here<'_>, length: u64, limit: Limit) -> Result<Next, Box<Halt>> {
        let (link, start) = (here.link, here.begun.iterations);
        let (on, observers) = (link.identity(), link.observers());
        let taken = take(start, || {
            self.source.release(start);
            let overdue = overdue();
            let prefetch = Prefetch::share(1, most_files(), &overdue);
            let range = start..start.saturating_add(length);
            self.source.take(range, false, &prefetch)
        });
        let taken = taken.map_err(|panic| here.panicked(panic))?;
        let length = taken.length;
        let chunk = start..start + length;
        let (seen, mut filled) = ((on.rank, observers), None);
        let tries = Tries::of(here.on_panic, length, on);
        let (yielded, mishap) = tries.run(taken, |taken| {
            let mut part = self.blanks.blank(&chunk);
            self.outputs.go_on(&mut part);
            let limit = limit.clone();
            run_chunk(&self.body, &chunk, part, taken, limit, seen, &mut filled)
        });
        here.had(mishap);
        here.begun.cost.add(yielded.cost);
        let (end, ended) = match yielded.ran {
            Ran::Failed(panic) | Ran::Panicked(panic) => return Err(here.panicked(panic).into()),
            Ran::Skipped => (start + length, Ok(yielded.next)),
            Ran::Left { iteration } => {
                let halt = Halt::on(on, iteration, Cause::Left);
                (iteration, Err(Box::new(halt)))
            }
            Ran::Through { iterations } => {
                let next = match (iterations, length) {
                    (0, _) => Next::End,
                    (ran, taken) if ran < taken => Next::More,
                    _ => yielded.next,
                };
                (start + iterations, Ok(next))
            }
        };
        here.begun.iterations = end;
        if let Some(filled) = &mut filled {
            let part = filled.part_mut();
            absorb_part(&(start..end), part, self.outputs, on, observers)?;
        }
        // Keeping it takes memory, which a loop that is over needs no more.
        if ended == Ok(Next::More)
            && !self.source.length().is_over(end)
            && let Some(filled) = filled
        {
            self.blanks.reuse(filled.part());
        }
        ended
    }

    fn exhaust(&mut self) {
        exhaust(&mut self.source);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_looks_while_a_look_would_take_longer() {
        assert_eq!(blind(1000, 1300), 240);
        assert_eq!(blind(10, 1_000_000), 0);
        assert_eq!(blind(0, 0), 0);
        assert_eq!(blind(u64::MAX, u64::MAX), 1);
    }
}
