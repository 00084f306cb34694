//! One chunk on one thread: the body for its items, and how that ended.

use std::ops::Range;
use std::slice;
use std::time::Instant;

use crate::base::clock::nanoseconds;
use crate::base::panicking::{self, PanicReport};
use crate::base::rank::Rank;
use crate::base::thread_context;
use crate::base::whereabouts;
use crate::loop_parts::gather::{Filled, Part};
use crate::loop_parts::items::{Chunk, Cost, Left, Limit, Next, Panic, Taken, leaving};
use crate::observe::{Event, Observers, OpenSpan};

/// How the loop over one chunk ended.
#[derive(Debug)]
pub(super) enum Ran {
    /// With its last item, or where its limit was.
    Through { iterations: u64 },
    /// An iteration left the loop; what those before it wrote counts.
    Left { iteration: u64 },
    /// The body of an iteration panicked.
    Failed(Panic),
    /// The same, and the iteration is left out.
    Skipped,
    /// Something else did.
    Panicked(Panic),
}

/// What came of a chunk.
pub(super) struct Yield {
    pub(super) ran: Ran,
    pub(super) cost: Cost,
    /// What comes behind the chunk.
    pub(super) next: Next,
}

/// Runs the body for the items of one chunk, which begins with a blank part, says what that cost, and tells who looks on.
/// What the body has `filled` is left where it need not be moved again: what counts of it, unless there was a panic.
pub(super) fn run_chunk<I, P, F>(
    body: &F,
    chunk: &Range<u64>,
    part: P,
    taken: Taken<I>,
    limit: Limit,
    (on, observers): (Rank, &Observers),
    filled: &mut Option<Filled<P>>,
) -> Yield
where
    P: Part,
    F: Fn(Chunk<I>, P) -> Filled<P>,
{
    let Taken {
        iter, length, next, ..
    } = taken;
    let mut blank = Some((iter, part, limit));
    let ended = watched(chunk, on, observers, &mut |times| {
        if let Some((iter, part, limit)) = blank.take() {
            let items = Chunk::new(iter, chunk.start, length, limit, nanoseconds, times);
            *filled = Some(body(items, part));
        }
    });
    let can_leave = filled.as_ref().is_some_and(Filled::can_leave);
    let yielded = ended.judged(chunk.start, can_leave, next);
    match yielded.ran {
        Ran::Through { .. } => {}
        Ran::Left { .. } => {
            if let Some(filled) = filled {
                filled.rewind();
            }
        }
        Ran::Failed(_) | Ran::Skipped | Ran::Panicked(_) => *filled = None,
    }
    yielded
}

/// How a loop over a chunk ended, before it is known whether it may be left.
struct Ended {
    result: Result<(), Box<PanicReport>>,
    left: Option<Left>,
    cost: Cost,
}

/// Runs the loop over a chunk; who looks on may want its iterations timed.
fn watched(
    chunk: &Range<u64>,
    on: Rank,
    observers: &Observers,
    run: &mut dyn FnMut(bool),
) -> Ended {
    observers.tell(|| Event::Started { chunk });
    let times = observers.time_iterations();
    let _in_body = thread_context::enter_body();
    let _in_chunk = whereabouts::enter_chunk(chunk);
    let span = observers.begin_span();
    let since = Instant::now();
    let (result, left) = leaving(|| panicking::catch(|| run(times)));
    let cost = Cost {
        nanos: u64::try_from(since.elapsed().as_nanos()).unwrap_or(u64::MAX),
        slowest: left.and_then(|left| left.slowest),
        span: span.map(OpenSpan::end),
    };
    let run = chunk.start..chunk.start + left.map_or(0, |left| left.begun);
    observers.tell(|| Event::Finished {
        rank: on,
        chunks: slice::from_ref(&run),
        cost,
        bytes: 0,
        memory: None,
    });
    Ended { result, left, cost }
}

impl Ended {
    /// Of a chunk with this `start`, behind which `next` comes.
    fn judged(self, start: u64, can_leave: bool, next: Next) -> Yield {
        let Self { result, left, cost } = self;
        let iterations = left.map_or(0, |left| left.begun);
        let iteration = start + iterations.saturating_sub(1);
        let early = left.is_some_and(|left| left.early);
        let ran = match (result, next) {
            (Ok(()), _) if early && can_leave => Ran::Left { iteration },
            (Ok(()), _) if early => Ran::Panicked(Panic {
                iteration,
                report: Box::new(PanicReport {
                    message: HIDDEN_BREAK.to_owned(),
                    location: None,
                    backtrace: None,
                }),
            }),
            (Err(report), next) => {
                let ran = Ran::Failed(Panic { iteration, report });
                return Yield { ran, cost, next };
            }
            // What came before the item that panicked has not left the loop.
            (Ok(()), Next::Panic(panic)) => Ran::Panicked(panic),
            (Ok(()), next) => {
                let ran = Ran::Through { iterations };
                return Yield { ran, cost, next };
            }
        };
        let next = Next::End;
        Yield { ran, cost, next }
    }
}

pub(super) const HIDDEN_BREAK: &str = "the body left the loop, by a `break` that a macro hides\n\
    help: write the `break` outside of the macro, let it say `continue` instead, or filter the items before the loop";
