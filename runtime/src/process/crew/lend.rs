//! Lends work that borrows to threads that live longer: what `std::thread::scope` does for threads that
//! it starts and ends.
//!
//! Invariant: [`lend`] ends, by returning or by unwinding, only when every loan is dropped, and work
//! is reached through loans alone.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::mates::Mate;

type Work<'a> = &'a (dyn Fn() + Sync + 'a);
type Payload = Box<dyn Any + Send>;

/// The right to run the work, once. Who drops it has come back.
pub(super) struct Loan {
    work: Work<'static>,
    out: Arc<Out>,
}

/// The loans that are not back yet.
#[derive(Default)]
struct Out {
    state: Mutex<State>,
    bell: Condvar,
}

#[derive(Default)]
struct State {
    loans: usize,
    panic: Option<Payload>,
}

/// Runs `work` on each of the threads that comes to it while the present one runs `main`.
///
/// # Panics
/// Panics when `main` does, or else when `work` did on some thread, once all threads have come back.
pub(super) fn lend<R>(work: Work<'_>, mates: &[Mate], main: impl FnOnce() -> R) -> R {
    let out = Arc::new(Out::default());
    // SAFETY: only the lifetime changes. The reference is in loans alone, which can't be copied and
    // give it to nobody; each was counted in `out` before it left this function, and is counted as
    // back after its last use, when it is dropped. `returning` waits for all of them before `work`
    // ends its life, whether this function returns or unwinds, and is declared before any loan is
    // made. It can't be forgotten, as it never leaves this function.
    let lent = unsafe { std::mem::transmute::<Work<'_>, Work<'static>>(work) };
    let returning = Returning { out: &out, mates };
    for mate in mates {
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
