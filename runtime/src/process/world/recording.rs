//! Which loops are kept, where, and by which number each is known to the next start of the program.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::Location;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::World;
use crate::base::rank::MASTER;
use crate::base::stderr::say;
use crate::checkpoint::{Journal, Settings};
use crate::loop_parts::options::{Checkpoint, Options};
use crate::process::environment::{self, Environment};
use crate::process::interruption;
use crate::protocol::message::Site;

/// What a world knows of it.
#[derive(Debug)]
pub(super) struct Recording {
    /// Whether the loops of this thread are reached in the same order at each start.
    is_on: bool,
    /// The folder of loops that name none.
    usual: Option<PathBuf>,
    every: Duration,
    trusted: bool,
    grace: Duration,
    /// On the master, by their folders.
    journals: RefCell<BTreeMap<PathBuf, Rc<Journal>>>,
    /// So many loops were reached that are numbered.
    loops: Cell<u64>,
}

impl Recording {
    /// Of a thread whose loops are not kept, until [`World::record`].
    pub(super) fn new(environment: &Environment) -> Self {
        Self {
            is_on: false,
            usual: environment.checkpoint.clone(),
            every: environment.checkpoint_every,
            trusted: environment.checkpoint_trust,
            grace: environment.grace,
            journals: RefCell::default(),
            loops: Cell::new(0),
        }
    }

    fn folder(&self, options: &Options) -> Option<&Path> {
        match options.checkpoint {
            Some(Checkpoint::Nowhere) => None,
            Some(Checkpoint::In(folder)) => Some(Path::new(folder)),
            None => self.usual.as_deref(),
        }
    }

    /// The journal in this folder.
    fn journal(&self, folder: &Path) -> Result<Rc<Journal>, String> {
        let known = |folder: &Path| self.journals.borrow().get(folder).cloned();
        // Two names of one folder mean one journal.
        let found = known(folder).or_else(|| known(&fs::canonicalize(folder).ok()?));
        if let Some(journal) = found {
            return Ok(journal);
        }
        let arguments = std::env::args_os().skip(1);
        let journal = Rc::new(Journal::open(&Settings {
            folder: folder.to_owned(),
            every: self.every,
            trusted: self.trusted,
            version: environment::VERSION,
            arguments: arguments.map(|it| it.to_string_lossy().into()).collect(),
        })?);
        interruption::keep(journal.handle());
        let mut journals = self.journals.borrow_mut();
        if let Ok(whole) = fs::canonicalize(folder) {
            journals.insert(whole, Rc::clone(&journal));
        }
        journals.insert(folder.to_owned(), Rc::clone(&journal));
        Ok(journal)
    }
}

impl World {
    /// Whether the master keeps what is finished of a loop with these options.
    pub(crate) fn records(&self, options: &Options) -> bool {
        self.recording.is_on
            && self.recording.folder(options).is_some()
            && options.written.is_some()
            && !self.keeps(options)
            && !self.is_alone()
    }

    /// Whether it may do so of a loop of which only this is known.
    pub(crate) fn may_record(&self, names_folder: bool) -> bool {
        self.recording.is_on && (names_folder || self.recording.usual.is_some()) && !self.is_alone()
    }

    /// Where it does so: on the master, of a loop that it [`records`](Self::records).
    ///
    /// # Errors
    /// In words, when that can't be.
    pub(crate) fn journal(&self, options: &Options) -> Result<Option<Rc<Journal>>, String> {
        let folder = self.recording.folder(options);
        let folder = folder.filter(|_| self.link.is_master());
        let journal = folder.map(|folder| self.recording.journal(folder));
        let journal = journal.transpose()?;
        interruption::watch(self.recording.grace, Arc::clone(self.link.waker()));
        Ok(journal)
    }

    /// The number of a loop with these options that all ranks reach now, where loops are numbered: whether it is kept
    /// or not.
    pub(crate) fn number(&self, options: &Options) -> u64 {
        let loops = &self.recording.loops;
        let number = loops.get();
        let counts = options.written.is_some() && !self.is_alone();
        loops.set(number + u64::from(counts));
        number
    }

    /// From now on what is finished is kept, where the variables or loops say so.
    ///
    /// # Errors
    /// In words, when that can't be where the variables say.
    pub(super) fn record(&mut self) -> Result<(), String> {
        self.recording.is_on = true;
        if self.recording.usual.is_some() {
            self.journal(&Options::DEFAULT)?;
        }
        Ok(())
    }

    /// Tells people, once for each place, that what begins here is not kept, where it should be.
    pub(crate) fn tell_unkept(&self, location: &'static Location<'static>, options: &Options) {
        static TOLD: Mutex<BTreeSet<(&str, u32, u32)>> = Mutex::new(BTreeSet::new());
        let Some(folder) = self.recording.folder(options) else {
            return;
        };
        if self.identity.rank != MASTER || self.is_alone() {
            return;
        }
        let place = (location.file(), location.line(), location.column());
        if TOLD
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(place)
        {
            let (folder, site) = (folder.display(), Site::from(location));
            let what = match options.written {
                None => format!("the call at {site}: only loops of `#[parallel_for]` are kept"),
                Some(_) if self.recording.is_on => {
                    format!("the loop at {site}: each rank runs it by itself")
                }
                Some(_) => format!("the loop at {site}: it is not reached on the main thread"),
            };
            say(format_args!("note: {folder} keeps nothing of {what}"));
        }
    }
}
