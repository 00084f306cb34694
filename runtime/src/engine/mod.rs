//! Runs one loop on one rank: the only place where the protocol meets messages, clock and threads.

mod audit;
mod bundle;
mod desk;
mod feed;
mod grant;
mod hands;
mod manage;
mod office;
mod queue;
mod reception;
mod supply;
mod tray;
mod work;

use std::ops::Range;
use std::time::Instant;

pub(crate) use desk::{Checks, ManagerDesk};
pub(crate) use manage::{FeedHands, ManagerHands, manage, manage_from_main};
pub(crate) use reception::{Reception, Shares};
pub(crate) use work::{QueueHands, work, work_share};

use crate::base::faithful::Check;
use crate::base::panicking::{self, Report};
use crate::base::place::{self, Identity};
use crate::base::usage::most_files;
use crate::base::wire::{self, Encoded};
use crate::loop_parts::gather::{Filled, Output, Part, PartsInOrder};
use crate::loop_parts::items::{Ahead, Chunk, Limit, Next, Source, Taken};
use crate::loop_parts::schedule::{Schedule, Workforce};
use crate::protocol::message::{Cause, Halt, Site, Verdict};
use crate::transport::link::Link;

/// What is to be done with a loop, besides running its body.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) site: Site,
    pub(crate) schedule: Schedule,
    /// Whether every rank gets the outputs, or the master alone.
    pub(crate) everywhere: bool,
    /// Whether to compare the items that the ranks ran.
    pub(crate) checked: bool,
    pub(crate) force: Workforce,
}

impl Plan {
    /// The compute threads of one rank.
    fn threads(&self) -> usize {
        (self.force.threads / self.force.ranks).max(1)
    }

    /// How many chunks a thread hands in together: many where each is a single iteration.
    fn bundle(&self) -> usize {
        if self.schedule == Schedule::RoundRobin {
            1024
        } else {
            1
        }
    }
}

/// The parts of some chunks, as they travel.
#[derive(Clone, Debug)]
pub(crate) struct Parcel {
    pub(crate) chunks: Vec<Range<u64>>,
    pub(crate) parts: Encoded,
}

/// How a loop ended, with all parts where every rank is to have the outputs.
#[derive(Debug)]
pub(crate) struct Ending {
    pub(crate) verdict: Verdict,
    pub(crate) parcels: Vec<Parcel>,
}

impl From<Verdict> for Ending {
    fn from(verdict: Verdict) -> Self {
        Self {
            verdict,
            parcels: Vec::new(),
        }
    }
}

impl Parcel {
    /// The last chunk only goes up to this iteration, which ended the loop.
    fn until(mut chunks: Vec<Range<u64>>, parts: Encoded, iteration: u64) -> Self {
        cut(&mut chunks, iteration);
        Self { chunks, parts }
    }
}

/// Ends the last of the chunks before this iteration.
fn cut(chunks: &mut [Range<u64>], iteration: u64) {
    if let Some(last) = chunks.last_mut() {
        last.end = last.end.min(iteration);
    }
}

/// The iteration that panicked, and what it said.
#[derive(Debug)]
pub(crate) struct Stumble {
    iteration: u64,
    report: Report,
}

impl Stumble {
    fn halt(self, on: &Identity) -> Halt {
        Halt {
            iteration: self.iteration,
            rank: on.rank,
            host: on.host.clone(),
            cause: Cause::Panicked(self.report),
        }
    }
}

/// How the loop over one chunk ended.
#[derive(Debug)]
enum Ran<P> {
    /// With its last item.
    Through {
        part: P,
        check: Check<P>,
    },
    /// An iteration left the loop; the part holds what those before it wrote.
    Left {
        iteration: u64,
        part: P,
        check: Check<P>,
    },
    Stumbled(Stumble),
}

/// Runs the body for the items of one chunk. Returns its part and the nanoseconds it took.
fn run_chunk<I, P, F>(body: &F, start: u64, taken: Taken<I>, limit: Limit) -> (Ran<P>, u64)
where
    P: Part,
    F: Fn(Chunk<I>, P) -> Filled<P>,
{
    let Taken { iter, length, .. } = taken;
    let _in_body = place::enter_body();
    let begun = Instant::now();
    let chunk = Chunk::new(iter, start, length, limit);
    let (result, left) = panicking::leaving(|| panicking::catch(|| body(chunk, P::default())));
    let nanos = u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
    let iteration = start + left.map_or(0, |left| left.position);
    let early = left.is_some_and(|left| left.early);
    let ran = match result {
        Ok(filled) if early && filled.can_leave() => Ran::Left {
            iteration,
            check: filled.check(),
            part: filled.rewound(),
        },
        Ok(_) if early => Ran::Stumbled(Stumble {
            iteration,
            report: Report {
                message: HIDDEN_BREAK.to_owned(),
                location: None,
                backtrace: None,
            },
        }),
        Ok(filled) => Ran::Through {
            check: filled.check(),
            part: filled.whole(),
        },
        Err(report) => Ran::Stumbled(Stumble { iteration, report }),
    };
    (ran, nanos)
}

const HIDDEN_BREAK: &str = "the body left the loop, by a `break` that a macro hides\n\
    help: write the `break` outside of the macro, let it say `continue` instead, or filter the items before the loop";

/// Adds the parts of a parcel to those that wait for their turn.
fn unpack<O: Output>(link: &Link, parcel: &Parcel, ordered: &mut PartsInOrder<O::Part>) {
    let parts: Vec<O::Part> = match wire::decode(parcel.parts.format, &parcel.parts.bytes) {
        Ok(parts) => parts,
        Err(reason) => panic!(
            "rank {}: {reason}\nhelp: the type's `Serialize` and `Deserialize` must fit each other for every value",
            link.rank()
        ),
    };
    for (chunk, part) in parcel.chunks.iter().zip(parts) {
        ordered.insert(chunk.clone(), part);
    }
}

/// Adds to the outputs what has its turn.
///
/// # Errors
/// The halt of the iterations whose part makes the user's code panic; what follows is not added.
fn absorb<O: Output>(
    ordered: &mut PartsInOrder<O::Part>,
    outputs: &mut O,
    on: &Identity,
) -> Result<(), Halt> {
    let mut at = 0..0;
    let adding = || {
        while let Some((chunk, part)) = ordered.pop() {
            at = chunk;
            outputs.absorb(part);
        }
    };
    panicking::catch(adding).map_err(|report| Halt {
        iteration: at.start,
        rank: on.rank,
        host: on.host.clone(),
        cause: Cause::NotAdded {
            length: at.end - at.start,
            report,
        },
    })
}

/// Adds the parts of all ranks to the outputs of one that had none. Iterations beyond `until` may
/// have run, and don't count.
pub(crate) fn absorb_all<O: Output>(
    link: &Link,
    parcels: impl Iterator<Item = Parcel>,
    outputs: &mut O,
    until: Option<u64>,
    site: &Site,
) {
    let mut ordered = PartsInOrder::new();
    for parcel in parcels {
        unpack::<O>(link, &parcel, &mut ordered);
        if let Err(halt) = absorb(&mut ordered, outputs, link.identity()) {
            // Only here: the master has added the same.
            eprintln!("error: {}", halt.describe(site));
            panicking::unwind_silently(halt.into_message());
        }
    }
    assert!(
        until.map_or_else(
            || ordered.is_contiguous(),
            |until| ordered.finished() == until
        ),
        "parts are missing after iteration {}",
        ordered.finished()
    );
}

/// Runs all items on the present thread, in order, as the loop stands: for loops inside a body.
pub(crate) fn run_sequentially<S, O, F>(mut source: S, body: &F, outputs: &mut O)
where
    S: Source,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
{
    /// Iterations between two merges.
    const STRETCH: u64 = 1024;
    // Many threads may do this at the same time.
    let ahead = Ahead::share(64, most_files(), &|| false);
    let mut start = 0;
    loop {
        let Taken {
            iter, length, next, ..
        } = source.take(start..start + STRETCH, false, &ahead);
        let chunk = Chunk::new(iter, start, length, Limit::none());
        let (filled, left) = panicking::leaving(|| body(chunk, O::Part::default()));
        assert!(!left.is_some_and(|left| left.early), "{HIDDEN_BREAK}");
        if let Err(report) = panicking::catch(|| outputs.absorb(filled.whole())) {
            panicking::resume(report);
        }
        start += length;
        match next {
            Next::Panic(panic) => panicking::resume(panic.report),
            Next::End => return,
            Next::More if length == 0 => return,
            Next::More => {}
        }
    }
}
