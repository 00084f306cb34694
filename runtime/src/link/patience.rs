//! What a rank does that has waited for long: it asks the master whether it waits for ever.
//!
//! Invariants: a rank reports only what was true when it had just looked in vain for what it waits
//! for, again whenever it has taken other mail since, and says when it goes on, however it does. As
//! long as things go well, nothing is built and no clock is read for this.

use super::Link;
use crate::fabric::{Fabric as _, MASTER, Tag};
use crate::protocol::deadlock::{Inside, Report, Waiting};
use crate::protocol::message::Control;
use crate::protocol::roll_call::Refusal;
use crate::wait::{Backoff, Pace};

/// The ranks that are in the master's call, which waits for all: may they have left it?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Others {
    Free,
    Held,
}

impl Link {
    /// Waits for what `poll` finds, in a call in which ranks may have to wait for ever: `describe`
    /// says for whom, as it is after `poll` has found nothing. `poll` sends nothing.
    ///
    /// # Panics
    /// Unwinds when the job can't go on, also when it is a deadlock; the master says why.
    pub(crate) fn wait_for<T>(
        &self,
        describe: impl Fn() -> Waiting,
        mut poll: impl FnMut() -> Option<T>,
    ) -> T {
        let mut backoff = Backoff::new();
        let mut told = Told {
            link: self,
            changes: None,
        };
        loop {
            self.attend();
            if let Some(found) = poll() {
                return found;
            }
            backoff.pause(&self.waker, Pace::Hot);
            if self.patience.is_some_and(|limit| backoff.slept() >= limit) {
                told.tell(&describe);
            }
        }
    }

    /// On the master: refuses the job when ranks wait for ever.
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

    /// Tells the master that ranks disagree, and waits for its word to all.
    pub(super) fn accuse(&self, words: String) -> ! {
        self.tell(MASTER, &Control::Accused(words));
        let mut backoff = Backoff::new();
        loop {
            while let Some(message) = self.receive(None, Tag::Control) {
                match self.hear(&message) {
                    // What more there is to complain of would only be said after the first.
                    Err(Refusal::Disagreement(_)) if !self.is_refused() => {}
                    verdict => self.check(verdict),
                }
            }
            self.mailbox.fabric().is_flushed();
            backoff.pause(&self.waker, Pace::Hot);
        }
    }

    fn tell_waiting(&self, waiting: Waiting) {
        let report = Report {
            waiting,
            mail: self.mailbox.fabric().ledger(),
            host: self.identity.host.clone(),
        };
        if self.is_master() {
            self.watch.borrow_mut().waiting(MASTER, report);
            self.news.set(true);
        } else {
            self.tell(MASTER, &Control::Waiting(report));
        }
    }
}

/// What the master was told of one wait.
struct Told<'a> {
    link: &'a Link,
    /// The state of the mail then.
    changes: Option<u64>,
}

impl Told<'_> {
    fn tell(&mut self, describe: impl Fn() -> Waiting) {
        let changes = Some(self.link.mailbox.fabric().changes());
        if self.changes != changes {
            self.changes = changes;
            self.link.tell_waiting(describe());
        }
    }
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        if self.changes.is_none() {
            return;
        }
        if self.link.is_master() {
            self.link.watch.borrow_mut().resumed(MASTER);
        } else {
            self.link.tell(MASTER, &Control::Resumed);
        }
    }
}
