//! What the threads of all ranks did, and when, as the master hears of it.
//!
//! A lane is a thread of a rank, and has what it did: chunks, and what happens to parts. The calls of the master's own threads
//! are lanes as well. Every time is one of the master's clock.

mod clock;
mod json;
mod page;
#[cfg(test)]
mod tests;
mod trace_events;
mod tracks;

use std::collections::{BTreeMap, HashMap};

use crate::base::rank::{MASTER, Rank};
use crate::loop_parts::items::Span;
use crate::observe::{Event, Stage};

use clock::Clock;
pub(crate) use page::page;
pub(crate) use trace_events::trace_events;
use tracks::{Bar, Key, Tracks};

/// What a thread did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    /// The program's call of a loop, from its beginning to its end.
    Call,
    /// Chunks that were handed in together.
    Chunk,
    Stage(Stage),
}

impl What {
    /// What it is called.
    fn name(self) -> String {
        match self {
            Self::Call => "call".to_owned(),
            Self::Chunk => "chunk".to_owned(),
            Self::Stage(stage) => stage.to_string(),
        }
    }
}

/// The call that a thread of this process is in.
#[derive(Debug)]
pub(crate) struct Open {
    of: u32,
    begun: u64,
    /// The thread that made it.
    thread: u32,
    items: u64,
    /// When other ranks were given chunks, by where those begin, which they have not brought back.
    leased: HashMap<(Rank, u64), u64>,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Timeline {
    loops: Vec<String>,
    numbers: HashMap<String, u32>,
    clocks: BTreeMap<Rank, Clock>,
    tracks: Tracks,
    /// The largest error of a time that was taken from another clock.
    error: u64,
}

/// About so many bars a browser draws at once, and people never see.
const MOST: usize = 100_000;

impl Default for Timeline {
    fn default() -> Self {
        Self {
            loops: Vec::new(),
            numbers: HashMap::new(),
            clocks: BTreeMap::new(),
            tracks: Tracks::new(MOST),
            error: 0,
        }
    }
}

impl Timeline {
    /// A call of the loop with this name is entered now, by this thread.
    pub(crate) fn enter(&mut self, name: &str, thread: u32, now: u64) -> Open {
        let of = self.numbers.get(name).copied().unwrap_or_else(|| {
            let number = u32::try_from(self.loops.len()).unwrap_or(u32::MAX);
            self.loops.push(name.to_owned());
            self.numbers.insert(name.to_owned(), number);
            number
        });
        Open {
            of,
            begun: now,
            thread,
            items: 0,
            leased: HashMap::new(),
        }
    }

    /// Something has happened now to a call.
    pub(crate) fn notice(&mut self, call: &mut Open, event: &Event<'_>, now: u64) {
        match event {
            Event::Leased { rank, chunk } => {
                call.leased.insert((*rank, chunk.start), now);
            }
            Event::Finished {
                rank, chunks, cost, ..
            } => {
                let leased: Vec<u64> = chunks
                    .iter()
                    .filter_map(|chunk| call.leased.remove(&(*rank, chunk.start)))
                    .collect();
                let Some(span) = cost.span else { return };
                call.items += chunks
                    .iter()
                    .map(|chunk| chunk.end - chunk.start)
                    .sum::<u64>();
                self.compare(*rank, span, leased.first().copied(), now);
                let bounds = chunks.iter().flat_map(|chunk| [chunk.start, chunk.end]);
                let bar = Bar {
                    busy: cost.nanos,
                    count: chunks.len() as u64,
                    first: bounds.clone().min().unwrap_or(0),
                    behind: bounds.max().unwrap_or(0),
                    ..blank(span)
                };
                self.add(*rank, span.thread, What::Chunk, call.of, bar);
            }
            Event::Handled { rank, stage, span } => {
                self.compare(*rank, *span, None, now);
                self.add(
                    *rank,
                    span.thread,
                    What::Stage(*stage),
                    call.of,
                    blank(*span),
                );
            }
            _ => {}
        }
    }

    /// The clock of a rank showed this between two times of the master's.
    pub(crate) fn compared(&mut self, rank: Rank, theirs: u64, (begun, ended): (u64, u64)) {
        let clock = self.clocks.entry(rank).or_default();
        clock.after(begun, theirs);
        clock.before(ended, theirs);
    }

    /// A call has ended now.
    pub(crate) fn end(&mut self, call: &Open, now: u64) {
        let bar = Bar {
            begun: call.begun,
            ended: now.max(call.begun),
            busy: now.saturating_sub(call.begun),
            count: 1,
            first: 0,
            behind: call.items,
        };
        self.tracks.add(
            Key {
                rank: MASTER,
                thread: call.thread,
                what: What::Call,
                of: call.of,
            },
            bar,
        );
    }

    /// What a rank did was after the master let it, and is over now.
    fn compare(&mut self, rank: Rank, span: Span, leased: Option<u64>, now: u64) {
        if rank == MASTER {
            return;
        }
        let clock = self.clocks.entry(rank).or_default();
        if let Some(leased) = leased {
            clock.after(leased, span.begun);
        }
        clock.before(now, span.ended);
        self.error = self.error.max(clock.error().unwrap_or(0));
    }

    fn add(&mut self, rank: Rank, thread: u32, what: What, of: u32, mut bar: Bar) {
        if rank != MASTER {
            let clock = self.clocks.entry(rank).or_default();
            (bar.begun, bar.ended) = (clock.here(bar.begun), clock.here(bar.ended));
        }
        let key = Key {
            rank,
            thread,
            what,
            of,
        };
        self.tracks.add(key, bar);
    }
}

/// A bar of one thing that is nothing of iterations.
fn blank(span: Span) -> Bar {
    let ended = span.ended.max(span.begun);
    Bar {
        begun: span.begun,
        ended,
        busy: ended - span.begun,
        count: 1,
        first: 0,
        behind: 0,
    }
}
