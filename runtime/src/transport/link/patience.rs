//! What a rank does that has waited for long: it asks the master whether it waits forever.
//!
//! Invariants: a rank reports only what was true when it had just looked in vain for what it waits
//! for, again whenever it has taken other mail since, and says when it goes on, however it does. As
//! long as things go well, nothing is built and no clock is read for this.

use super::Link;
use crate::base::rank::MASTER;
use crate::base::wait::{Backoff, Pace};
use crate::protocol::deadlock::{Inside, Ledger, WaitReport, Waiting};
use crate::protocol::message::Control;

/// The ranks that are in the master's call, which waits for all: may they have left it?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Others {
    Free,
    Held,
}

impl Link {
    /// Waits for what `poll` finds, in a call in which ranks may have to wait forever: `describe`
    /// says for whom, as it is after `poll` has found nothing. `poll` sends nothing.
    ///
    /// # Panics
    /// Unwinds when the job can't go on, also when it is a deadlock; the master says why.
    pub(crate) fn wait_for<T>(
        &self,
        describe: impl Fn() -> Waiting,
        mut poll: impl FnMut() -> Option<T>,
    ) -> T {
        let mut patient = self.patient();
        loop {
            if let Some(found) = poll() {
                return found;
            }
            self.listen();
            patient.pause(&describe);
        }
    }

    /// For a wait that begins now.
    pub(crate) fn patient(&self) -> Patient<'_> {
        Patient {
            link: self,
            backoff: Backoff::new(),
            told: None,
        }
    }

    /// On the master: refuses the job when ranks wait forever.
    pub(super) fn refuse_deadlock(&self, inside: Option<Others>) {
        if let Some(words) = self.deadlock(inside) {
            self.refuse(&words);
        }
    }

    /// On the master: the words for a deadlock, if there is one and something was heard since this
    /// was last asked. `inside` says that the master waits for all ranks to enter its call.
    pub(super) fn deadlock(&self, inside: Option<Others>) -> Option<String> {
        if !self.news.replace(false) || !self.watch.borrow().is_needed() || self.is_refused() {
            return None;
        }
        let inside = inside.map(|others| Inside {
            mail: self.mailbox.fabric().ledger(),
            holds: others == Others::Held,
        });
        let (watch, rolls) = (self.watch.borrow(), self.rolls.borrow());
        watch.verdict(self.size(), &rolls.world, inside.as_ref())
    }

    fn tell_waiting(&self, waiting: Waiting, mail: Ledger) {
        let report = WaitReport {
            waiting,
            mail,
            host: self.identity.host.clone(),
        };
        if self.is_master() {
            self.watch.borrow_mut().waiting(MASTER, report);
            self.news.set(true);
        } else {
            self.tell(MASTER, Control::Waiting(report));
        }
    }
}

/// One wait, of which the master is told when it is a long one.
#[derive(Debug)]
pub(crate) struct Patient<'a> {
    link: &'a Link,
    backoff: Backoff,
    /// The state of the mail when the master was told.
    told: Option<u64>,
}

impl Patient<'_> {
    /// Waits a moment, after looking in vain.
    pub(crate) fn pause(&mut self, describe: impl Fn() -> Waiting) {
        self.backoff.pause(&self.link.waker, Pace::Hot);
        let limit = self.link.patience;
        if limit.is_none_or(|limit| self.backoff.slept() < limit) {
            return;
        }
        self.link.fetch_headers();
        let fabric = self.link.mailbox.fabric();
        let changes = Some(fabric.changes());
        if self.told != changes {
            self.told = changes;
            // What comes while it is described is not in the mail, which is safe.
            let mail = fabric.ledger();
            self.link.tell_waiting(describe(), mail);
        }
    }
}

impl Drop for Patient<'_> {
    fn drop(&mut self) {
        if self.told.is_none() {
            return;
        }
        if self.link.is_master() {
            self.link.watch.borrow_mut().resumed(MASTER);
        } else {
            self.link.tell(MASTER, Control::Resumed);
        }
    }
}
