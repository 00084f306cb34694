//! The thread that writes a journal.
//!
//! Invariant: records come to the file in the order in which they were handed in, each whole. Once one could not be written,
//! none is written any more, the file ends with the last whole one, and nobody waits for it.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::frame::{Header, sum};
use super::record::{Head, Record};
use super::store::Store;
use crate::base::stderr::say;

/// Who hands in more than this much before it is written has to wait.
const MOST: usize = 16 << 20;

/// See the module.
#[derive(Debug)]
pub(super) struct Recorder {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    /// Rings for the thread: there is something to do.
    work: Condvar,
    /// Rings for the others: something is done.
    done: Condvar,
}

#[derive(Debug, Default)]
struct State {
    waiting: VecDeque<Record>,
    /// How many bytes those have, and the one that is being written.
    bytes: usize,
    /// When everything is to be on the disk.
    haste: Haste,
    /// Whether all bytes are on the disk.
    durable: bool,
    /// Whether nothing more can be written.
    broken: bool,
    /// Whether nothing more will be handed in.
    closed: bool,
}

/// How soon what is written is made durable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Haste {
    /// When the interval is over.
    #[default]
    None,
    /// Within a tenth of it: short loops that follow each other don't keep the disk busy.
    Soon,
    Now,
}

impl Recorder {
    /// Writes to a store that has so many bytes, and makes them durable at this interval. Failures are told in these words
    /// and the reason.
    pub(super) fn new(
        store: Box<dyn Store>,
        position: u64,
        every: Duration,
        failure: String,
    ) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let mut writing = Writing {
            shared: Arc::clone(&shared),
            store,
            position,
            every,
            synced: Instant::now(),
            dirty: false,
            haste: Haste::None,
            failure,
        };
        thread::Builder::new()
            .name("parallel-for journal".to_owned())
            .spawn(move || {
                let _end = End(Arc::clone(&writing.shared));
                writing.run();
            })?;
        Ok(Self { shared })
    }

    /// Hands in a record. This waits only where the store is far behind.
    pub(super) fn push(&self, record: Record) {
        let mut state = self.shared.lock();
        while state.bytes > MOST && !state.broken {
            state = self.shared.wait(state);
        }
        if state.broken {
            return;
        }
        state.bytes += record.length();
        state.waiting.push_back(record);
        drop(state);
        self.shared.work.notify_one();
    }

    /// What was handed in is to be on the disk soon.
    pub(super) fn hurry(&self) {
        let mut state = self.shared.lock();
        state.haste = state.haste.max(Haste::Soon);
        drop(state);
        self.shared.work.notify_one();
    }

    /// Waits until all that was handed in is on the disk.
    pub(super) fn sync(&self) {
        let mut state = self.shared.lock();
        (state.durable, state.haste) = (false, Haste::Now);
        self.shared.work.notify_one();
        while !state.broken && !state.durable {
            state = self.shared.wait(state);
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.sync();
        self.shared.lock().closed = true;
        self.shared.work.notify_one();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        self.done
            .wait(state)
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// However the thread ends, nobody waits for it afterwards.
struct End(Arc<Shared>);

impl Drop for End {
    fn drop(&mut self) {
        self.0.lock().broken = true;
        self.0.done.notify_all();
    }
}

/// What the thread has.
struct Writing {
    shared: Arc<Shared>,
    store: Box<dyn Store>,
    /// The length of the file.
    position: u64,
    every: Duration,
    /// When all of it was on the disk.
    synced: Instant,
    /// Whether something was written since then.
    dirty: bool,
    /// What was asked for since then.
    haste: Haste,
    failure: String,
}

impl Writing {
    fn run(&mut self) {
        loop {
            let Some(records) = self.next() else {
                return;
            };
            let written = self.write(records).and_then(|()| self.store.flush());
            let due = self.dirty && self.left().is_zero();
            let done = written.and_then(|()| if due { self.sync() } else { Ok(()) });
            let mut state = self.shared.lock();
            if let Err(error) = done {
                state.broken = true;
                drop(state);
                self.shared.done.notify_all();
                return self.give_up(&error);
            }
            state.durable = !self.dirty && state.waiting.is_empty();
            drop(state);
            self.shared.done.notify_all();
        }
    }

    /// How long it is until what was written is to be made durable.
    fn left(&self) -> Duration {
        let every = match self.haste {
            Haste::None => self.every,
            Haste::Soon => self.every / 10,
            Haste::Now => Duration::ZERO,
        };
        every.saturating_sub(self.synced.elapsed())
    }

    /// The records that wait, when there are some, or when it is time to make others durable; nothing at the end.
    fn next(&mut self) -> Option<VecDeque<Record>> {
        let shared = Arc::clone(&self.shared);
        let mut state = shared.lock();
        loop {
            let asked = std::mem::take(&mut state.haste);
            self.haste = self.haste.max(asked);
            let left = self.left();
            if asked == Haste::Now || self.dirty && left.is_zero() || !state.waiting.is_empty() {
                state.durable = false;
                return Some(std::mem::take(&mut state.waiting));
            }
            if state.closed {
                return None;
            }
            let work = &shared.work;
            state = if self.dirty {
                let waited = work.wait_timeout(state, left);
                waited.unwrap_or_else(PoisonError::into_inner).0
            } else {
                work.wait(state).unwrap_or_else(PoisonError::into_inner)
            };
        }
    }

    fn write(&mut self, records: VecDeque<Record>) -> io::Result<()> {
        for record in records {
            self.append(&record)?;
            self.shared.lock().bytes -= record.length();
            self.shared.done.notify_all();
        }
        Ok(())
    }

    /// Appends one record, whole.
    fn append(&mut self, record: &Record) -> io::Result<()> {
        let header = Header {
            position: self.position,
            length: record.length() as u64,
            sum: sum(record.pieces()),
        };
        self.store.append(&header.to_bytes())?;
        for piece in record.pieces() {
            self.store.append(piece)?;
        }
        self.position = header.end();
        self.dirty = true;
        Ok(())
    }

    /// Makes durable what was written, and says so behind it.
    fn sync(&mut self) -> io::Result<()> {
        self.store.sync()?;
        let until = self.position;
        self.append(&Record::of(&Head::Durable { until }))?;
        self.store.flush()?;
        (self.synced, self.dirty, self.haste) = (Instant::now(), false, Haste::None);
        Ok(())
    }

    /// Leaves a file that ends with a whole record, and says once that there will be no more.
    fn give_up(&mut self, error: &io::Error) {
        let whole = self.store.cut(self.position);
        let rest = match whole {
            Ok(()) => "",
            Err(_) => ", and its end could not be cut off, which the next start does",
        };
        say(format_args!("warning: {}: {error}{rest}", self.failure));
    }
}
