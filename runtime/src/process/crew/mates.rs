//! The compute threads that belong to one thread of the user's. They wait between its loops, and end
//! with it.

use std::cell::RefCell;
use std::hint;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;
use std::time::{Duration, Instant};

use super::lend::Loan;
use super::stack;
use crate::base::thread_context::{Identity, become_compute_thread};

/// A compute thread, as the one that it belongs to sees it. It ends when this is dropped.
pub(super) struct Mate(Arc<Seat>);

/// So long a thread that has come back looks for the next loan before it sleeps: waking it takes as long.
const ALERT: Duration = Duration::from_micros(50);

/// Where a compute thread waits.
#[derive(Default)]
struct Seat {
    state: Mutex<State>,
    bell: Condvar,
    /// How many loans there were. Changed under the lock.
    given: AtomicU64,
}

#[derive(Default)]
struct State {
    loan: Option<Loan>,
    held_up: bool,
    dismissed: bool,
}

/// All of one thread's.
struct Mates {
    identity: Arc<Identity>,
    stack: usize,
    all: Vec<Mate>,
}

thread_local! {
    static MATES: RefCell<Option<Mates>> = const { RefCell::new(None) };
}

/// Does something with so many compute threads of the present thread's.
///
/// # Panics
/// Panics where the system refuses to start them.
pub(super) fn with<R>(
    identity: &Arc<Identity>,
    threads: usize,
    work: impl FnOnce(&[Mate]) -> R,
) -> R {
    let stack = stack::needed();
    let mut mates = MATES
        .try_with(RefCell::take)
        .ok()
        .flatten()
        .filter(|mates| mates.fit(identity, stack))
        .unwrap_or_else(|| Mates {
            identity: Arc::clone(identity),
            stack,
            all: Vec::new(),
        });
    mates.grow(threads);
    let result = work(&mates.all[..threads]);
    // Those of a thread that is ending go home.
    let _ = MATES.try_with(|kept| kept.replace(Some(mates)));
    result
}

impl Mates {
    fn fit(&self, identity: &Arc<Identity>, stack: usize) -> bool {
        Arc::ptr_eq(&self.identity, identity) && self.stack >= stack
    }

    fn grow(&mut self, threads: usize) {
        for index in self.all.len()..threads {
            self.all.push(Mate::new(index, self.stack, &self.identity));
        }
    }
}

impl Mate {
    fn new(index: usize, stack: usize, identity: &Arc<Identity>) -> Self {
        let (seat, identity) = (Arc::<Seat>::default(), Arc::clone(identity));
        let mate = Self(Arc::clone(&seat));
        Builder::new()
            .name(format!("parallel-for {index}"))
            .stack_size(stack)
            .spawn(move || {
                become_compute_thread(identity);
                while let Some((loan, number)) = seat.wait() {
                    loan.run();
                    seat.stay_alert(number);
                }
            })
            .unwrap_or_else(|error| {
                panic!(
                    "compute thread {index} can't be started, with {} MiB of stack: {error}",
                    stack >> 20
                )
            });
        mate
    }

    /// The thread runs it as soon as it can.
    pub(super) fn give(&self, loan: Loan) {
        let mut state = self.0.lock();
        let before = state.loan.replace(loan);
        self.0.given.fetch_add(1, Ordering::Release);
        drop(state);
        debug_assert!(before.is_none(), "a thread has one loan at a time");
        self.0.bell.notify_one();
    }

    /// Whether it is still waiting for a lock that it needs before a loan.
    pub(super) fn is_held_up(&self) -> bool {
        self.0.lock().held_up
    }

    /// The loan, if the thread has not begun with it.
    pub(super) fn take_back(&self) -> Option<Loan> {
        self.0.lock().loan.take()
    }
}

impl Drop for Mate {
    fn drop(&mut self) {
        self.0.lock().dismissed = true;
        self.0.bell.notify_one();
    }
}

impl Seat {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns when there is a loan after this one, or after a moment.
    fn stay_alert(&self, number: u64) {
        let since = Instant::now();
        while self.given.load(Ordering::Acquire) == number && since.elapsed() < ALERT {
            hint::spin_loop();
        }
    }

    /// The next loan and its number; `None` when there will be none. A loan is left alone while anybody else holds the
    /// locks of the standard streams.
    fn wait(&self) -> Option<(Loan, u64)> {
        let mut state = self.lock();
        let mut seen = 0;
        loop {
            if state.loan.is_some() {
                let given = self.given.load(Ordering::Acquire);
                if seen == given {
                    return state.loan.take().map(|loan| (loan, given));
                }
                (seen, state.held_up) = (given, true);
                drop(state);
                // If it is the lender who holds one around its loop, a body that prints would wait until
                // the loop is over.
                drop((io::stdout().lock(), io::stderr().lock()));
                state = self.lock();
                state.held_up = false;
                continue;
            }
            if state.dismissed {
                return None;
            }
            state = self
                .bell
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}
