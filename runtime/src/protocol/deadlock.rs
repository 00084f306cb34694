//! Proves that ranks wait for each other forever; kept by the master. Pure.
//!
//! What a rank says of itself arrives late, so it may no longer be true. Invariant: a verdict is
//! true all the same. It leans on this:
//!
//! - A rank that waits says what it waits for, together with its mail: all that it had sent, asked
//!   for and taken when it had just looked in vain. It sends nothing before it goes on.
//! - Of others' messages it takes what comes; of their bulk only what belongs to a message that it
//!   waits for and that has come, and what lies before that. A rank in a loop or a call of the
//!   master's, or that has left, takes neither.
//! - Bulk of a message that has come is under way, so nobody is awaited for it. Bulk of other
//!   messages stays where it is, and says nothing about what is under way.
//! - A lent frame that the fabric holds on to is held until its receiver has asked for it.
//!
//! The argument:
//!
//! - A rank r counts as stuck when, by the last reports, it needs something of a stuck rank w that w
//!   does not give before it goes on. (Of every awaited rank, where one of them would do.) Suppose
//!   that some of the stuck ranks went on after their reports, and let r be the first.
//! - If r needs a message of w: r had taken as many of w's as w had sent. So r took one that w sent
//!   after its report. But a rank that waits sends nothing, and one that has left neither, so w
//!   went on before r did, which was the first.
//! - If w must take what r lends: w had not asked for the last frame that the fabric holds on to, so
//!   it did afterwards; and if it did so while it waited, for a message of r's that it waited for.
//!   Had that message come by w's report, then w was taking r's bulk. Had it not, then w had taken
//!   fewer messages than r had sent, since r sent this one before it reported. Where neither was
//!   so, w went on before r did.
//! - A rank in a loop goes on after the master has entered and ended it; a master in a call of all
//!   goes on after each missing rank has entered it. `Entered` and `Waiting` of a rank arrive in the
//!   order they were sent, so a rank that is missing by its last report is missing.
//!
//! What only the user's own code could break is left out: a body or an iterator of a loop exchanges no
//! mail.
//!
//! So a report that was overtaken by events is noticed by its counts, and costs a verdict at most,
//! until the rank's next word: never a wrong one. Every deadlock is found in the end, because a rank
//! reports again when its mail has changed. Nothing more is sent then, all messages have been taken,
//! and no bulk of a message that is received is left; so whoever waits lacks a message of a rank
//! all of whose messages it has taken, or lends a frame that its receiver does not ask for.

mod report;
mod words;

#[cfg(test)]
mod simulation;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::message::Entry;
use super::roll_call::RollCall;
use crate::base::rank::{MASTER, Rank};

pub(crate) use report::{Awaited, Ledger, Mail, WaitReport, Waiting};
#[cfg(test)]
pub(crate) use report::{Bulk, Count};

/// What the master knows of waiting ranks. Ranks of which it knows nothing are computing.
#[derive(Debug)]
pub(crate) struct Watch {
    standings: BTreeMap<Rank, Standing>,
    /// The mail of ranks before they entered a call that may hold them.
    before: BTreeMap<Rank, Ledger>,
    hosts: BTreeMap<Rank, String>,
}

#[derive(Debug)]
enum Standing {
    Waiting(WaitReport),
    Left(Ledger),
}

/// The master can't go on before all ranks have entered its last call.
#[derive(Debug)]
pub(crate) struct Inside {
    /// The master's own.
    pub(crate) mail: Ledger,
    /// Whether no other rank can have left the call either.
    pub(crate) holds: bool,
}

/// How a rank stands in all that the master knows.
#[derive(Debug)]
enum Stand<'a> {
    Computing,
    Waiting(&'a WaitReport),
    /// In a call that it leaves after the master does, which may not have entered it.
    Held(&'a Entry, &'a Ledger, Reached),
    /// The master, in a call that these ranks have not entered.
    Inside(&'a Entry, &'a Ledger, Vec<Rank>),
    Left(&'a Ledger),
}

/// Whether the master has entered a call.
type Reached = bool;

impl Watch {
    /// Kept on this machine.
    pub(crate) fn new(host: String) -> Self {
        Self {
            standings: BTreeMap::new(),
            before: BTreeMap::new(),
            hosts: BTreeMap::from([(MASTER, host)]),
        }
    }

    pub(crate) fn waiting(&mut self, rank: Rank, report: WaitReport) {
        self.hosts.insert(rank, report.host.clone());
        self.standings.insert(rank, Standing::Waiting(report));
    }

    pub(crate) fn resumed(&mut self, rank: Rank) {
        self.standings.remove(&rank);
    }

    pub(crate) fn left(&mut self, rank: Rank, mail: Ledger) {
        self.standings.insert(rank, Standing::Left(mail));
    }

    /// A rank enters a call that may hold it until the master comes.
    pub(crate) fn entered(&mut self, rank: Rank, mail: Ledger) {
        self.before.insert(rank, mail);
    }

    /// Whether any rank has waited for long.
    pub(crate) fn is_needed(&self) -> bool {
        let mut standings = self.standings.values();
        standings.any(|standing| matches!(standing, Standing::Waiting(_)))
    }

    /// In words, if ranks wait that can never go on.
    pub(crate) fn verdict(
        &self,
        size: usize,
        world: &RollCall,
        inside: Option<&Inside>,
    ) -> Option<String> {
        let stands: Vec<_> = (0..size)
            .map(|rank| self.stand(rank, world, inside))
            .collect();
        let stuck = stuck(&stands);
        let waits =
            |(rank, stand): (Rank, &Stand<'_>)| stuck[rank] && matches!(stand, Stand::Waiting(_));
        let found = stands.iter().enumerate().any(waits);
        found.then(|| words::describe(&stands, &stuck, &self.hosts))
    }

    fn stand<'a>(
        &'a self,
        rank: Rank,
        world: &'a RollCall,
        inside: Option<&'a Inside>,
    ) -> Stand<'a> {
        match self.standings.get(&rank) {
            Some(Standing::Left(mail)) => return Stand::Left(mail),
            Some(Standing::Waiting(report)) => return Stand::Waiting(report),
            None => {}
        }
        if rank == MASTER {
            return match (inside, world.last()) {
                (Some(inside), Some(entry)) => Stand::Inside(entry, &inside.mail, world.missing()),
                _ => Stand::Computing,
            };
        }
        let Some(mail) = self.before.get(&rank) else {
            return Stand::Computing;
        };
        let held = |entry: &&Entry| entry.call.holds_workers();
        if let Some(entry) = world.ahead(rank) {
            return match Some(entry).filter(held) {
                Some(entry) => Stand::Held(entry, mail, false),
                None => Stand::Computing,
            };
        }
        let with_master = inside.is_some_and(|inside| inside.holds) && !world.is_missing(rank);
        match world.last().filter(held) {
            Some(entry) if with_master => Stand::Held(entry, mail, true),
            _ => Stand::Computing,
        }
    }
}

/// Which ranks can't go on: the greatest set in which each is held by another one of it.
fn stuck(stands: &[Stand<'_>]) -> Vec<bool> {
    let mut stuck: Vec<bool> = stands.iter().map(Stand::may_be_stuck).collect();
    let mut dependents = vec![Vec::new(); stands.len()];
    for (rank, stand) in stands.iter().enumerate() {
        for &awaited in stand.awaited() {
            dependents[awaited].push(rank);
        }
    }
    let mut doubtful: Vec<Rank> = (0..stands.len()).collect();
    while let Some(rank) = doubtful.pop() {
        if stuck[rank] && !is_held(rank, stands, &stuck) {
            stuck[rank] = false;
            doubtful.append(&mut dependents[rank]);
        }
    }
    stuck
}

fn is_held(rank: Rank, stands: &[Stand<'_>], stuck: &[bool]) -> bool {
    let report = match &stands[rank] {
        Stand::Computing => return false,
        Stand::Left(_) => return true,
        Stand::Held(..) => return stuck[MASTER],
        Stand::Inside(_, _, missing) => return missing.iter().any(|&other| stuck[other]),
        Stand::Waiting(report) => report,
    };
    // Whether no message of that rank is under way, and none will be.
    let silent = |&other: &Rank| {
        let (theirs, ours) = (stands[other].mail(rank), report.mail.with(other));
        stuck[other] && theirs.messages.sent == ours.messages.taken
    };
    // Whether that rank does not take what it was lent before it goes on.
    let untaken = |&other: &Rank| {
        let (theirs, ours) = (stands[other].mail(rank), report.mail.with(other));
        stuck[other] && theirs.bulk.wanted < ours.bulk.lent && !stands[other].may_take(rank, ours)
    };
    match &report.waiting.awaited {
        Awaited::All(ranks) => ranks.iter().any(silent),
        Awaited::Any(ranks) => ranks.iter().all(silent),
        Awaited::Taken(ranks) => ranks.iter().any(untaken),
    }
}

impl Stand<'_> {
    fn may_be_stuck(&self) -> bool {
        !matches!(self, Self::Computing)
    }

    fn awaited(&self) -> &[Rank] {
        match self {
            Self::Computing | Self::Left(_) => &[],
            Self::Held(..) => &[MASTER],
            Self::Inside(_, _, missing) => missing,
            Self::Waiting(report) => report.waiting.awaited.ranks(),
        }
    }

    /// Whether this rank may take bulk of another one, which has exchanged that mail with it, before
    /// it goes on.
    fn may_take(&self, rank: Rank, theirs: Mail) -> bool {
        match self {
            Self::Computing => true,
            // It wants a message that has come, or maybe one that is under way.
            Self::Waiting(report) => {
                report.waiting.taking.contains(&rank)
                    || report.mail.with(rank).messages.taken != theirs.messages.sent
            }
            Self::Held(..) | Self::Inside(..) | Self::Left(_) => false,
        }
    }

    /// What this rank has exchanged with another one, as far as is known.
    fn mail(&self, with: Rank) -> Mail {
        match self {
            Self::Computing => Mail::default(),
            Self::Waiting(report) => report.mail.with(with),
            Self::Held(_, mail, _) | Self::Inside(_, mail, _) | Self::Left(mail) => mail.with(with),
        }
    }
}
