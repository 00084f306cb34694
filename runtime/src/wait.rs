//! The one way in which this crate waits: spin briefly, then sleep for times that double.
//!
//! Invariant: nothing here or above it blocks inside a communication library, so a rank that waits
//! leaves its core to those that compute. The figures are measured: a yield beside a computing
//! thread returns after a whole time slice, a fixed sleep either burns the core or adds its length
//! to every message.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The first sleep; each further one is twice as long.
const FIRST_SLEEP: Duration = Duration::from_micros(20);
/// The longest sleep while a message is expected.
pub(crate) const MESSAGE_PATIENCE: Duration = Duration::from_millis(1);
/// The longest sleep while only other threads of this process have something to tell.
pub(crate) const LOCAL_PATIENCE: Duration = Duration::from_millis(10);
/// How long to spin before the first sleep where no thread of this rank wants the core.
pub(crate) const SPIN: Duration = Duration::from_micros(300);

/// Lets threads of this process end another one's sleep at once.
#[derive(Debug, Default)]
pub(crate) struct Waker {
    woken: Mutex<bool>,
    bell: Condvar,
}

impl Waker {
    /// Ends the present sleep, or the next one if nobody sleeps now.
    pub(crate) fn wake(&self) {
        *self.woken.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.bell.notify_one();
    }

    /// Sleeps until woken, at most `limit`; says whether it was woken.
    fn sleep(&self, limit: Duration) -> bool {
        let woken = self.woken.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut woken, _) = self
            .bell
            .wait_timeout_while(woken, limit, |woken| !*woken)
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *woken)
    }
}

/// One wait: call [`pause`](Self::pause) whenever there was nothing to do, and
/// [`reset`](Self::reset) whenever there was.
#[derive(Debug)]
pub(crate) struct Backoff {
    spin: Duration,
    idle_since: Option<Instant>,
    next_sleep: Duration,
}

impl Backoff {
    /// A wait that spins for `spin` before it sleeps.
    pub(crate) fn new(spin: Duration) -> Self {
        Self {
            spin,
            idle_since: None,
            next_sleep: FIRST_SLEEP,
        }
    }

    /// Something happened: the next pause is a short one again.
    pub(crate) fn reset(&mut self) {
        self.idle_since = None;
        self.next_sleep = FIRST_SLEEP;
    }

    /// Waits a moment, at most `patience`, or until `waker` is woken.
    pub(crate) fn pause(&mut self, waker: &Waker, patience: Duration) {
        if !self.spin.is_zero() {
            let idle_since = *self.idle_since.get_or_insert_with(Instant::now);
            if idle_since.elapsed() < self.spin {
                std::hint::spin_loop();
                return;
            }
        }
        if waker.sleep(self.next_sleep.min(patience)) {
            self.next_sleep = FIRST_SLEEP;
        } else {
            self.next_sleep = (self.next_sleep * 2).min(patience.max(FIRST_SLEEP));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wake_before_the_sleep_is_not_lost() {
        let waker = Waker::default();
        waker.wake();
        assert!(waker.sleep(Duration::from_secs(600)));
        assert!(!waker.sleep(Duration::ZERO));
    }

    #[test]
    fn sleeps_double_up_to_the_patience_and_start_again_after_an_event() {
        let waker = Waker::default();
        let mut backoff = Backoff::new(Duration::ZERO);
        for _ in 0..20 {
            backoff.pause(&waker, MESSAGE_PATIENCE);
        }
        assert_eq!(backoff.next_sleep, MESSAGE_PATIENCE);
        backoff.reset();
        assert_eq!(backoff.next_sleep, FIRST_SLEEP);
    }
}
