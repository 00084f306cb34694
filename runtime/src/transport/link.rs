//! One rank's connection to the others: messages, and an ear for what concerns the whole job.
//!
//! Invariant: whoever waits here hears of a refusal, a mismatch or a rank that left, whatever it is
//! waiting for; so a wait ends with what was waited for or with an error, never with a hang.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::time::Duration;

use crate::base::panicking;
use crate::base::rank::{MASTER, Rank};
use crate::base::shared::SharedBytes;
use crate::base::thread_context::Identity;
use crate::base::wait::{Backoff, Pace, Waker};
use crate::base::whereabouts;
use crate::loop_parts::options::Shown;
use crate::loop_parts::schedule::Workforce;
use crate::observe::{Event, Observers};
use crate::protocol::deadlock::Watch;
use crate::protocol::message::{Call, Entry, Verdict};
use crate::protocol::roll_call::nested;
use crate::protocol::silence::Silence;
use crate::transport::fabric::{Fabric, Tag};
use crate::transport::mailbox::{Mailbox, Message};

mod control;
mod departure;
mod farewell;
mod patience;
mod places;
pub(crate) mod post;
mod rolls;
mod shelves;
mod signs;

#[cfg(test)]
mod tests;

use farewell::Farewell;
use patience::Others;
use places::Places;
use rolls::{Rolls, WORLD};
use shelves::Shelves;

/// See the module.
#[derive(Debug)]
pub(crate) struct Link {
    mailbox: Mailbox,
    rank: Rank,
    size: usize,
    /// Of this rank as it is shown to people, also where it can't reach the others.
    identity: Arc<Identity>,
    waker: Arc<Waker>,
    observers: Observers,
    rolls: RefCell<Rolls>,
    shelves: RefCell<Shelves>,
    /// How long this rank waits before it asks whether it waits forever.
    patience: Option<Duration>,
    /// Kept by the master.
    watch: RefCell<Watch>,
    /// Whether the master has heard something since it last looked for a deadlock.
    news: Cell<bool>,
    calls: Cell<u64>,
    /// The call that was entered and not completed.
    inside: RefCell<Option<Entry>>,
    places: RefCell<Places>,
    /// The words with which the master refused to go on.
    refused: RefCell<Option<String>>,
    farewell: Farewell,
    post: post::Post,
    /// How many communicators this rank has numbered.
    contexts: Cell<u64>,
    /// Kept by the master.
    silence: RefCell<Silence>,
    /// How often a rank that has something in hand gives a sign of life.
    interval: Cell<Option<Duration>>,
    /// On the master: where the ranks run.
    hosts: RefCell<Vec<String>>,
    /// How long it takes to get a chunk from the master; zero where that is not known.
    round_trip: Cell<Duration>,
}

impl Link {
    /// Without `patience`, nobody asks whether ranks wait forever.
    pub(crate) fn new(
        fabric: Box<dyn Fabric>,
        patience: Option<Duration>,
        observers: Observers,
    ) -> Self {
        let identity = Arc::new(Identity {
            rank: fabric.rank(),
            size: fabric.size(),
            host: fabric.processor_name(),
        });
        Self::of(fabric, identity, patience, observers)
    }

    /// The same of a rank that is shown to people by this identity, whatever the fabric says.
    pub(crate) fn of(
        fabric: Box<dyn Fabric>,
        identity: Arc<Identity>,
        patience: Option<Duration>,
        observers: Observers,
    ) -> Self {
        let (rank, size) = (fabric.rank(), fabric.size());
        Self {
            rank,
            size,
            rolls: RefCell::new(Rolls::new(size)),
            shelves: RefCell::default(),
            patience,
            watch: RefCell::new(Watch::new(identity.host.clone())),
            news: Cell::new(false),
            identity,
            mailbox: Mailbox::new(fabric),
            waker: Arc::default(),
            observers,
            calls: Cell::new(0),
            inside: RefCell::default(),
            places: RefCell::default(),
            refused: RefCell::default(),
            farewell: Farewell::default(),
            post: post::Post::default(),
            contexts: Cell::new(0),
            silence: RefCell::default(),
            interval: Cell::default(),
            hosts: RefCell::default(),
            round_trip: Cell::default(),
        }
    }

    pub(crate) fn identity(&self) -> &Arc<Identity> {
        &self.identity
    }

    /// The numbers of new communicators, as many as are wanted from the first on: nobody else gives
    /// these away.
    pub(crate) fn fresh_contexts(&self, count: usize) -> u64 {
        let first = self.contexts.get() + 1;
        self.contexts.set(self.contexts.get() + count as u64);
        (self.rank() as u64) << 40 | first
    }

    /// The first error that the message-passing library has reported.
    pub(crate) fn failure(&self) -> Option<String> {
        self.fabric().failure()
    }

    /// The fabric below, for its own tests.
    #[cfg(feature = "contract")]
    pub(crate) fn uncounted_fabric(&self) -> &dyn Fabric {
        self.mailbox.fabric().uncounted()
    }

    /// The fabric below, which counts what goes through it.
    pub(crate) fn fabric(&self) -> &dyn Fabric {
        self.mailbox.fabric()
    }

    pub(crate) fn rank(&self) -> Rank {
        self.rank
    }

    pub(crate) fn size(&self) -> usize {
        self.size
    }

    pub(crate) fn is_master(&self) -> bool {
        self.rank() == MASTER
    }

    /// Rings when a thread of this rank has something to tell.
    pub(crate) fn waker(&self) -> &Arc<Waker> {
        &self.waker
    }

    /// Who looks on.
    pub(crate) fn observers(&self) -> &Observers {
        &self.observers
    }

    /// The other ranks.
    pub(crate) fn others(&self) -> impl Iterator<Item = Rank> + use<> {
        let own = self.rank();
        (0..self.size()).filter(move |&rank| rank != own)
    }

    /// Enters a loop, which is to be `shown` to people, with an entry that is made only where somebody hears of it: short
    /// ones come here often.
    #[inline]
    pub(crate) fn enter_loop(
        &self,
        shown: Option<Shown>,
        force: Workforce,
        entry: impl FnOnce() -> Entry,
    ) {
        if self.size() == 1 && self.observers.are_none() {
            self.calls.set(self.calls.get() + 1);
        } else {
            self.enter_call(shown, force, entry());
        }
    }

    /// Enters a call that all ranks make, and in which this one stays until it has completed it.
    pub(crate) fn enter(&self, entry: Entry) {
        let force = Workforce {
            ranks: self.size,
            threads: self.size,
        };
        self.enter_call(None, force, entry);
    }

    fn enter_call(&self, shown: Option<Shown>, force: Workforce, entry: Entry) {
        let call = self.calls.get();
        self.observers.tell(|| Event::Entered {
            entry: &entry,
            call,
            shown,
            force,
        });
        self.calls.set(call + 1);
        if self.size() == 1 {
            // Nobody to agree with.
            return;
        }
        self.attend();
        whereabouts::set_place(Some(self.places.borrow_mut().of(&entry)));
        let outer = self.inside.replace(Some(entry.clone()));
        if let Some(outer) = outer.filter(|outer| outer.call == Call::Split) {
            // The master is there only when this rank has come to its end.
            self.check(Err(nested(self.rank(), &entry, &outer)));
        }
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

    /// This rank has completed the call that it entered last, which ended so.
    pub(crate) fn complete(&self, verdict: &Verdict) {
        self.observers.tell(|| Event::Ended { verdict });
        if self.size() == 1 {
            return;
        }
        self.inside.take();
        whereabouts::set_place(None);
        self.rolls.borrow_mut().world.complete();
    }

    /// How long it took to get a chunk from the master in the loops before; zero where that is not known.
    pub(crate) fn round_trip(&self) -> Duration {
        self.round_trip.get()
    }

    /// It takes so long.
    pub(crate) fn keep_round_trip(&self, round_trip: Duration) {
        self.round_trip.set(round_trip);
    }

    /// Whether this rank has entered the master's call.
    pub(crate) fn has_entered(&self, rank: Rank) -> bool {
        !self.rolls.borrow().world.is_missing(rank)
    }

    /// Whether all ranks have entered the master's call.
    pub(crate) fn all_present(&self) -> bool {
        self.rolls.borrow().world.all_present()
    }

    pub(crate) fn send(&self, to: Rank, tag: Tag, body: &[u8], attachments: Vec<SharedBytes>) {
        self.mailbox.send(to, tag, body, attachments);
    }

    pub(crate) fn receive(&self, source: Option<Rank>, tag: Tag) -> Option<Message> {
        self.mailbox.receive(source, tag)
    }

    /// Whether parts of messages are still on their way.
    pub(crate) fn is_moving(&self) -> bool {
        self.mailbox.is_moving()
    }

    /// The same of messages to this rank.
    pub(crate) fn is_arriving(&self) -> bool {
        self.mailbox.is_arriving()
    }

    /// Hears what concerns the job, and moves the sending on.
    ///
    /// # Panics
    /// Unwinds when the job can't go on; the master says why.
    pub(crate) fn attend(&self) {
        self.listen();
        self.insist();
    }

    /// As [`attend`](Self::attend), for calls that return the library's failures as errors.
    pub(crate) fn listen(&self) {
        self.hear_all();
        self.refuse_deadlock(None);
    }

    /// As [`attend`](Self::attend), in a loop that nobody leaves before all ranks are in it.
    pub(crate) fn attend_in_loop(&self) {
        self.hear_all();
        self.insist();
        self.refuse_deadlock(Some(Others::Held));
    }

    fn hear_all(&self) {
        if let Some(words) = &*self.refused.borrow() {
            panicking::unwind_silently(words.clone());
        }
        self.mailbox.fabric().is_flushed();
        while let Some(told) = self.told() {
            let verdict = self.hear(told);
            self.check(verdict);
        }
    }

    /// On the master: waits until all ranks have entered its call.
    pub(crate) fn wait_for_all(&self) {
        self.news.set(true);
        let mut backoff = Backoff::new();
        while !self.all_present() {
            self.hear_all();
            self.insist();
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
}
