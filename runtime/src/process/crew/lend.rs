//! Lends work that borrows to threads that live longer: what `std::thread::scope` does for threads that
//! it starts and ends.
//!
//! Invariant: [`lend`] ends, by returning or by unwinding, only when every loan is dropped, and work
//! is reached through loans alone.

use std::any::Any;
use std::hint;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::mates::Mate;

type Work<'a> = &'a (dyn Fn() + Sync + 'a);
type Payload = Box<dyn Any + Send>;

/// The right to run the work, once. Who drops it has come back.
pub(super) struct Loan {
    work: Work<'static>,
    out: Arc<Out>,
}

/// For so long the first thread works alone, where the work may be over by then: waking others costs
/// as much, and in a short loop they would only be in each other's way.
pub(crate) const BRIEF: Duration = Duration::from_micros(50);

/// By then, the first thread has begun unless the machine is busy.
const AWAKE: Duration = Duration::from_micros(200);

/// The loans that are not back yet.
#[derive(Default)]
struct Out {
    state: Mutex<State>,
    bell: Condvar,
    has_begun: AtomicBool,
}

#[derive(Default)]
struct State {
    loans: usize,
    panic: Option<Payload>,
}

/// Runs `work` on each of the threads that comes to it while the present one runs `main`; of work that
/// may be `brief`, perhaps on the first alone.
///
/// # Panics
/// Panics when `main` does, or else when `work` did on some thread, once all threads have come back.
pub(super) fn lend<R>(work: Work<'_>, brief: bool, mates: &[Mate], main: impl FnOnce() -> R) -> R {
    let out = Arc::new(Out::default());
    // SAFETY: only the lifetime changes. The reference is in loans alone, which can't be copied and
    // give it to nobody; each was counted in `out` before it left this function, and is counted as
    // back after its last use, when it is dropped. `returning` waits for all of them before `work`
    // ends its life, whether this function returns or unwinds, and is declared before any loan is
    // made. It can't be forgotten, as it never leaves this function.
    let lent = unsafe { std::mem::transmute::<Work<'_>, Work<'static>>(work) };
    let returning = Returning { out: &out, mates };
    for (index, mate) in mates.iter().enumerate() {
        if brief && index == 1 && out.are_back_soon() {
            break;
        }
        mate.give(Loan::new(lent, &out));
    }
    let result = main();
    drop(returning);
    let panic = out.lock().panic.take();
    if let Some(payload) = panic {
        panic::resume_unwind(payload);
    }
    result
}

impl Loan {
    fn new(work: Work<'static>, out: &Arc<Out>) -> Self {
        out.lock().loans += 1;
        Self {
            work,
            out: Arc::clone(out),
        }
    }

    /// Runs the work; its panic is the lender's.
    pub(super) fn run(self) {
        self.out.has_begun.store(true, Ordering::Relaxed);
        if let Err(payload) = panic::catch_unwind(AssertUnwindSafe(self.work)) {
            let mut state = self.out.lock();
            if state.panic.is_none() {
                state.panic = Some(payload);
            } else {
                // Dropping it could panic once more, and end a thread that others count on.
                std::mem::forget(payload);
            }
        }
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        let mut state = self.out.lock();
        state.loans -= 1;
        if state.loans == 0 {
            self.out.bell.notify_one();
        }
    }
}

impl Out {
    /// Whether all loans are back after a moment.
    fn are_back_soon(&self) -> bool {
        let lent = Instant::now();
        let mut begun = None;
        loop {
            if self.lock().loans == 0 {
                return true;
            }
            if self.has_begun.load(Ordering::Relaxed) {
                begun.get_or_insert_with(Instant::now);
            }
            let is_over = |begun: Instant| begun.elapsed() > BRIEF;
            if begun.map_or_else(|| lent.elapsed() > AWAKE, is_over) {
                return false;
            }
            hint::spin_loop();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for all loans when it is dropped, and takes those back that no thread has begun with.
struct Returning<'a> {
    out: &'a Out,
    mates: &'a [Mate],
}

impl Drop for Returning<'_> {
    fn drop(&mut self) {
        for mate in self.mates {
            drop(mate.take_back());
        }
        let mut state = self.out.lock();
        while state.loans > 0 {
            state = self
                .out
                .bell
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}
