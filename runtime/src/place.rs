//! Where the present thread is: which rank it belongs to, and whether it runs a loop's body.
//!
//! Invariant: a thread that runs bodies knows its rank without touching the fabric, which
//! only the rank's main thread may use.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

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

thread_local! {
    static IN_BODY: Cell<bool> = const { Cell::new(false) };
    static IDENTITY: RefCell<Option<Arc<Identity>>> = const { RefCell::new(None) };
}

/// Makes the present thread one that runs bodies for the rest of its life.
pub(crate) fn become_compute_thread(identity: Arc<Identity>) {
    IN_BODY.set(true);
    IDENTITY.set(Some(identity));
}

/// Whether the present thread runs a loop's body.
pub(crate) fn in_body() -> bool {
    IN_BODY.get()
}

/// The rank that the present compute thread belongs to; `None` on other threads.
pub(crate) fn identity() -> Option<Arc<Identity>> {
    IDENTITY.with_borrow(Clone::clone)
}

/// Marks the present thread as running a body until the value is dropped.
pub(crate) fn enter_body() -> InBody {
    InBody {
        before: IN_BODY.replace(true),
    }
}

/// See [`enter_body`].
#[derive(Debug)]
pub(crate) struct InBody {
    before: bool,
}

impl Drop for InBody {
    fn drop(&mut self) {
        IN_BODY.set(self.before);
    }
}
