//! Where the present thread is: which rank it belongs to, and whether it runs a loop's body, or other
//! code of the user's that a loop needs.
//!
//! Invariants: a thread that runs bodies knows its rank without touching the fabric, which only the
//! rank's main thread may use. Code that not every rank runs at the same point of the program (bodies,
//! iterators, what puts results together, serde) makes no calls that need the other ranks.

use std::cell::{Cell, RefCell};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

/// One rank as it is shown to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The rank's number, from 0.
    pub(crate) rank: usize,
    /// How many ranks there are.
    pub(crate) size: usize,
    /// The name of the machine it runs on.
    pub(crate) host: String,
}

/// Whose code the present thread runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Running {
    /// The program's own, which every rank runs.
    Program,
    /// An iteration, which one rank runs.
    Body,
    /// What some ranks run for a loop, at times of their own: they make items, compare keys, write and
    /// read values.
    Upkeep,
}

thread_local! {
    static RUNNING: Cell<Running> = const { Cell::new(Running::Program) };
    /// Whether each rank runs the loop at hand by itself.
    static ALIKE: Cell<bool> = const { Cell::new(false) };
    static IDENTITY: RefCell<Option<Arc<Identity>>> = const { RefCell::new(None) };
}

/// The number of the present thread in its process, in the order in which threads asked.
pub(crate) fn number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    thread_local! {
        static NUMBER: u32 = NEXT.fetch_add(1, Ordering::Relaxed);
    }
    NUMBER.try_with(|&number| number).unwrap_or(u32::MAX)
}

/// What each compute thread does first, where there is something to do.
static FIRST_OF_ALL: OnceLock<fn()> = OnceLock::new();

/// From now on, each new compute thread does this first.
#[allow(dead_code, reason = "only libraries that have ranks need it")]
pub(crate) fn compute_threads_begin_with(first: fn()) {
    FIRST_OF_ALL.get_or_init(|| first);
}

/// Makes the present thread one that runs bodies for the rest of its life.
pub(crate) fn become_compute_thread(identity: Arc<Identity>) {
    if let Some(first) = FIRST_OF_ALL.get() {
        first();
    }
    RUNNING.set(Running::Upkeep);
    IDENTITY.set(Some(identity));
}

/// Whether the present thread runs a loop's body, or upkeep: the other ranks can't be reached then.
pub(crate) fn in_body() -> bool {
    RUNNING.get() != Running::Program
}

/// Whether what the present thread runs is an iteration that no other rank runs.
pub(crate) fn runs_once() -> bool {
    RUNNING.get() == Running::Body && !ALIKE.get()
}

/// The rank that the present compute thread belongs to; `None` on other threads.
pub(crate) fn identity() -> Option<Arc<Identity>> {
    // A thread that is ending has lost it, and is none that runs bodies.
    IDENTITY
        .try_with(|identity| identity.borrow().clone())
        .ok()
        .flatten()
}

/// Marks the present thread as running a body until the value is dropped.
pub(crate) fn enter_body() -> InBody {
    enter(Running::Body)
}

/// The same for an iteration that each rank runs by itself.
pub(crate) fn enter_body_of_each_rank() -> InBody {
    let body = enter_body();
    ALIKE.set(true);
    body
}

/// Marks the present thread as running a loop's upkeep until the value is dropped. In a body that is
/// part of the body.
pub(crate) fn enter_upkeep() -> InBody {
    match RUNNING.get() {
        Running::Body => enter(Running::Body),
        Running::Program | Running::Upkeep => enter(Running::Upkeep),
    }
}

/// The same for a loop that so many ranks run together.
pub(crate) fn enter_loop(ranks: usize) -> InBody {
    let upkeep = enter_upkeep();
    ALIKE.set(ranks == 1);
    upkeep
}

fn enter(running: Running) -> InBody {
    InBody {
        before: RUNNING.replace(running),
        alike: ALIKE.get(),
    }
}

/// See [`enter_body`].
#[derive(Debug)]
pub(crate) struct InBody {
    before: Running,
    alike: bool,
}

impl Drop for InBody {
    fn drop(&mut self) {
        RUNNING.set(self.before);
        ALIKE.set(self.alike);
    }
}
