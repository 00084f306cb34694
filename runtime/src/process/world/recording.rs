//! Which loops are kept, where, and by which number each is known to the next start of the program.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use super::World;
use crate::checkpoint::{Journal, Settings};
use crate::loop_parts::options::Options;
use crate::process::environment::{self, Environment};
use crate::process::interruption;

/// What a world knows of it.
#[derive(Debug, Default)]
pub(super) struct Recording {
    is_on: bool,
    /// On the master.
    journal: Option<Rc<Journal>>,
    /// So many loops were reached that are numbered.
    loops: Cell<u64>,
}

impl World {
    /// Whether the master keeps what is finished of a loop with these options.
    pub(crate) fn records(&self, options: &Options) -> bool {
        self.recording.is_on
            && options.written.is_some()
            && !self.keeps(options)
            && !self.is_alone()
    }

    /// Where it does, on the master.
    pub(crate) fn journal(&self) -> Option<&Rc<Journal>> {
        self.recording.journal.as_ref()
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

    /// From now on what is finished is kept, where the variables say so.
    ///
    /// # Errors
    /// In words, when that can't be.
    pub(super) fn record(&mut self, environment: &Environment) -> Result<(), String> {
        let Some(folder) = &environment.checkpoint else {
            return Ok(());
        };
        self.recording.is_on = true;
        if self.link.is_master() {
            let arguments = std::env::args_os().skip(1);
            let journal = Journal::open(&Settings {
                folder: folder.clone(),
                every: environment.checkpoint_every,
                trusted: environment.checkpoint_trust,
                version: environment::VERSION,
                arguments: arguments.map(|it| it.to_string_lossy().into()).collect(),
            })?;
            interruption::keep(journal.handle());
            self.recording.journal = Some(Rc::new(journal));
        }
        interruption::watch(environment.grace, Arc::clone(self.link.waker()));
        Ok(())
    }
}
