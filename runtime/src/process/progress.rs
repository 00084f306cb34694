//! How far this rank's loops are, on standard error.
//!
//! What happens in a loop is counted where it happens; a thread of its own looks at that from time to time, and shows what
//! takes long. Invariant: an event costs a lock that nobody holds while something is drawn, and of calls that are soon over nobody
//! hears.

#[cfg(feature = "progress")]
mod bars;
mod lines;
mod screen;

use std::io::{IsTerminal as _, stderr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::environment::Showing;
use crate::base::clock::now;
use crate::base::rank::MASTER;
use crate::loop_parts::options::Shown;
use crate::observe::progress::Running;
use crate::observe::{Event, Observer};
use screen::{Medium, Screen};

/// Calls that are over by then are not shown.
const LONG: Duration = Duration::from_secs(1);

/// Follows the calls of one thread of the master, if any of them may have to be shown. By itself, that is on a terminal.
pub(crate) fn observer(showing: Option<Showing>) -> Option<Box<dyn Observer>> {
    let is_terminal = stderr().is_terminal();
    let (medium, asked) = match showing {
        Some(Showing::Nowhere) => return None,
        Some(Showing::Bar) => (Medium::Bars, false),
        Some(Showing::Anywhere) | None if is_terminal => (Medium::Bars, false),
        Some(Showing::Anywhere) => (Medium::Lines, false),
        None => (Medium::Lines, true),
    };
    let meter = Arc::new(Meter {
        calls: Mutex::default(),
        asked,
    });
    Some(Box::new(Progress { meter, medium }))
}

/// See the module.
struct Progress {
    meter: Arc<Meter>,
    medium: Medium,
}

/// The calls that a thread is in, the innermost last.
#[derive(Debug)]
struct Meter {
    calls: Mutex<Vec<Running>>,
    /// Only those are shown whose user asks for it.
    asked: bool,
}

impl Meter {
    fn calls(&self) -> MutexGuard<'_, Vec<Running>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The innermost call that is to be shown now, and since when.
    fn shown(&self, now: Duration) -> Option<Running> {
        let mut calls = self.calls();
        let shown = |call: &&mut Running| self.shows(call, now);
        let call = calls.iter_mut().rev().find(shown)?;
        call.look(now);
        Some(call.clone())
    }

    /// Whether its thread is still in this call.
    #[cfg(feature = "progress")]
    fn is_in(&self, call: &Running) -> bool {
        self.calls().iter().any(|one| one.since == call.since)
    }

    fn shows(&self, call: &Running, now: Duration) -> bool {
        let wanted = match call.shown {
            Some(shown) => shown != Shown::Never,
            None => !self.asked,
        };
        wanted && call.iterates && now.saturating_sub(call.since) >= LONG
    }
}

impl Observer for Progress {
    fn notice(&self, event: &Event<'_>) {
        match event {
            Event::Absorbed { .. } | Event::Waiting => {}
            Event::Entered {
                entry,
                shown,
                force,
                ..
            } => {
                let mut calls = self.meter.calls();
                if calls.is_empty() {
                    Screen::of(self.medium).follow(&self.meter);
                }
                calls.push(Running::new(entry, *shown, force.ranks, now()));
            }
            Event::Ended { .. } => {
                let ended = self.meter.calls().pop();
                let now = now();
                if let Some(call) = ended.filter(|call| self.meter.shows(call, now)) {
                    Screen::of(self.medium).end(&self.meter, &call, now);
                }
            }
            event => {
                if let Some(call) = self.meter.calls().last_mut() {
                    call.notice(event, MASTER);
                }
            }
        }
    }

    fn sleeps(&self) -> bool {
        self.meter.asked
    }
}
