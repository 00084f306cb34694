//! What happens to loops, as data, and who looks on.
//!
//! Invariant: an observer changes nothing. Where there is none, an event costs a branch, and none is made.

mod event;
mod log;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

pub(crate) use event::Event;
pub(crate) use log::Log;

/// Hears of events on the rank where they happen, and on the thread: the main one, or a compute thread.
pub(crate) trait Observer: Send + Sync {
    /// Something has happened.
    fn notice(&self, event: &Event<'_>);

    /// Whether each iteration is to be timed, which takes some 50 ns of it.
    fn times_iterations(&self) -> bool {
        false
    }
}

/// All that look on.
#[derive(Clone, Default)]
pub(crate) struct Observers(Option<Arc<[Box<dyn Observer>]>>);

impl Observers {
    pub(crate) fn new(observers: Vec<Box<dyn Observer>>) -> Self {
        Self((!observers.is_empty()).then(|| observers.into()))
    }

    /// Tells of an event, which is made only where somebody looks on.
    #[inline]
    pub(crate) fn tell<'a>(&self, event: impl FnOnce() -> Event<'a>) {
        if let Some(observers) = &self.0 {
            let event = event();
            observers.iter().for_each(|one| one.notice(&event));
        }
    }

    /// Whether there are none.
    #[inline]
    pub(crate) fn are_none(&self) -> bool {
        self.0.is_none()
    }

    pub(crate) fn time_iterations(&self) -> bool {
        let mut observers = self.0.iter().flat_map(|observers| observers.iter());
        observers.any(|one| one.times_iterations())
    }
}

impl fmt::Debug for Observers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.as_ref().map_or(0, |observers| observers.len());
        f.debug_tuple("Observers").field(&count).finish()
    }
}
