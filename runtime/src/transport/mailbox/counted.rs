//! A fabric that counts its mail, so that the master can prove what is not under way.
//!
//! Invariant: every message that some rank may wait for is counted, when it is handed over and when
//! it is taken; of bulk, which frames are lent and which were asked for. Control is heard by ranks
//! that wait for something else, and requests by the manager alone, which may leave the last of them
//! untaken: neither lets a waiting rank go on.

use std::cell::{Cell, RefCell};

use crate::base::rank::Rank;
use crate::base::shared::SharedBytes;
use crate::protocol::deadlock::{Ledger, Mail};
use crate::transport::fabric::{Envelope, FRAME, Fabric, LentBytes, Tag};

/// See the module.
#[derive(Debug)]
pub(crate) struct Counted {
    fabric: Box<dyn Fabric>,
    /// For each rank.
    accounts: Vec<Account>,
    /// What is lent now, in the order it was sent.
    loans: RefCell<Vec<CountedLoan>>,
    /// How often mail was sent, asked for or taken.
    changes: Cell<u64>,
}

#[derive(Debug, Default)]
struct Account {
    mail: Cell<Mail>,
    /// How many frames of bulk were sent there.
    frames: Cell<u64>,
    /// Whether the last frame that was asked for has yet to come.
    is_asked: Cell<bool>,
}

#[derive(Clone, Copy, Debug)]
struct CountedLoan {
    to: Rank,
    /// Among all frames to that rank.
    number: u64,
    done: bool,
}

impl Account {
    fn update(&self, change: impl FnOnce(&mut Mail)) {
        let mut mail = self.mail.get();
        change(&mut mail);
        self.mail.set(mail);
    }
}

impl Counted {
    pub(crate) fn new(fabric: Box<dyn Fabric>) -> Self {
        Self {
            accounts: (0..fabric.size()).map(|_| Account::default()).collect(),
            fabric,
            loans: RefCell::default(),
            changes: Cell::new(0),
        }
    }

    /// The fabric below, for its own tests.
    #[cfg(feature = "contract")]
    pub(crate) fn uncounted(&self) -> &dyn Fabric {
        &*self.fabric
    }

    /// The mail with all ranks as it is now.
    pub(crate) fn ledger(&self) -> Ledger {
        let mut mail: Vec<Mail> = self.accounts.iter().map(|one| one.mail.get()).collect();
        for loan in self.loans.borrow().iter().filter(|loan| !loan.done) {
            mail[loan.to].bulk.lent = loan.number;
        }
        Ledger::new(mail.into_iter())
    }

    /// A number that differs whenever mail was sent, asked for or taken.
    pub(crate) fn changes(&self) -> u64 {
        self.changes.get()
    }

    fn changed(&self) {
        self.changes.set(self.changes.get() + 1);
    }

    fn sent(&self, to: Rank, tag: Tag) {
        let account = &self.accounts[to];
        match tag {
            Tag::Control | Tag::Request | Tag::RequestBulk => return,
            Tag::PostBulk => account.frames.set(account.frames.get() + 1),
            _ => account.update(|mail| mail.messages.sent += 1),
        }
        self.changed();
    }

    /// From now on the fabric may hand the next frame over, though it says so only when asked again.
    fn asked(&self, source: Rank, tag: Tag) {
        let account = &self.accounts[source];
        if tag == Tag::PostBulk && !account.is_asked.replace(true) {
            account.update(|mail| mail.bulk.wanted += 1);
            self.changed();
        }
    }

    fn taken(&self, source: Rank, tag: Tag) {
        let account = &self.accounts[source];
        match tag {
            Tag::Control | Tag::Request | Tag::RequestBulk => return,
            Tag::PostBulk => {
                self.asked(source, tag);
                account.is_asked.set(false);
            }
            _ => account.update(|mail| mail.messages.taken += 1),
        }
        self.changed();
    }

    /// Which of the loans are done by now.
    fn returned(&self, done: &[bool]) {
        for (loan, &done) in self.loans.borrow_mut().iter_mut().zip(done) {
            loan.done = done;
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

    fn send(&self, to: Rank, tag: Tag, bytes: SharedBytes) {
        self.sent(to, tag);
        self.fabric.send(to, tag, bytes);
    }

    fn lend(&self, frames: &[LentBytes<'_>], meanwhile: &mut dyn FnMut(&[bool])) {
        let loans = frames.iter().map(|&LentBytes { to, tag, bytes }| {
            debug_assert_eq!(tag, Tag::PostBulk, "nothing else is lent");
            debug_assert!(bytes.len() <= FRAME, "it is lent in frames");
            self.sent(to, tag);
            let number = self.accounts[to].frames.get();
            let done = false;
            CountedLoan { to, number, done }
        });
        self.loans.replace(loans.collect());
        self.fabric.lend(frames, &mut |done| {
            self.returned(done);
            meanwhile(done);
        });
        self.loans.take();
    }

    fn receive(&self, source: Option<Rank>, tag: Tag) -> Option<Envelope> {
        if let Some(source) = source {
            self.asked(source, tag);
        }
        let envelope = self.fabric.receive(source, tag)?;
        self.taken(envelope.source, tag);
        Some(envelope)
    }

    fn receive_into(&self, source: Rank, tag: Tag, buffer: &mut [u8]) -> Option<usize> {
        self.asked(source, tag);
        let length = self.fabric.receive_into(source, tag, buffer)?;
        self.taken(source, tag);
        Some(length)
    }

    fn failure(&self) -> Option<String> {
        self.fabric.failure()
    }

    fn is_flushed(&self) -> bool {
        self.fabric.is_flushed()
    }

    fn abort(&self, code: i32) -> ! {
        self.fabric.abort(code)
    }

    fn finalize(&self) {
        self.fabric.finalize();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::protocol::deadlock::{Bulk, Count};
    use crate::transport::fabric::threads::{Weather, world};

    /// Two ranks whose mail takes no time.
    fn pair(seed: u64) -> [Counted; 2] {
        let weather = Weather {
            seed,
            longest: Duration::ZERO,
            far: Duration::ZERO,
        };
        let ranks = world(2, weather).into_iter();
        let ranks: Vec<_> = ranks.map(|rank| Counted::new(Box::new(rank))).collect();
        ranks.try_into().expect("there are two")
    }

    fn with_one(sent: u64, taken: u64, bulk: Bulk) -> Ledger {
        let messages = Count { sent, taken };
        Ledger::new([Mail::default(), Mail { messages, bulk }].into_iter())
    }

    #[test]
    fn a_frame_counts_from_when_it_was_asked_for_and_counts_once() {
        let [zero, one] = pair(1);
        let mut changes = vec![zero.changes()];
        let mut look = |is_there| {
            let frame = zero.receive(Some(1), Tag::PostBulk);
            assert_eq!(frame.is_some(), is_there);
            changes.push(zero.changes());
            zero.ledger()
        };
        let wanted = |wanted| with_one(0, 0, Bulk { lent: 0, wanted });
        assert_eq!(look(false), wanted(1));
        assert_eq!(look(false), wanted(1));
        one.send(0, Tag::PostBulk, vec![1].into());
        assert_eq!(look(true), wanted(1));
        assert_eq!(look(false), wanted(2));
        let differ: Vec<bool> = changes.windows(2).map(|two| two[0] != two[1]).collect();
        assert_eq!(
            differ,
            [true, false, true, true],
            "each time but the second"
        );
        assert_eq!(
            one.ledger(),
            Ledger::default(),
            "what is not lent is nobody's concern"
        );
    }

    #[test]
    fn messages_count_on_both_sides_and_control_does_not() {
        let [zero, one] = pair(1);
        for tag in [Tag::Post, Tag::Control, Tag::Order] {
            one.send(0, tag, Vec::new().into());
            assert!(zero.receive(None, tag).is_some());
        }
        zero.send(1, Tag::Value, Vec::new().into());
        assert_eq!(zero.ledger(), with_one(1, 2, Bulk::default()));
    }

    #[test]
    fn the_last_frame_that_the_fabric_holds_on_to_is_lent() {
        for seed in 0..20 {
            let [zero, one] = pair(seed);
            zero.send(1, Tag::PostBulk, vec![0].into());
            let (to, tag, bytes) = (1, Tag::PostBulk, &[1_u8][..]);
            zero.lend(&[LentBytes { to, tag, bytes }; 3], &mut |done| {
                let last = done.iter().rposition(|done| !done).expect("one is held");
                // The first frame of all was not lent.
                let lent = last as u64 + 2;
                assert_eq!(zero.ledger(), with_one(0, 0, Bulk { lent, wanted: 0 }));
                assert!(one.receive(Some(0), tag).is_some());
            });
            assert_eq!(zero.ledger(), Ledger::default());
        }
    }
}
