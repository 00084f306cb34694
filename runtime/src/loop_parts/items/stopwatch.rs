//! Which iteration of a chunk took longest. Pure: the clock is given to it.

use serde::{Deserialize, Serialize};

/// Tells the time, in nanoseconds since some moment.
pub(crate) type Clock = fn() -> u64;

/// The iteration that took longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Slowest {
    pub(crate) iteration: u64,
    pub(crate) nanos: u64,
}

/// How long some iterations took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cost {
    /// All of them.
    pub(crate) nanos: u64,
    /// Where they are timed one by one.
    pub(crate) slowest: Option<Slowest>,
    /// When they ran, where somebody wants to know: all of them on one thread.
    pub(crate) span: Option<Span>,
}

/// When a thread did something, in nanoseconds of its process's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Span {
    /// The number of the thread, in its process.
    pub(crate) thread: u32,
    pub(crate) begun: u64,
    pub(crate) ended: u64,
}

impl Span {
    /// From the beginning of the first to the end of the last.
    pub(crate) fn hull(self, other: Self) -> Self {
        Self {
            thread: self.thread,
            begun: self.begun.min(other.begun),
            ended: self.ended.max(other.ended),
        }
    }
}

impl Cost {
    pub(crate) fn add(&mut self, other: Self) {
        self.nanos += other.nanos;
        self.span = match (self.span, other.span) {
            (Some(one), Some(other)) => Some(one.hull(other)),
            (one, other) => one.or(other),
        };
        self.slowest = match (self.slowest, other.slowest) {
            (Some(one), Some(other)) if one.nanos >= other.nanos => Some(one),
            (one, other) => other.or(one),
        };
    }
}

/// Times iterations one by one.
#[derive(Debug)]
pub(super) struct Stopwatch {
    clock: Clock,
    since: u64,
    /// The iteration that it times now.
    present: u64,
    cost: Cost,
}

impl Stopwatch {
    /// Begins before the iteration `start`.
    pub(super) fn new(clock: Clock, start: u64) -> Self {
        Self {
            clock,
            since: clock(),
            present: start,
            cost: Cost::default(),
        }
    }

    /// The iteration before `next` has ended, if it was not told of before.
    #[cold]
    pub(super) fn lap(&mut self, next: u64) {
        let now = (self.clock)();
        if next > self.present {
            let (iteration, nanos) = (self.present, now.saturating_sub(self.since));
            let slowest = Some(Slowest { iteration, nanos });
            self.cost.add(Cost {
                nanos,
                slowest,
                span: None,
            });
        }
        (self.since, self.present) = (now, next);
    }

    pub(super) fn slowest(&self) -> Option<Slowest> {
        self.cost.slowest
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        static NOW: Cell<u64> = const { Cell::new(0) };
    }

    #[test]
    fn the_first_of_the_slowest_iterations_is_told() {
        let mut stopwatch = Stopwatch::new(|| NOW.get(), 10);
        assert_eq!(stopwatch.slowest(), None);
        for (next, takes) in [(10, 0), (11, 5), (12, 30), (13, 30), (13, 99), (14, 7)] {
            NOW.set(NOW.get() + takes);
            stopwatch.lap(next);
        }
        let slowest = Slowest {
            iteration: 11,
            nanos: 30,
        };
        assert_eq!(stopwatch.slowest(), Some(slowest));
    }
}
