//! Bars on a terminal, or on what is passed on to one.

mod passed_on;

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, stderr};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::base::stderr::draw_with;
use crate::observe::progress::Running;
use passed_on::PassedOn;

/// As often as that a bar changes.
const PER_SECOND: u8 = 10;

/// All bars of this process. What else is written goes above them.
static ALL: OnceLock<MultiProgress> = OnceLock::new();

/// One for each thread that is in a call, and those of calls that are over, which stay.
#[derive(Debug, Default)]
pub(super) struct Bars {
    drawn: Mutex<BTreeMap<usize, Drawn>>,
}

#[derive(Debug)]
struct Drawn {
    /// When the call began, which tells it from later ones.
    since: Duration,
    bar: ProgressBar,
}

impl Bars {
    pub(super) fn new() -> Self {
        ALL.get_or_init(|| MultiProgress::with_draw_target(target()));
        draw_with(|write| {
            if let Some(all) = ALL.get() {
                all.suspend(write);
            }
        });
        Self::default()
    }

    /// Shows how far the call is that a thread is in.
    pub(super) fn draw(&self, thread: usize, call: &Running, words: &str) {
        let mut drawn = self.drawn();
        let shown = drawn.get(&thread).filter(|one| one.since == call.since);
        let known = shown.map(|shown| shown.bar.clone());
        let bar = known.clone().unwrap_or_else(|| {
            ProgressBar::with_draw_target(Some(1000), ProgressDrawTarget::hidden())
                .with_style(style(call.thousandths().is_some()))
                .with_prefix(call.name.clone())
        });
        // These draw nothing yet.
        let bar = bar
            .with_position(call.thousandths().unwrap_or_default())
            .with_message(words.to_owned());
        if known.is_none() {
            let since = call.since;
            let new = Drawn {
                since,
                bar: add(bar.clone()),
            };
            if let Some(old) = drawn.insert(thread, new) {
                old.bar.finish_and_clear();
            }
        }
        bar.tick();
    }

    /// The call of a thread is over; its words stay.
    pub(super) fn end(&self, thread: usize, name: &str, words: &str) {
        self.forget(thread);
        if let Some(all) = ALL.get() {
            let _ = all.println(format!("{name}: {words}"));
        }
    }

    /// Takes the bar of a thread away.
    pub(super) fn forget(&self, thread: usize) {
        if let Some(shown) = self.drawn().remove(&thread) {
            shown.bar.finish_and_clear();
        }
    }

    fn drawn(&self) -> MutexGuard<'_, BTreeMap<usize, Drawn>> {
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn add(bar: ProgressBar) -> ProgressBar {
    match ALL.get() {
        Some(all) => all.add(bar),
        None => bar,
    }
}

fn target() -> ProgressDrawTarget {
    if stderr().is_terminal() {
        ProgressDrawTarget::stderr_with_hz(PER_SECOND)
    } else {
        ProgressDrawTarget::term_like_with_hz(Box::new(PassedOn::default()), PER_SECOND)
    }
}

/// With a bar where the length is known.
fn style(has_length: bool) -> ProgressStyle {
    let template = if has_length {
        "{prefix} [{bar:12}] {percent:>3} %, {wide_msg}"
    } else {
        "{prefix} {spinner} {wide_msg}"
    };
    ProgressStyle::with_template(template)
        .expect("the template is one")
        .progress_chars("=> ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_some() {
        style(true);
        style(false);
    }
}
