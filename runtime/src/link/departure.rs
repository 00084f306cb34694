//! How a rank's process ends: when all the others end too, or with the whole job.

use std::time::{Duration, Instant};

use super::Link;
use crate::fabric::{Fabric as _, MASTER, Tag};
use crate::protocol::message::Control;
use crate::protocol::roll_call::Refusal;
use crate::wait::{Backoff, Pace};

/// How long a rank that failed waits for the others to end in an orderly way too.
const GRACE: Duration = Duration::from_secs(1);

impl Link {
    /// This process ends with `status`: does what the other ranks are owed. It returns when all
    /// have left, and otherwise ends the job with that status.
    pub(crate) fn leave(&self, status: i32) {
        let mail = self.mailbox.fabric().ledger();
        if self.is_master() {
            self.watch.borrow_mut().left(MASTER, mail);
            self.news.set(true);
            self.close();
        } else {
            let inside = self.inside.get();
            self.tell(
                MASTER,
                &Control::Left {
                    status,
                    inside,
                    mail,
                },
            );
        }
        let since = Instant::now();
        let mut backoff = Backoff::new();
        while !self.may_leave() {
            if status != 0 && since.elapsed() > GRACE {
                self.mailbox.fabric().abort(status);
            }
            while let Some(message) = self.receive(None, Tag::Control) {
                backoff.reset();
                if let Err(Refusal::Disagreement(words)) = self.hear(&message) {
                    self.tell_refusal(&words);
                }
                self.close();
            }
            if let Some(words) = self.deadlock(None) {
                self.tell_refusal(&words);
            }
            backoff.pause(&self.waker, Pace::Hot);
        }
        self.drain();
        self.mailbox.fabric().finalize();
    }

    /// On the master: nobody may be waiting for it in a call.
    fn close(&self) {
        if self.is_master() {
            let verdict = self.rolls.borrow_mut().close();
            if let Err(Refusal::Disagreement(words)) = verdict {
                self.tell_refusal(&words);
            }
        }
    }

    /// Whether every rank has left, and everything that was sent is on its way.
    fn may_leave(&self) -> bool {
        if self.is_master() && !self.released.get() && self.rolls.borrow().world.all_left() {
            self.released.set(true);
            for rank in self.others() {
                self.tell(rank, &Control::Release);
            }
        }
        self.mailbox.fabric().is_flushed() && self.released.get()
    }

    /// Takes what nobody will read any more: libraries complain of it when they are finalised.
    fn drain(&self) {
        for tag in [Tag::Control, Tag::Request, Tag::Order, Tag::Value] {
            while self.receive(None, tag).is_some() {}
        }
    }
}
