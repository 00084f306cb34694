//! The report on a program's loops, when it ends.
//!
//! Every rank times its iterations for it; the master, who hears of all chunks, writes it. Invariant: it is written once, however
//! the process ends by itself, and what can't be written to a file goes to standard error.

use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use super::environment::Reporting;
use super::lifecycle;
use crate::base::clock::now;
use crate::base::rank::{MASTER, Rank};
use crate::base::stderr::say;
use crate::base::usage::most_memory;
use crate::observe::report::{Call, Program, Report};
use crate::observe::{Event, Observer};

/// The one of this process.
static BOOK: OnceLock<Book> = OnceLock::new();

struct Book {
    /// The file that it is for; standard error without one.
    file: Option<PathBuf>,
    begun: Duration,
    report: Mutex<(Report, usize)>,
}

/// Follows the calls of one thread of this rank, where a report is to be written.
pub(crate) fn observer(reporting: Option<&Reporting>, rank: Rank) -> Option<Box<dyn Observer>> {
    let file = match reporting? {
        Reporting::Off => return None,
        Reporting::ToStandardError => None,
        // The program may go to another folder.
        Reporting::To(path) => Some(std::path::absolute(path).unwrap_or_else(|_| path.clone())),
    };
    BOOK.get_or_init(|| {
        if rank == MASTER {
            lifecycle::at_end(write);
        }
        Book {
            file,
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
            } => calls.push(Call::new(entry, *shown, *force, now)),
            Event::Ended { .. } => {
                let ended = calls.pop().filter(|call| call.iterates);
                if let (Some(call), Some(book)) = (ended, BOOK.get()) {
                    let (report, ranks) = &mut *lock(&book.report);
                    *ranks = (*ranks).max(call.ranks());
                    report.add(&call.name.clone(), call.end(now));
                }
            }
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

/// Writes what is known by now.
fn write() {
    let Some(book) = BOOK.get() else {
        return;
    };
    let (report, ranks) = &*lock(&book.report);
    let program = Program {
        wall: now().saturating_sub(book.begun),
        ranks: (*ranks).max(1),
        memory: most_memory(),
    };
    let text = report.on(program).to_string();
    let Some(path) = &book.file else {
        say(format_args!("{text}"));
        return;
    };
    if let Err(error) = fs::write(path, format!("{text}\n")) {
        let path = path.display();
        say(format_args!(
            "warning: the report can't be written to {path}: {error}; here it is\n{text}"
        ));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
