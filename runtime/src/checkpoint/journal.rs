//! The journal of a job: what the master keeps of its loops, and finds of those of an earlier start.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Arc, Weak};
use std::time::Duration;

use super::known::{Expected, KnownLoop, KnownParts};
use super::progress::Progress;
use super::reached::Reached;
use super::record::{Head, PartsHead, Record};
use super::recorder::Recorder;
use super::recovery::{Recovered, Unreadable, recover};
use super::store::{Disk, Store};
use super::{frame, words};
use crate::base::aligned::{AlignedBytes, Block};
use crate::base::stderr::say;
use crate::checkpoint::program::Program;
use crate::loop_parts::gather::Parcel;
use crate::loop_parts::schedule::Finished;

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) folder: PathBuf,
    /// At most so much time passes until what is written is on the disk.
    pub(crate) every: Duration,
    /// Whether the program may be another build, or have other arguments.
    pub(crate) trusted: bool,
    /// Of this crate.
    pub(crate) version: &'static str,
    /// Those of this process, without its name.
    pub(crate) arguments: Vec<String>,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Journal {
    folder: PathBuf,
    /// Whether what can't be compared is taken for the same.
    trusted: bool,
    /// The places of loops of which people know that it can't.
    told: RefCell<BTreeSet<String>>,
    recorder: Arc<Recorder>,
    progress: Arc<Progress>,
    /// What is not taken over yet.
    known: RefCell<BTreeMap<u64, KnownLoop>>,
    /// Reads what is known; it holds the lock.
    file: RefCell<File>,
    /// Loops that are over, and their iterations, of which nobody was told yet.
    over: Cell<(u64, u64)>,
}

impl Journal {
    /// Opens the journal in a folder, or begins it.
    ///
    /// # Errors
    /// In words, when it can't be used, or belongs to another program.
    pub(crate) fn open(settings: &Settings) -> Result<Self, String> {
        let folder = &*settings.folder;
        let mut file = open(folder)?;
        let recovered = recover(&mut file).map_err(|reason| words::unreadable(folder, &reason))?;
        let program = Program::this(settings.version, settings.arguments.clone());
        if let Some(then) = &recovered.program
            && let Some(words) = words::other_program(folder, &program, then, settings.trusted)
        {
            return Err(words);
        }
        let failed = |error| words::unusable(folder, &error);
        if recovered.torn > 0 {
            file.set_len(recovered.end).map_err(failed)?;
            say(format_args!("{}", words::torn(folder, recovered.torn)));
        }
        // Not a clone of the other one: those move together.
        let appended = OpenOptions::new().append(true).open(file_in(folder));
        let disk = Disk::new(appended.map_err(failed)?);
        let journal = Self::new(settings, recovered, file, Box::new(disk), program);
        journal.map_err(failed)
    }

    fn new(
        settings: &Settings,
        recovered: Recovered,
        file: File,
        store: Box<dyn Store>,
        program: Program,
    ) -> std::io::Result<Self> {
        let folder = settings.folder.clone();
        let failure = words::broken(&folder);
        let recorder = Recorder::new(store, recovered.end, settings.every, failure)?;
        // Also where another one is trusted: from now on it is this one.
        if recovered.program.as_ref() != Some(&program) {
            recorder.push(Record::of(&Head::Program(program)));
            // Before anything is kept: zeros in place of this would be a foreign file.
            recorder.sync();
        }
        Ok(Self {
            progress: Arc::new(Progress::new(folder.clone())),
            folder,
            trusted: settings.trusted,
            told: RefCell::default(),
            recorder: Arc::new(recorder),
            known: RefCell::new(recovered.loops),
            file: RefCell::new(file),
            over: Cell::default(),
        })
    }

    /// What other threads may ask of it.
    pub(crate) fn handle(&self) -> JournalHandle {
        JournalHandle {
            recorder: Arc::downgrade(&self.recorder),
            progress: Arc::clone(&self.progress),
        }
    }

    /// The program reaches a loop: what is kept of it, and where more is.
    ///
    /// # Errors
    /// In words, when another loop was kept in its place.
    pub(crate) fn reach(self: &Rc<Self>, reached: Reached) -> Result<LoopJournal, String> {
        let known = self.known.borrow_mut().remove(&reached.number);
        if let Some(known) = &known
            && let Some(difference) = reached.difference(&known.reached)
        {
            return Err(words::other_loop(&self.folder, &difference));
        }
        let unseen = reached.unseen();
        if known.is_some() && !unseen.is_empty() && !self.trusted {
            return Err(words::unseen_now(&self.folder, &reached.site, &unseen));
        }
        let finished = known.as_ref().map(|known| known.finished.clone());
        let finished = finished.unwrap_or_default();
        let iterations = finished.iterations();
        self.tell(known.as_ref(), &reached, iterations);
        self.progress
            .begin(&reached.site, iterations, reached.length);
        Ok(LoopJournal {
            journal: Rc::clone(self),
            is_written: Cell::new(known.is_some()),
            was_checked: known
                .as_ref()
                .is_some_and(|it| it.reached.captures.is_some()),
            has_ended: known.as_ref().is_some_and(|known| known.ended),
            reached,
            finished,
            parts: RefCell::new(known.map(|known| known.parts).unwrap_or_default()),
        })
    }

    /// Tells what need not run again, once for all loops that are over.
    fn tell(&self, known: Option<&KnownLoop>, reached: &Reached, iterations: u64) {
        let is_over = known.is_some_and(|known| known.ended);
        let (loops, before) = self.over.get();
        let over = if is_over {
            (loops + 1, before + iterations)
        } else {
            (loops, before)
        };
        self.over.set(over);
        let more = !self.known.borrow().is_empty();
        let now =
            (iterations > 0 && !is_over).then_some((&*reached.site, iterations, reached.length));
        if (over.0 > 0 && !(is_over && more)) || now.is_some() {
            self.over.set((0, 0));
            say(format_args!("{}", words::resumed(over, now)));
        }
    }

    /// Tells people what the next start can't compare, once for each loop.
    fn tell_unseen(&self, reached: &Reached) {
        let unseen = reached.unseen();
        if unseen.is_empty() || self.trusted {
            return;
        }
        if self.told.borrow_mut().insert(reached.site.clone()) {
            let words = words::unseen_then(&reached.site, &unseen);
            say(format_args!("{words}"));
        }
    }

    /// The parts in the file.
    ///
    /// # Errors
    /// In words, when they can't be read any more.
    fn read(&self, known: &KnownParts) -> Result<Parcel, String> {
        let failed = |error| words::unusable(&self.folder, &error);
        let mut file = self.file.borrow_mut();
        let position = SeekFrom::Start(known.header.payload());
        file.seek(position).map_err(failed)?;
        let lengths = std::iter::once(known.head()).chain(known.blocks.iter().copied());
        let pieces = lengths.map(|length| {
            let mut bytes = AlignedBytes::any(usize::try_from(length).unwrap_or(usize::MAX));
            file.read_exact(&mut bytes).map(|()| bytes)
        });
        let mut pieces: Vec<_> = pieces.collect::<Result<_, _>>().map_err(failed)?;
        let sum = frame::sum(pieces.iter().map(|piece| &piece[..]));
        if sum != known.header.sum {
            let position = known.header.position;
            return Err(words::unreadable(
                &self.folder,
                &Unreadable::Damaged { position },
            ));
        }
        let blocks = pieces.drain(1..).map(Block::Own).collect();
        Ok(Parcel {
            form: known.form,
            blocks,
        })
    }
}

/// The file in a folder.
fn file_in(folder: &Path) -> PathBuf {
    folder.join("journal")
}

/// The same, open for this process alone.
fn open(folder: &Path) -> Result<File, String> {
    let failed = |error| words::unusable(folder, &error);
    fs::create_dir_all(folder).map_err(failed)?;
    let mut options = OpenOptions::new();
    let options = options.read(true).write(true).create(true).truncate(false);
    let file = options.open(file_in(folder)).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(words::locked(folder)),
        Err(TryLockError::Error(error)) => {
            say(format_args!("{}", words::unlockable(folder, &error)));
        }
    }
    Ok(file)
}

/// A journal as it is known to all threads.
#[derive(Debug)]
pub(crate) struct JournalHandle {
    /// Gone with the journal, which waits for it: at the end of the program nothing is left to be written.
    recorder: Weak<Recorder>,
    progress: Arc<Progress>,
}

impl JournalHandle {
    /// Waits until all that was kept is on the disk.
    pub(crate) fn sync(&self) {
        if let Some(recorder) = self.recorder.upgrade() {
            recorder.sync();
        }
    }

    /// Whether a loop runs of which something is kept.
    pub(crate) fn is_in_loop(&self) -> bool {
        self.progress.is_in_loop()
    }

    /// How far the job has come, and how it goes on, in words.
    pub(crate) fn words(&self) -> String {
        self.progress.words()
    }
}

/// One loop of a journal.
#[derive(Debug)]
pub(crate) struct LoopJournal {
    journal: Rc<Journal>,
    reached: Reached,
    /// Whether the journal has what the loop is.
    is_written: Cell<bool>,
    has_ended: bool,
    /// Whether items and variables were looked at when it was.
    was_checked: bool,
    /// What was kept before.
    finished: Finished,
    /// The parts of that which were not fetched yet.
    parts: RefCell<BTreeMap<u64, KnownParts>>,
}

impl LoopJournal {
    /// The iterations that need not run again.
    pub(crate) fn finished(&self) -> &Finished {
        &self.finished
    }

    /// Which items those must have, in the order of their chunks' beginnings, if that is known.
    pub(crate) fn expected(&self) -> Option<Vec<Expected>> {
        let parts = self.parts.borrow();
        let expected = || parts.values().map(KnownParts::expected).collect();
        self.was_checked.then(expected)
    }

    /// Whether all parts that were kept have been fetched, of those that begin before this iteration.
    pub(crate) fn is_fetched(&self, until: u64) -> bool {
        self.parts.borrow().range(..until).next().is_none()
    }

    /// The next parts that were kept, if they begin at or before `reached`, and end before `passed`.
    ///
    /// # Errors
    /// In words, when they can't be read any more.
    pub(crate) fn fetch(&self, reached: u64, passed: u64) -> Result<Option<Fetched>, String> {
        let mut parts = self.parts.borrow_mut();
        let Some(first) = parts.first_entry() else {
            return Ok(None);
        };
        let end = first.get().chunks.last().map_or(0, |chunk| chunk.end);
        if *first.key() > reached || end > passed {
            return Ok(None);
        }
        let known = first.remove();
        let parts = self.journal.read(&known)?;
        Ok(Some(Fetched {
            chunks: known.chunks,
            parts,
        }))
    }

    /// Keeps the parts of some chunks, whose items have this digest.
    pub(crate) fn keep(&self, chunks: &[Range<u64>], digest: u64, parts: &mut Parcel) {
        let blocks: Vec<_> = parts
            .blocks
            .iter_mut()
            .map(|block| block.share().into_bytes())
            .collect();
        let recorder = &self.journal.recorder;
        if !self.is_written.replace(true) {
            self.journal.tell_unseen(&self.reached);
            recorder.push(Record::of(&Head::Reached(self.reached.clone())));
        }
        let head = PartsHead {
            number: self.reached.number,
            chunks: chunks.to_vec(),
            digest,
            form: parts.form,
            blocks: blocks.iter().map(|block| block.len() as u64).collect(),
        };
        recorder.push(Record::with(&Head::Parts(head), blocks));
        let iterations = chunks.iter().map(|chunk| chunk.end - chunk.start).sum();
        self.journal.progress.keep(iterations);
    }

    /// The loop has come to its end: by its last iteration, or one that left it.
    pub(crate) fn end(&self) {
        let recorder = &self.journal.recorder;
        if self.is_written.get() {
            if !self.has_ended {
                let number = self.reached.number;
                recorder.push(Record::of(&Head::Ended { number }));
            }
            recorder.hurry();
        }
        self.journal.progress.end();
    }

    /// An iteration has failed, and the process may be about to end.
    pub(crate) fn fail(&self) {
        self.journal.recorder.sync();
    }

    /// Says that some iterations have other items than they had.
    pub(crate) fn other_items(&self, chunk: &Range<u64>) -> String {
        words::other_items(&self.journal.folder, &self.reached.site, chunk)
    }
}

/// Parts that were kept.
#[derive(Debug)]
pub(crate) struct Fetched {
    pub(crate) chunks: Vec<Range<u64>>,
    pub(crate) parts: Parcel,
}
