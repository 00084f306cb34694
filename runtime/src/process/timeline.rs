//! The picture of what all threads did, written when the program ends.
//!
//! Invariant: it is written once, however the process ends by itself, by the master, and with what is known by then.

use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock};

use super::environment::{Picture, PictureFormat, anchored};
use super::{lifecycle, report};
use crate::base::clock::nanoseconds;
use crate::base::lock::lock;
use crate::base::rank::{MASTER, Rank};
use crate::base::stderr::say;
use crate::base::thread_context;
use crate::observe::called::name;
use crate::observe::timeline::{Open, Timeline, page, trace_events};
use crate::observe::{Event, Observer};

/// The one of this process.
static BOOK: OnceLock<Book> = OnceLock::new();

struct Book {
    picture: Picture,
    timeline: Mutex<Timeline>,
}

/// Follows the calls of one thread of this rank, where a picture is to be drawn.
pub(crate) fn observer(picture: Option<&Picture>, rank: Rank) -> Option<Box<dyn Observer>> {
    let picture = picture.filter(|_| rank == MASTER)?;
    BOOK.get_or_init(|| {
        lifecycle::at_end(write);
        Book {
            picture: Picture {
                path: anchored(&picture.path),
                ..*picture
            },
            timeline: Mutex::default(),
        }
    });
    Some(Box::<Follower>::default())
}

/// The calls that a thread is in, the innermost last, and the one that it was in before.
#[derive(Debug, Default)]
struct Follower {
    calls: Mutex<Vec<Option<Open>>>,
    ended: Mutex<Option<Open>>,
}

impl Observer for Follower {
    fn notice(&self, event: &Event<'_>) {
        let (Some(book), now) = (BOOK.get(), nanoseconds()) else {
            return;
        };
        let mut calls = lock(&self.calls);
        let timeline = || lock(&book.timeline);
        match event {
            Event::Entered { entry, shown, .. } => {
                let iterates = entry.call.iterates();
                let thread = thread_context::number();
                let open = || timeline().enter(&name(entry, *shown), thread, now);
                calls.push(iterates.then(open));
            }
            Event::Ended { .. } => {
                let ended = calls.pop().flatten();
                if let Some(call) = &ended {
                    timeline().end(call, now);
                }
                *lock(&self.ended) = ended;
            }
            Event::Compared {
                rank,
                theirs,
                between,
            } => timeline().compared(*rank, *theirs, *between),
            event => {
                let mut ended = lock(&self.ended);
                let call = calls.last_mut().unwrap_or(&mut ended);
                if let Some(call) = call {
                    timeline().notice(call, event, now);
                }
            }
        }
    }
}

/// Writes what is known by now.
fn write() {
    let Some(Book { picture, timeline }) = BOOK.get() else {
        return;
    };
    let timeline = &*lock(timeline);
    let text = match picture.format {
        PictureFormat::TraceEvents => trace_events(timeline),
        PictureFormat::Page => page(timeline, &program(), &report::text()),
    };
    if let Err(error) = fs::write(&picture.path, text) {
        let path = picture.path.display();
        say(format_args!(
            "warning: the timeline can't be written to {path}: {error}"
        ));
    }
}

/// What this program is called.
fn program() -> String {
    let path = std::env::args_os().next().map(PathBuf::from);
    let name = path.as_ref().and_then(|path| path.file_name());
    name.map_or_else(
        || "program".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}
