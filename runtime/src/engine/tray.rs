//! Where the compute threads of a rank hand in what they have done, and how many of them are at work.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::EncodedParts;
use super::arrivals::Arrivals;
use super::shelf::Ticket;
use crate::base::thread_context::Identity;
use crate::base::wait::Waker;
use crate::base::whereabouts::{self, Place};
use crate::loop_parts::on_error::OnPanic;
use crate::observe::Observers;
use crate::protocol::message::Finished;
use crate::transport::link::Link;

/// So many bytes that a journal is to keep may be handed in before the main thread has dealt with them.
const FAR: usize = 16 << 20;

/// Nobody waits longer for it: it may have another reason than a slow disk.
const PATIENCE: Duration = Duration::from_secs(1);

/// Threads that can come have come by then.
const COMING: Duration = Duration::from_millis(100);

/// See the module.
#[derive(Debug)]
pub(crate) struct Tray {
    pub(super) handling: Handling,
    done: Mutex<Vec<Done>>,
    /// How many bytes were handed in for a journal and are not dealt with.
    behind: AtomicUsize,
    /// What other ranks have handed in.
    pub(super) arrivals: Arrivals,
    /// Threads that have begun and not come back yet.
    at_work: AtomicUsize,
    lost: AtomicBool,
    /// Whether any thread has begun.
    begun: AtomicBool,
    /// Whether none did for long.
    deserted: AtomicBool,
    pub(super) identity: Arc<Identity>,
    /// The call that the loop is.
    pub(super) place: Option<&'static Place>,
    waker: Arc<Waker>,
    pub(super) observers: Observers,
}

/// Who needs parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Another rank alone.
    Sent,
    /// This one.
    Kept,
    /// This one, and a journal: who hands in too fast for it waits.
    Recorded,
}

/// What happens to the parts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handling {
    pub(crate) fate: Fate,
    /// They travel.
    pub(crate) encode: bool,
    pub(crate) on_panic: OnPanic,
    /// So many ranks run the loop.
    pub(crate) ranks: usize,
    /// So many chunks are handed in together.
    pub(crate) bundle: usize,
    /// The main thread has to do something for the next chunk; otherwise it looks by itself.
    pub(crate) prompt: bool,
}

/// What a thread hands in.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) finished: Finished,
    pub(crate) parts: Vec<Ticket>,
    pub(crate) encoded: Option<EncodedParts>,
}

impl Tray {
    pub(super) fn new(link: &Link, handling: Handling) -> Self {
        Self {
            handling,
            done: Mutex::default(),
            behind: AtomicUsize::new(0),
            arrivals: Arrivals::default(),
            at_work: AtomicUsize::new(0),
            lost: AtomicBool::new(false),
            begun: AtomicBool::new(false),
            deserted: AtomicBool::new(false),
            identity: Arc::clone(link.identity()),
            place: whereabouts::place(),
            waker: Arc::clone(link.waker()),
            observers: link.observers().clone(),
        }
    }

    /// Whether the present thread has to run chunks: there is no other one, or none has come for long, as
    /// it waits for a lock that this one holds. So long has this one `slept`.
    pub(super) fn are_missing(&self, threads: usize, slept: Duration) -> bool {
        if threads == 0 {
            return true;
        }
        if self.begun.load(Ordering::Relaxed) {
            return false;
        }
        if slept > COMING {
            self.deserted.store(true, Ordering::Relaxed);
        }
        self.deserted.load(Ordering::Relaxed)
    }

    /// The threads are not likely to come.
    pub(super) fn expect_nobody(&self) {
        self.deserted.store(true, Ordering::Relaxed);
    }

    /// Whether all threads that have begun are back. Asked after the source had nothing more to hand out,
    /// this says that all has been handed in.
    pub(super) fn are_back(&self) -> bool {
        self.at_work.load(Ordering::SeqCst) == 0
    }

    /// Whether threads have begun, and all of them found nothing more to run.
    pub(super) fn is_through(&self) -> bool {
        self.begun.load(Ordering::Relaxed) && self.are_back()
    }

    /// What was handed in since the last call.
    ///
    /// # Panics
    /// Panics when a compute thread is lost, so that nobody waits for what it had in hand.
    pub(super) fn take_done(&self) -> Vec<Done> {
        assert!(
            !self.lost.load(Ordering::Acquire),
            "a compute thread is lost; it has said why"
        );
        std::mem::take(&mut *self.done.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A thread hands something in.
    pub(super) fn push(&self, done: Done) {
        self.behind
            .fetch_add(self.for_journal(&done), Ordering::Relaxed);
        self.done
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(done);
        if self.handling.prompt {
            self.waker.wake();
        }
    }

    /// So many bytes of what is handed in are for a journal.
    pub(super) fn for_journal(&self, done: &Done) -> usize {
        let is_recorded = self.handling.fate == Fate::Recorded;
        let encoded = done.encoded.as_ref().filter(|_| is_recorded);
        encoded.map_or(0, |encoded| encoded.parts.length())
    }

    /// The main thread has dealt with so many of them.
    pub(super) fn settle(&self, bytes: usize) {
        self.behind.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// Lets a compute thread wait while the main thread is far behind: it waits for the disk on which a journal lies.
    pub(super) fn wait_for_main(&self) {
        let since = Instant::now();
        while self.behind.load(Ordering::Relaxed) > FAR && since.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// A compute thread begins; it is at work until what this returns is dropped.
    pub(super) fn begin(&self) -> AtWork<'_> {
        self.begun.store(true, Ordering::Relaxed);
        self.at_work.fetch_add(1, Ordering::SeqCst);
        AtWork(self)
    }
}

/// Tells the main thread that a compute thread comes back, even if it comes by a panic of our own.
pub(super) struct AtWork<'a>(&'a Tray);

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        let Self(tray) = self;
        if thread::panicking() {
            tray.lost.store(true, Ordering::Release);
        }
        tray.at_work.fetch_sub(1, Ordering::SeqCst);
        tray.waker.wake();
    }
}
