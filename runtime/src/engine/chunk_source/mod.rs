//! Where the compute threads of a rank get their chunks from: a manager ([`managed`]), the master's orders
//! ([`ordered`]), or the main thread, which iterates ([`fed`]).

mod audit;
mod fed;
mod grant;
mod managed;
mod ordered;
mod queue;
mod supply;
mod verification;

use std::cell::OnceCell;
use std::ops::Range;
use std::time::{Duration, Instant};

pub(super) use fed::{FedChunks, Feeder};
pub(super) use grant::{Grant, Granted};
pub(crate) use managed::{Checks, Managed, ManagedChunks};
pub(super) use ordered::{OrderedChunks, open};
pub(super) use verification::Verified;

use crate::base::panicking;
use crate::base::thread_context;
use crate::loop_parts::items::{ItemSource, Limit, Panic, Taken};
use crate::protocol::message::Halt;

/// A chunk with its items, or how its items failed.
pub(crate) type Assignment<I> = (Range<u64>, Result<Taken<I>, Panic>);

/// See the module.
pub(crate) trait ChunkSource: Chunks {
    /// What a chunk's items come from.
    type Iter;

    /// The next chunk for a thread of this rank. `None` says that there will be none, or, unless
    /// it may `wait`, that there is none now.
    fn next(&self, wait: bool) -> Option<Assignment<Self::Iter>>;
}

/// Chunks whose items may be of any type.
pub(crate) trait Chunks {
    /// A chunk of this rank has come back.
    fn finish(&self, chunk: &Range<u64>, nanos: u64);

    /// A chunk of this rank is handed back: its iteration panicked, and may run again on another rank.
    fn fail(&self, chunk: &Range<u64>, halt: Halt);

    /// An iteration of this rank ends the loop.
    fn stop_at(&self, halt: Halt);

    /// An iteration of another rank ends the loop, or an earlier one does.
    fn until(&self, iteration: u64);

    /// How far this rank still goes.
    fn limit(&self) -> &Limit;

    /// Hands out nothing more.
    fn close(&self);
}

/// For how long items are made before those that there are run.
const MAKING: Duration = Duration::from_micros(500);

/// Says when items have been made for long since it was asked for the first time: most chunks never ask.
pub(super) fn overdue() -> impl Fn() -> bool {
    let begun = OnceCell::new();
    move || begun.get_or_init(Instant::now).elapsed() > MAKING
}

/// Takes items; a panic of what is done beside making them counts as one of the first.
pub(super) fn take<T>(iteration: u64, take: impl FnOnce() -> T) -> Result<T, Panic> {
    let _upkeep = thread_context::enter_upkeep();
    panicking::catch(take).map_err(|report| Panic { iteration, report })
}

/// After the last iteration; a panic of the user's iterator is told of by the rank that needs the item.
pub(super) fn exhaust(source: &mut impl ItemSource) {
    let _upkeep = thread_context::enter_upkeep();
    let _ = panicking::catch(|| source.exhaust());
}
