//! One chunk on one thread: the body for its items, and how that ended.

use std::ops::Range;
use std::slice;
use std::time::Instant;

use crate::base::clock::nanoseconds;
use crate::base::faithful::Check;
use crate::base::panicking::{self, PanicReport};
use crate::base::rank::Rank;
use crate::base::thread_context;
use crate::loop_parts::gather::{Filled, Part};
use crate::loop_parts::items::{Chunk, Cost, Limit, Panic, Taken, leaving};
use crate::observe::{Event, Observers};

/// How the loop over one chunk ended.
#[derive(Debug)]
pub(super) enum Ran<P> {
    /// With its last item, or where its limit was.
    Through {
        iterations: u64,
        part: P,
        check: Check<P>,
    },
    /// An iteration left the loop; the part holds what those before it wrote.
    Left {
        iteration: u64,
        part: P,
        check: Check<P>,
    },
    Panicked(Panic),
}

/// Runs the body for the items of one chunk, which begins with a blank part, says what that cost, and tells who looks on.
pub(super) fn run_chunk<I, P, F>(
    body: &F,
    chunk: &Range<u64>,
    part: P,
    taken: Taken<I>,
    limit: Limit,
    on: Rank,
    observers: &Observers,
) -> (Ran<P>, Cost)
where
    P: Part,
    F: Fn(Chunk<I>, P) -> Filled<P>,
{
    let Taken { iter, length, .. } = taken;
    observers.tell(|| Event::Started { chunk });
    let times = observers.time_iterations();
    let _in_body = thread_context::enter_body();
    let since = Instant::now();
    let items = Chunk::new(iter, chunk.start, length, limit, nanoseconds, times);
    let (result, left) = leaving(|| panicking::catch(|| body(items, part)));
    let cost = Cost {
        nanos: u64::try_from(since.elapsed().as_nanos()).unwrap_or(u64::MAX),
        slowest: left.and_then(|left| left.slowest),
    };
    observers.tell(|| Event::Finished {
        rank: on,
        chunks: slice::from_ref(chunk),
        cost,
    });
    let begun = left.map_or(0, |left| left.begun);
    let iteration = chunk.start + begun.saturating_sub(1);
    let early = left.is_some_and(|left| left.early);
    let ran = match result {
        Ok(filled) if early && filled.can_leave() => Ran::Left {
            iteration,
            check: filled.check(),
            part: filled.rewound(),
        },
        Ok(_) if early => Ran::Panicked(Panic {
            iteration,
            report: PanicReport {
                message: HIDDEN_BREAK.to_owned(),
                location: None,
                backtrace: None,
            },
        }),
        Ok(filled) => Ran::Through {
            iterations: begun,
            check: filled.check(),
            part: filled.whole(),
        },
        Err(report) => Ran::Panicked(Panic { iteration, report }),
    };
    (ran, cost)
}

pub(super) const HIDDEN_BREAK: &str = "the body left the loop, by a `break` that a macro hides\n\
    help: write the `break` outside of the macro, let it say `continue` instead, or filter the items before the loop";
