//! Signs of life: what a rank gives that owes the master something, and what the master makes of those that it hears.
//!
//! Invariant: as long as all is well nobody waits for them, and a rank that owes nothing gives none: they would heap up
//! at a master that has not come.

use std::io::Write as _;
use std::time::Duration;

use super::Link;
use crate::base::clock::now;
use crate::base::rank::{MASTER, Rank};
use crate::base::stderr::say;
use crate::protocol::message::Control;
use crate::protocol::silence::{Silence, Silent};

/// The exit code of a job that has lost a rank.
const LOST: i32 = 1;

/// What can be done about a silent rank.
const HELP: &str = "\nhelp: if it does not answer again, end the job; PARALLEL_FOR_LOST_AFTER=300 ends it after 300 s of silence";

/// Launchers drop what they have not read yet when a job is aborted.
const READING: Duration = Duration::from_millis(300);

impl Link {
    /// Whose silence is spoken of, and whether ranks are given up.
    pub(crate) fn listen_for_silence(&self, speaks: Option<Duration>, lost: Option<Duration>) {
        let silence = Silence::new(self.size(), speaks, lost);
        self.interval.set(silence.interval());
        self.silence.replace(silence);
    }

    /// On the master: where the ranks run.
    pub(crate) fn learn_hosts(&self, hosts: Vec<String>) {
        self.hosts.replace(hosts);
    }

    /// On a rank that owes the master something, and has slept for so long in all, and when it gave the last sign.
    pub(crate) fn give_sign(&self, slept: Duration, last: &mut Duration) {
        if let Some(interval) = self.interval.get()
            && !self.is_master()
            && slept.saturating_sub(*last) >= interval
        {
            *last = slept;
            self.tell(MASTER, Control::Alive);
        }
    }

    /// This thread is about to run the user's code, and gives no signs in the present call.
    pub(crate) fn excuse_itself(&self) {
        if self.interval.get().is_some() && !self.is_master() {
            let call = self.call();
            self.tell(MASTER, Control::Busy { call });
        }
    }

    /// On the master: a loop begins.
    pub(crate) fn begin_listening(&self) {
        if self.interval.get().is_some() {
            self.silence.borrow_mut().begin(now());
        }
    }

    /// On the master: a rank that had nothing to do was given something.
    pub(crate) fn has_lent(&self, rank: Rank) {
        if self.interval.get().is_some() {
            self.silence.borrow_mut().lent(rank, now());
        }
    }

    /// On the master: a message of this rank has come.
    pub(crate) fn has_heard(&self, rank: Rank) {
        if self.interval.get().is_none() {
            return;
        }
        let silent = self.silence.borrow_mut().heard(rank, now());
        if let Some(time) = silent {
            let (host, time) = (self.host(rank), time.as_secs_f64());
            say(format_args!(
                "note: rank {rank}{host} answers again, after {time:.0} s"
            ));
        }
    }

    pub(super) fn excuse(&self, rank: Rank, call: u64) {
        self.silence.borrow_mut().excuse(rank, call);
    }

    /// On the master: speaks of ranks that owe something and are silent, each of which has `what`; ends the job where
    /// one is given up.
    pub(crate) fn speak_of_silence(
        &self,
        owes: impl Fn(Rank) -> bool,
        what: impl Fn(Rank) -> String,
    ) {
        if self.interval.get().is_none() {
            return;
        }
        let silent = self.silence.borrow_mut().look(now(), self.call(), owes);
        let mut is_over = false;
        for Silent {
            rank,
            time,
            spoken,
            is_lost,
        } in silent
        {
            let (host, time, what) = (self.host(rank), time.as_secs_f64(), what(rank));
            let silent = format!("rank {rank}{host} has been silent for {time:.0} s, with {what}");
            if is_lost {
                say(format_args!(
                    "error: {silent}; it is given up, and the job ends"
                ));
            } else {
                let help = if spoken == 1 { HELP } else { "" };
                say(format_args!(
                    "note: {silent}; its machine or the network may be gone{help}"
                ));
            }
            is_over |= is_lost;
        }
        if is_over {
            let _ = std::io::stdout().flush();
            std::thread::sleep(READING);
            self.fabric().abort(LOST);
        }
    }

    /// Where a rank runs, in parentheses, if that is known.
    fn host(&self, rank: Rank) -> String {
        let hosts = self.hosts.borrow();
        let host = hosts.get(rank).map(|host| format!(" ({host})"));
        host.unwrap_or_default()
    }
}
