//! What ranks say of the job: who entered which call, who left, and that it can't go on.
//!
//! Invariant: the reason is printed once, by the master, and every rank ends with it.

use super::Link;
use crate::base::panicking;
use crate::base::rank::{MASTER, Rank};
use crate::base::stderr::say;
use crate::base::thread_context::Identity;
use crate::base::wait::{Backoff, Pace};
use crate::protocol::message::Control;
use crate::protocol::roll_call::Refusal;
use crate::transport::fabric::{Envelope, Fabric as _, Tag};

impl Link {
    /// Ends this rank, and with it the job, when the message-passing library has failed.
    pub(crate) fn insist(&self) {
        if let Some(words) = self.failure() {
            let Identity { rank, host, .. } = &*self.identity;
            say(format_args!("error: rank {rank} ({host}): {words}"));
            panicking::unwind_silently(words);
        }
    }

    /// Ends the job with an error, from the master.
    pub(crate) fn refuse(&self, words: &str) -> ! {
        self.tell_refusal(words);
        panicking::unwind_silently(words.to_owned())
    }

    /// Tells the master that ranks disagree, and waits for its word to all.
    pub(super) fn accuse(&self, words: String) -> ! {
        self.tell(MASTER, Control::Accused(words));
        let mut backoff = Backoff::new();
        loop {
            while let Some(told) = self.told() {
                match self.hear(told) {
                    // What more there is to complain of would only be said after the first.
                    Err(Refusal::Disagreement(_)) if !self.is_refused() => {}
                    verdict => self.check(verdict),
                }
            }
            self.mailbox.fabric().is_flushed();
            backoff.pause(&self.waker, Pace::Hot);
        }
    }

    /// The next of these messages.
    pub(super) fn told(&self) -> Option<(Rank, Control)> {
        let Envelope { source, bytes } = self.fabric().receive(None, Tag::Control)?;
        Some((source, self.shelves.borrow_mut().open(source, &bytes)))
    }

    pub(super) fn hear(&self, (source, control): (Rank, Control)) -> Result<(), Refusal> {
        self.news.set(true);
        self.has_heard(source);
        match control {
            Control::Alive => Ok(()),
            Control::Busy { call } => {
                self.excuse(source, call);
                Ok(())
            }
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
                // A rank that failed ends the job by itself, and is no reason to speak of a deadlock.
                if status == 0 {
                    self.watch.borrow_mut().left(source, mail);
                }
                self.rolls.borrow_mut().left(source, status, inside)
            }
            Control::Release => {
                self.farewell.released.set(true);
                Ok(())
            }
            Control::Flushed => {
                let flushed = &self.farewell.flushed;
                flushed.set(flushed.get() + 1);
                Ok(())
            }
            Control::Parted => {
                self.farewell.parted.set(true);
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

    pub(super) fn check(&self, verdict: Result<(), Refusal>) {
        match verdict {
            Ok(()) => {}
            Err(Refusal::Disagreement(words)) if self.is_master() || self.is_refused() => {
                self.refuse(&words)
            }
            Err(Refusal::Disagreement(words)) => self.accuse(words),
            Err(Refusal::Failed { rank, status }) => {
                if self.is_master() {
                    say(format_args!(
                        "error: rank {rank} ended with exit code {status}, and the job with it"
                    ));
                    self.end_others(status);
                }
                // Not an abort: launchers kill the ranks of an aborted job, and some then report
                // that they were killed. Who can't hear it now is aborted after a moment.
                std::process::exit(status)
            }
        }
    }

    /// On the master: the others end with this exit code, as soon as they hear of it.
    pub(crate) fn end_others(&self, status: i32) {
        for rank in self.others() {
            self.tell(rank, Control::Ended { status });
        }
    }

    /// Once per job: the master prints the words and sends them to all.
    pub(super) fn tell_refusal(&self, words: &str) {
        if self.is_master() && !self.is_refused() {
            say(format_args!("error: {words}"));
            for rank in self.others() {
                self.tell(rank, Control::Refused(words.to_owned()));
            }
            self.refused.replace(Some(words.to_owned()));
        }
    }

    pub(super) fn is_refused(&self) -> bool {
        self.refused.borrow().is_some()
    }

    pub(super) fn tell(&self, rank: Rank, control: Control) {
        let sealed = self.shelves.borrow_mut().seal(rank, control);
        self.fabric().send(rank, Tag::Control, sealed.into());
    }
}
