//! What happens to loops, as data, and who looks on.
//!
//! Invariant: an observer changes nothing. Where there is none, an event costs a branch, and none is made.

pub(crate) mod called;
mod event;
mod log;
pub(crate) mod plan;
pub(crate) mod progress;
pub(crate) mod report;
#[cfg(test)]
mod tests;
pub(crate) mod timeline;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::base::clock::nanoseconds;
use crate::base::rank::Rank;
use crate::base::thread_context;
use crate::loop_parts::items::Span;
use crate::loop_parts::on_error::Mishap;
use crate::loop_parts::options::Shown;

pub(crate) use event::{Event, Stage};
pub(crate) use log::Log;

/// An iteration that takes so long is worth 50 ns, which it takes to time it.
pub(crate) const WORTH: Duration = Duration::from_micros(2);

/// Hears of events on the rank where they happen, and on the thread: the main one, or a compute thread.
pub(crate) trait Observer: Send + Sync {
    /// Something has happened.
    fn notice(&self, event: &Event<'_>);

    /// Whether each iteration is to be timed, which takes some 50 ns of it.
    fn times_iterations(&self) -> bool {
        false
    }

    /// Whether it needs to hear nothing before a loop wants to be shown.
    fn sleeps(&self) -> bool {
        false
    }
}

/// All that look on.
#[derive(Clone, Default)]
pub(crate) struct Observers {
    all: Option<Arc<[Box<dyn Observer>]>>,
    /// Whether they are told anything: some sleep until a loop wants them.
    awake: Arc<AtomicBool>,
    /// Whether somebody, here or on the master, wants to know when threads do something.
    spans: Arc<AtomicBool>,
}

impl Observers {
    pub(crate) fn new(observers: Vec<Box<dyn Observer>>) -> Self {
        let awake = observers.iter().any(|one| !one.sleeps());
        Self {
            all: (!observers.is_empty()).then(|| observers.into()),
            awake: Arc::new(awake.into()),
            spans: Arc::default(),
        }
    }

    /// A loop is reached of which its user says this: one that is to be shown wakes who sleeps, for good.
    #[inline]
    pub(crate) fn want(&self, shown: Option<Shown>) {
        if matches!(shown, Some(Shown::Usually | Shown::As(_))) && self.all.is_some() {
            self.awake.store(true, Ordering::Relaxed);
        }
    }

    /// Tells of an event, which is made only where somebody looks on.
    #[inline]
    pub(crate) fn tell<'a>(&self, event: impl FnOnce() -> Event<'a>) {
        if !self.are_none()
            && let Some(observers) = &self.all
        {
            let event = event();
            observers.iter().for_each(|one| one.notice(&event));
        }
    }

    /// Tells of an iteration that panicked, where one did.
    pub(crate) fn tell_mishap(&self, mishap: Option<&Mishap>) {
        if let Some(mishap) = mishap {
            self.tell(|| Event::Mishap(mishap));
        }
    }

    /// Whether there are none, or all of them sleep.
    #[inline]
    pub(crate) fn are_none(&self) -> bool {
        self.all.is_none() || !self.awake.load(Ordering::Relaxed)
    }

    /// From now on it is told when threads do something.
    pub(crate) fn take_spans(&self) {
        self.spans.store(true, Ordering::Relaxed);
    }

    /// Since now, on the present thread, where somebody wants to know.
    #[inline]
    pub(crate) fn begin_span(&self) -> Option<OpenSpan> {
        self.spans.load(Ordering::Relaxed).then(OpenSpan::begin)
    }

    /// Does something with parts on this rank, and tells when.
    pub(crate) fn watch<T>(&self, rank: Rank, stage: Stage, doing: impl FnOnce() -> T) -> T {
        let span = self.begin_span();
        let done = doing();
        if let Some(span) = span {
            let span = span.end();
            self.tell(|| Event::Handled { rank, stage, span });
        }
        done
    }

    pub(crate) fn time_iterations(&self) -> bool {
        let mut observers = self.all.iter().flat_map(|observers| observers.iter());
        !self.are_none() && observers.any(|one| one.times_iterations())
    }
}

/// Something that the present thread does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OpenSpan {
    begun: u64,
}

impl OpenSpan {
    fn begin() -> Self {
        Self {
            begun: nanoseconds(),
        }
    }

    pub(crate) fn end(self) -> Span {
        Span {
            thread: thread_context::number(),
            begun: self.begun,
            ended: nanoseconds(),
        }
    }
}

impl fmt::Debug for Observers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.all.as_ref().map_or(0, |observers| observers.len());
        f.debug_tuple("Observers").field(&count).finish()
    }
}
