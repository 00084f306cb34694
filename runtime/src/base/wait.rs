//! The one way in which this crate waits: spin briefly, then sleep for times that double.
//!
//! Invariant: nothing here or above it blocks inside a communication library, so a rank that waits
//! leaves its core to those that compute. The figures are measured: a yield beside a computing
//! thread returns after a whole time slice, a fixed sleep either burns the core or adds its length
//! to every message.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long to spin before the first sleep where that takes the core from nobody.
const SPIN: Duration = Duration::from_micros(300);

/// The clock is read once for so many looks: it costs as much as a look itself.
const LOOKS: u32 = 8;

/// Who has slept for long sleeps on for one part in so many of that time: a long wait ends at most
/// this much late, and costs next to nothing.
const PATIENCE: u32 = 64;
/// The longest sleep of all while messages may come.
const LONGEST_SLEEP: Duration = Duration::from_millis(5);

/// How pressing it is that a wait ends as soon as something happens. Waking costs some 16 µs of
/// CPU time, which the rank's compute threads miss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// This thread has nothing to do until a message comes, or another one lets go of what it needs, and its core is free.
    Hot,
    /// Another rank may be waiting for an answer, but this one's core is needed to compute.
    Warm,
    /// A long message is on its way, and some libraries move it only while they are called.
    Moving,
    /// Everybody has something in reserve.
    Lazy,
    /// No message is expected; threads of this process will wake this one.
    Local,
    /// The same, and soon.
    Ending,
}

impl Pace {
    /// The first sleep and the longest; each is twice as long as the one before.
    fn sleeps(self) -> (Duration, Duration) {
        let (first, longest) = match self {
            Pace::Hot => (20, 1_000),
            Pace::Warm => (50, 1_000),
            Pace::Moving => (50, 100),
            Pace::Lazy => (500, 2_000),
            Pace::Local | Pace::Ending => (10_000, 10_000),
        };
        (Duration::from_micros(first), Duration::from_micros(longest))
    }
}

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
/// [`reset`](Self::reset) whenever a message has come.
#[derive(Debug, Default)]
pub(crate) struct Backoff {
    idle_since: Option<Instant>,
    /// How often it has spun.
    looks: u32,
    /// Whether that was long enough.
    has_spun: bool,
    last_sleep: Duration,
    slept: Duration,
}

impl Backoff {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Something happened: the next pause is a short one again.
    pub(crate) fn reset(&mut self) {
        *self = Self::new();
    }

    /// For how long it has slept since the start or the last event.
    pub(crate) fn slept(&self) -> Duration {
        self.slept
    }

    /// Waits a moment, or until `waker` is woken.
    pub(crate) fn pause(&mut self, waker: &Waker, pace: Pace) {
        if matches!(pace, Pace::Hot | Pace::Ending) && !self.has_spun {
            self.looks = self.looks.wrapping_add(1);
            self.has_spun = self.looks.is_multiple_of(LOOKS)
                && self.idle_since.get_or_insert_with(Instant::now).elapsed() >= SPIN;
            if !self.has_spun {
                std::hint::spin_loop();
                return;
            }
        }
        let (first, longest) = pace.sleeps();
        let longest = longest.max((self.slept / PATIENCE).min(LONGEST_SLEEP));
        self.last_sleep = (self.last_sleep * 2).clamp(first, longest);
        self.slept += self.last_sleep;
        if waker.sleep(self.last_sleep) {
            self.last_sleep = Duration::ZERO;
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
    fn sleeps_double_up_to_the_longest_and_start_again_after_an_event() {
        let waker = Waker::default();
        let mut backoff = Backoff::new();
        for expected in [50, 100, 200, 400, 800, 1_000, 1_000] {
            backoff.pause(&waker, Pace::Warm);
            assert_eq!(backoff.last_sleep, Duration::from_micros(expected));
        }
        waker.wake();
        backoff.pause(&waker, Pace::Warm);
        assert_eq!(backoff.last_sleep, Duration::ZERO);
        backoff.reset();
        backoff.pause(&waker, Pace::Lazy);
        assert_eq!(backoff.last_sleep, Duration::from_micros(500));
    }
}
