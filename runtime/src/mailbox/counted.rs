//! A fabric that counts its mail, so that the master can prove what is not under way.
//!
//! Invariant: every message that some rank may wait for is counted, when it is handed over and when
//! it is taken. Control is heard by ranks that wait for something else, and requests by the manager
//! alone, which may leave the last of them untaken: neither lets a waiting rank go on.

use std::cell::Cell;

use crate::fabric::{Envelope, Fabric, Lent, Rank, Tag};
use crate::protocol::deadlock::{Ledger, Mail};

/// See the module.
#[derive(Debug)]
pub(crate) struct Counted {
    fabric: Box<dyn Fabric>,
    /// The mail with each rank.
    mail: Vec<Cell<Mail>>,
    /// How many messages that were in all.
    changes: Cell<u64>,
}

impl Counted {
    pub(crate) fn new(fabric: Box<dyn Fabric>) -> Self {
        Self {
            mail: vec![Cell::default(); fabric.size()],
            fabric,
            changes: Cell::new(0),
        }
    }

    /// The mail with all ranks so far.
    pub(crate) fn ledger(&self) -> Ledger {
        Ledger::new(self.mail.iter().map(Cell::get))
    }

    /// A number that differs whenever the ledger does.
    pub(crate) fn changes(&self) -> u64 {
        self.changes.get()
    }

    fn count(&self, with: Rank, tag: Tag, add: impl FnOnce(&mut Mail)) {
        if !matches!(tag, Tag::Control | Tag::Request | Tag::RequestBulk) {
            let mut mail = self.mail[with].get();
            add(&mut mail);
            self.mail[with].set(mail);
            self.changes.set(self.changes.get() + 1);
        }
    }
}

impl Fabric for Counted {
    fn rank(&self) -> Rank {
        self.fabric.rank()
    }

    fn size(&self) -> usize {
        self.fabric.size()
    }

    fn processor_name(&self) -> String {
        self.fabric.processor_name()
    }

    fn send(&self, to: Rank, tag: Tag, bytes: Vec<u8>) {
        self.count(to, tag, |mail| mail.sent += 1);
        self.fabric.send(to, tag, bytes);
    }

    fn lend(&self, frames: &[Lent<'_>], meanwhile: &mut dyn FnMut(&[bool])) {
        for frame in frames {
            self.count(frame.to, frame.tag, |mail| mail.sent += 1);
        }
        self.fabric.lend(frames, meanwhile);
    }

    fn receive(&self, source: Option<Rank>, tag: Tag) -> Option<Envelope> {
        let envelope = self.fabric.receive(source, tag)?;
        self.count(envelope.source, tag, |mail| mail.taken += 1);
        Some(envelope)
    }

    fn receive_into(&self, source: Rank, tag: Tag, buffer: &mut [u8]) -> Option<usize> {
        let length = self.fabric.receive_into(source, tag, buffer)?;
        self.count(source, tag, |mail| mail.taken += 1);
        Some(length)
    }

    fn failure(&self) -> Option<String> {
        self.fabric.failure()
    }

    fn is_flushed(&self) -> bool {
        self.fabric.is_flushed()
    }

    #[cfg(feature = "mpi")]
    fn abort(&self, code: i32) -> ! {
        self.fabric.abort(code)
    }

    #[cfg(feature = "mpi")]
    fn finalize(&self) {
        self.fabric.finalize();
    }
}
