//! One rank's connection to the others: messages, and an ear for what concerns the whole job.
//!
//! Invariant: whoever waits here hears of a refusal, a mismatch or a rank that left, whatever it is
//! waiting for; so a wait ends with what was waited for or with an error, never with a hang.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::time::Duration;

use crate::fabric::{Fabric, MASTER, Rank, Tag};
use crate::mailbox::{Mailbox, Message};
use crate::panicking;
use crate::place::Identity;
use crate::protocol::deadlock::Watch;
use crate::protocol::message::{Control, Entry};
use crate::protocol::roll_call::Refusal;
use crate::wait::{Backoff, Pace, Waker};
use crate::wire::{decode_message, encode_message};

#[cfg(feature = "mpi")]
mod departure;
mod patience;
mod rolls;

#[cfg(test)]
mod tests;

use patience::Others;
use rolls::{Rolls, WORLD};

/// See the module.
#[derive(Debug)]
pub(crate) struct Link {
    mailbox: Mailbox,
    identity: Arc<Identity>,
    waker: Arc<Waker>,
    rolls: RefCell<Rolls>,
    /// How long this rank waits before it asks whether it waits for ever.
    patience: Option<Duration>,
    /// Kept by the master.
    watch: RefCell<Watch>,
    /// Whether the master has heard something since it last looked for a deadlock.
    news: Cell<bool>,
    calls: Cell<u64>,
    /// Whether a call was entered and not completed.
    inside: Cell<bool>,
    /// The words with which the master refused to go on.
    refused: RefCell<Option<String>>,
    released: Cell<bool>,
}

impl Link {
    /// With `None`, nobody asks whether ranks wait for ever.
    pub(crate) fn new(fabric: Box<dyn Fabric>, patience: Option<Duration>) -> Self {
        let identity = Identity {
            rank: fabric.rank(),
            size: fabric.size(),
            host: fabric.processor_name(),
        };
        Self {
            rolls: RefCell::new(Rolls::new(identity.size)),
            patience,
            watch: RefCell::new(Watch::new(identity.host.clone())),
            news: Cell::new(false),
            identity: Arc::new(identity),
            mailbox: Mailbox::new(fabric),
            waker: Arc::default(),
            calls: Cell::new(0),
            inside: Cell::new(false),
            refused: RefCell::default(),
            released: Cell::new(false),
        }
    }

    pub(crate) fn identity(&self) -> &Arc<Identity> {
        &self.identity
    }

    /// The fabric below, for its own tests.
    #[cfg(feature = "contract")]
    pub(crate) fn fabric(&self) -> &dyn Fabric {
        self.mailbox.fabric()
    }

    pub(crate) fn rank(&self) -> Rank {
        self.identity.rank
    }

    pub(crate) fn size(&self) -> usize {
        self.identity.size
    }

    pub(crate) fn is_master(&self) -> bool {
        self.rank() == MASTER
    }

    /// Rings when a thread of this rank has something to tell.
    pub(crate) fn waker(&self) -> &Arc<Waker> {
        &self.waker
    }

    /// The other ranks.
    pub(crate) fn others(&self) -> impl Iterator<Item = Rank> + use<> {
        let own = self.rank();
        (0..self.size()).filter(move |&rank| rank != own)
    }

    /// Enters a call that all ranks make, and in which this one stays until it has completed it.
    pub(crate) fn enter(&self, entry: Entry) {
        self.attend();
        self.calls.set(self.calls.get() + 1);
        self.inside.set(true);
        if self.is_master() {
            self.news.set(true);
            let verdict = self.rolls.borrow_mut().world.enter(entry);
            self.check(verdict);
        } else {
            self.tell_entry(WORLD, MASTER, entry);
        }
    }

    /// The number of the call that was entered last, among those in which ranks stay.
    pub(crate) fn call(&self) -> u64 {
        self.calls.get() - 1
    }

    /// This rank has completed the call that it entered last.
    pub(crate) fn complete(&self) {
        self.inside.set(false);
        self.rolls.borrow_mut().world.complete();
    }

    /// Whether all ranks have entered the master's call.
    pub(crate) fn all_present(&self) -> bool {
        self.rolls.borrow().world.all_present()
    }

    pub(crate) fn send(&self, to: Rank, tag: Tag, body: &[u8], attachments: Vec<Vec<u8>>) {
        self.mailbox.send(to, tag, body, attachments);
    }

    pub(crate) fn receive(&self, source: Option<Rank>, tag: Tag) -> Option<Message> {
        self.mailbox.receive(source, tag)
    }

    /// Hears what concerns the job, and moves the sending on.
    ///
    /// # Panics
    /// Unwinds when the job can't go on; the master says why.
    pub(crate) fn attend(&self) {
        self.hear_all();
        self.refuse_deadlock(None);
    }

    /// As [`attend`](Self::attend), in a loop that nobody leaves before all ranks are in it.
    pub(crate) fn attend_in_loop(&self) {
        self.hear_all();
        self.refuse_deadlock(Some(Others::Held));
    }

    fn hear_all(&self) {
        if let Some(words) = &*self.refused.borrow() {
            panicking::unwind_silently(words.clone());
        }
        self.mailbox.fabric().is_flushed();
        while let Some(message) = self.receive(None, Tag::Control) {
            let verdict = self.hear(&message);
            self.check(verdict);
        }
    }

    /// Ends the job with an error, from the master.
    pub(crate) fn refuse(&self, words: &str) -> ! {
        self.tell_refusal(words);
        panicking::unwind_silently(words.to_owned())
    }

    /// On the master: waits until all ranks have entered its call.
    pub(crate) fn wait_for_all(&self) {
        self.news.set(true);
        let mut backoff = Backoff::new();
        while !self.all_present() {
            self.hear_all();
            self.refuse_deadlock(Some(Others::Free));
            backoff.pause(&self.waker, Pace::Hot);
        }
    }

    /// Waits for what `poll` finds.
    pub(crate) fn wait<T>(&self, mut poll: impl FnMut() -> Option<T>) -> T {
        let mut backoff = Backoff::new();
        loop {
            self.attend();
            if let Some(found) = poll() {
                return found;
            }
            backoff.pause(&self.waker, Pace::Hot);
        }
    }

    fn hear(&self, message: &Message) -> Result<(), Refusal> {
        let source = message.source;
        self.news.set(true);
        match decode_message(&message.body) {
            Control::Entered {
                context,
                entry,
                mail,
            } => {
                if let Some(mail) = mail {
                    self.watch.borrow_mut().entered(source, mail);
                }
                self.rolls.borrow_mut().entered(context, source, entry)
            }
            Control::Waiting(report) => {
                self.watch.borrow_mut().waiting(source, report);
                Ok(())
            }
            Control::Resumed => {
                self.watch.borrow_mut().resumed(source);
                Ok(())
            }
            Control::Accused(words) => Err(Refusal::Disagreement(words)),
            Control::Left {
                status,
                inside,
                mail,
            } => {
                self.watch.borrow_mut().left(source, mail);
                self.rolls.borrow_mut().left(source, status, inside)
            }
            Control::Release => {
                self.released.set(true);
                Ok(())
            }
            Control::Ended { status } => Err(Refusal::Failed {
                rank: source,
                status,
            }),
            Control::Refused(words) => {
                self.refused.replace(Some(words.clone()));
                Err(Refusal::Disagreement(words))
            }
        }
    }

    fn check(&self, verdict: Result<(), Refusal>) {
        match verdict {
            Ok(()) => {}
            Err(Refusal::Disagreement(words)) if self.is_master() || self.is_refused() => {
                self.refuse(&words)
            }
            Err(Refusal::Disagreement(words)) => self.accuse(words),
            Err(Refusal::Failed { rank, status }) => {
                if self.is_master() {
                    eprintln!(
                        "error: rank {rank} ended with exit code {status}, and the job with it"
                    );
                    for rank in self.others() {
                        self.tell(rank, &Control::Ended { status });
                    }
                }
                // Not an abort: launchers kill the ranks of an aborted job, and some then report
                // that they were killed. Who can't hear it now is aborted after a moment.
                std::process::exit(status)
            }
        }
    }

    /// Once per job: the master prints the words and sends them to all.
    fn tell_refusal(&self, words: &str) {
        if self.is_master() && !self.is_refused() {
            eprintln!("error: {words}");
            for rank in self.others() {
                self.tell(rank, &Control::Refused(words.to_owned()));
            }
            self.refused.replace(Some(words.to_owned()));
        }
    }

    fn is_refused(&self) -> bool {
        self.refused.borrow().is_some()
    }

    fn tell(&self, rank: Rank, control: &Control) {
        self.send(rank, Tag::Control, &encode_message(control), Vec::new());
    }
}
