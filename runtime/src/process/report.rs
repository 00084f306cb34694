//! The report on a program's loops, when it ends.
//!
//! Every rank times its iterations for it; the master, who hears of all chunks, writes it. Invariant: it is written once, however
//! the process ends by itself, and what can't be written to a file goes to standard error.

use std::fs;
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use super::environment::{Environment, Reporting, anchored};
use super::lifecycle;
use crate::base::clock::now;
use crate::base::lock::lock;
use crate::base::rank::{MASTER, Rank};
use crate::base::stderr::say;
use crate::base::usage::most_memory;
use crate::observe::report::{Call, Program, Report};
use crate::observe::{Event, Observer, Stage};

/// The one of this process.
static BOOK: OnceLock<Book> = OnceLock::new();

struct Book {
    /// Where it is for; only those who ask get it where it is off.
    to: Reporting,
    begun: Duration,
    report: Mutex<(Report, usize)>,
}

/// Follows the calls of one thread of this rank, where a report is wanted.
pub(crate) fn observer(environment: &Environment, rank: Rank) -> Option<Box<dyn Observer>> {
    if !environment.wants_spans() {
        return None;
    }
    let to = match &environment.report {
        Some(Reporting::To(path)) => Reporting::To(anchored(path)),
        Some(Reporting::ToStandardError) => Reporting::ToStandardError,
        Some(Reporting::Off) | None => Reporting::Off,
    };
    BOOK.get_or_init(|| {
        if rank == MASTER {
            lifecycle::at_end(write);
        }
        Book {
            to,
            begun: now(),
            report: Mutex::default(),
        }
    });
    Some(Box::<Reporter>::default())
}

/// The calls that a thread is in, the innermost last.
#[derive(Debug, Default)]
struct Reporter {
    calls: Mutex<Vec<Call>>,
    /// The name of the loop that the thread was in before.
    ended: Mutex<Option<String>>,
}

impl Reporter {
    /// What the last loop returned has gone to all ranks, or a part of that is known.
    fn spread(&self, bytes: u64, time: Duration) {
        if let (Some(name), Some(book)) = (&*lock(&self.ended), BOOK.get()) {
            lock(&book.report).0.spread(name, bytes, time);
        }
    }
}

impl Observer for Reporter {
    fn notice(&self, event: &Event<'_>) {
        let now = now();
        let mut calls = lock(&self.calls);
        match event {
            Event::Entered {
                entry,
                shown,
                force,
                ..
            } => {
                let call = Call::new(entry, *shown, *force, now);
                let report = BOOK.get().map(|book| lock(&book.report));
                let worth = report.is_none_or(|report| report.0.is_worth_timing(&call.name));
                calls.push(call.timed(worth));
            }
            Event::Ended { .. } => {
                if let (Some(call), Some(book)) = (calls.pop(), BOOK.get()) {
                    let (report, ranks) = &mut *lock(&book.report);
                    *ranks = (*ranks).max(call.ranks());
                    if !call.iterates {
                        return;
                    }
                    let name = call.name.clone();
                    report.add(&name, call.end(now));
                    *lock(&self.ended) = Some(name);
                }
            }
            Event::Handled {
                stage: Stage::Spreading,
                span,
                ..
            } => {
                let time = Duration::from_nanos(span.ended.saturating_sub(span.begun));
                self.spread(0, time);
            }
            Event::Spread { bytes } => self.spread(*bytes as u64, Duration::ZERO),
            event => {
                if let Some(call) = calls.last_mut() {
                    call.notice(event, now);
                }
            }
        }
    }

    fn times_iterations(&self) -> bool {
        let calls = lock(&self.calls);
        calls.last().is_some_and(Call::is_worth_timing)
    }
}

/// What is known by now.
pub(super) fn text() -> String {
    let Some(book) = BOOK.get() else {
        return String::new();
    };
    let (report, ranks) = &*lock(&book.report);
    let program = Program {
        wall: now().saturating_sub(book.begun),
        ranks: (*ranks).max(1),
        memory: most_memory(),
    };
    report.on(program).to_string()
}

/// Writes it.
fn write() {
    let path = match BOOK.get().map(|book| &book.to) {
        None | Some(Reporting::Off) => return,
        Some(Reporting::ToStandardError) => return say(format_args!("{}", text())),
        Some(Reporting::To(path)) => path,
    };
    let text = text();
    if let Err(error) = fs::write(path, format!("{text}\n")) {
        let path = path.display();
        say(format_args!(
            "warning: the report can't be written to {path}: {error}; here it is\n{text}"
        ));
    }
}
