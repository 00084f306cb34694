//! How a rank's process ends: when all the others end too, or with the whole job.

use std::time::{Duration, Instant};

use super::Link;
use super::farewell::Farewell;
use crate::base::rank::MASTER;
use crate::base::stderr::say;
use crate::base::wait::{Backoff, Pace};
use crate::protocol::message::Control;
use crate::protocol::roll_call::Refusal;
use crate::transport::fabric::{Fabric as _, Tag};

/// How long a rank that failed waits for the others to end in an orderly way too.
const GRACE: Duration = Duration::from_secs(1);

impl Link {
    /// This process ends with `status`: does what the other ranks are owed. It returns when all
    /// have left, and otherwise ends the job with that status. The status that it returns is another
    /// one where the ranks turn out to have disagreed.
    pub(crate) fn leave(&self, status: i32) -> i32 {
        let mail = self.mailbox.fabric().ledger();
        let inside = self.inside.borrow().is_some();
        if self.is_master() {
            if status == 0 {
                self.watch.borrow_mut().left(MASTER, mail);
                self.news.set(true);
                self.leave_others_behind();
            }
            self.close();
        } else {
            self.tell(
                MASTER,
                Control::Left {
                    status,
                    inside,
                    mail,
                },
            );
        }
        let since = Instant::now();
        let mut backoff = Backoff::new();
        let mut left_over = None;
        while !self.has_parted() {
            if let Some(words) = self.failure() {
                // Nobody can be told, and nobody can be heard.
                say(format_args!("error: rank {}: {words}", self.rank()));
                self.mailbox
                    .fabric()
                    .abort(if status == 0 { 1 } else { status });
            }
            if status != 0 && since.elapsed() > GRACE {
                self.mailbox.fabric().abort(status);
            }
            while let Some(told) = self.told() {
                backoff.reset();
                if let Err(Refusal::Disagreement(words)) = self.hear(told) {
                    self.complain(words);
                }
                self.close();
            }
            if let Some(words) = self.deadlock(None) {
                self.tell_refusal(&words);
            }
            if self.farewell.released.get() {
                left_over = self.unreceived().or(left_over);
                self.drain();
            }
            backoff.pause(&self.waker, Pace::Hot);
        }
        if let Some(words) = left_over.filter(|_| status == 0) {
            say(format_args!("note: {words}"));
        }
        if status == 0 && self.is_refused() {
            101
        } else {
            status
        }
    }

    /// Says goodbye to the message-passing library, when all have left.
    pub(crate) fn finalize(&self) {
        self.mailbox.fabric().finalize();
    }

    /// On the master: if it ends in the middle of a call, the others never complete it.
    fn leave_others_behind(&self) {
        let words = match &*self.inside.borrow() {
            None => return,
            Some(entry) => format!(
                "rank {MASTER} left the program inside of {entry}\n\
                 help: let the call come to its end: don't `exit` in it, and drop the iterator of a map or a \
                 split before"
            ),
        };
        self.tell_refusal(&words);
    }

    /// Tells everybody that ranks disagree.
    fn complain(&self, words: String) {
        if self.is_master() {
            self.tell_refusal(&words);
        } else if !self.is_refused() {
            self.tell(MASTER, Control::Accused(words));
        }
    }

    /// On the keeper of a group: nobody may be waiting for it in a call.
    fn close(&self) {
        // Who is not the master hears only with the release that all have left.
        if self.is_master() || self.farewell.released.get() {
            let verdict = self.rolls.borrow_mut().close(self.rank());
            if let Err(Refusal::Disagreement(words)) = verdict {
                self.complain(words);
            }
        }
    }

    /// Whether every rank has left, and nothing is under way between any of them. First all leave;
    /// then each takes what nobody receives any more, without which the others' messages would
    /// never be on their way.
    fn has_parted(&self) -> bool {
        let Farewell {
            released,
            said,
            flushed,
            parted,
        } = &self.farewell;
        if self.is_master() && !released.get() && self.rolls.borrow().world.all_left() {
            released.set(true);
            self.tell_others(&Control::Release);
        }
        let is_flushed = self.mailbox.fabric().is_flushed();
        if released.get() && is_flushed && !said.replace(true) {
            if self.is_master() {
                flushed.set(flushed.get() + 1);
            } else {
                self.tell(MASTER, Control::Flushed);
            }
        }
        if self.is_master() && !parted.get() && flushed.get() == self.size() {
            parted.set(true);
            self.tell_others(&Control::Parted);
        }
        parted.get() && self.mailbox.fabric().is_flushed()
    }

    fn tell_others(&self, control: &Control) {
        for rank in self.others() {
            self.tell(rank, control.clone());
        }
    }

    /// Takes what nobody will read any more: libraries complain of it when they are finalised, and
    /// its senders wait for it.
    fn drain(&self) {
        for tag in [Tag::Request, Tag::Order, Tag::Value] {
            while self.receive(None, tag).is_some() {}
        }
        while self.fabric().receive(None, Tag::PostBulk).is_some() {}
    }
}
