//! Whether all ranks of a group make the same calls in the same order; kept by one of them. Pure.
//!
//! Invariant: the n-th call of every member is compared with the keeper's n-th, whoever comes first,
//! and a member that can never enter it is noticed as soon as the keeper hears of it. So a call that
//! is completed only when all are present is the same call on every rank.

mod builds;
mod words;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};

use super::message::Entry;
use crate::base::rank::{MASTER, Rank};

pub(crate) use words::{USUAL_CAUSE, nested, never_entered};

/// Why a job can't go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The ranks disagree, in words.
    Disagreement(String),
    /// A rank ended with an exit code that says it failed.
    Failed { rank: Rank, status: i32 },
}

/// Where each member of a group is.
#[derive(Debug)]
pub(crate) struct RollCall {
    keeper: Rank,
    /// What the group is to people.
    whose: &'static str,
    /// The keeper's calls that not all others have entered yet, and always its last one.
    ours: VecDeque<Ours>,
    /// How many of the keeper's calls came before those.
    forgotten: u64,
    /// Whether the keeper is in its last call.
    inside: bool,
    others: BTreeMap<Rank, Attendance>,
}

#[derive(Debug)]
struct Ours {
    entry: Entry,
    /// How many of the others have entered it.
    present: usize,
}

#[derive(Debug, Default)]
struct Attendance {
    /// How many of its calls were compared with the keeper's.
    matched: u64,
    /// Calls that the rank has entered before the keeper did.
    ahead: VecDeque<Entry>,
    left: Option<Departure>,
}

/// How a rank's process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Departure {
    status: i32,
    /// Whether it had not completed the call that it was in.
    inside: bool,
}

impl RollCall {
    /// For the ranks of a communicator; the first one keeps it.
    pub(crate) fn new(members: &[Rank]) -> Self {
        Self::of(members[0], &members[1..], "their communicator")
    }

    /// For all ranks; the master keeps it.
    pub(crate) fn world(size: usize) -> Self {
        let others: Vec<Rank> = (1..size).collect();
        Self::of(MASTER, &others, "the program")
    }

    fn of(keeper: Rank, others: &[Rank], whose: &'static str) -> Self {
        let attendance = |&rank| (rank, Attendance::default());
        Self {
            keeper,
            whose,
            ours: VecDeque::new(),
            forgotten: 0,
            inside: false,
            others: others.iter().map(attendance).collect(),
        }
    }

    /// The keeper enters a call in which it stays until [`complete`](Self::complete).
    pub(crate) fn enter(&mut self, entry: Entry) -> Result<(), Refusal> {
        self.inside = true;
        self.announce(entry)
    }

    /// The keeper passes through a call that need not wait for all.
    pub(crate) fn announce(&mut self, entry: Entry) -> Result<(), Refusal> {
        self.ours.push_back(Ours { entry, present: 0 });
        let others: Vec<Rank> = self.others.keys().copied().collect();
        let verdict = others.into_iter().try_for_each(|rank| self.compare(rank));
        self.forget();
        verdict
    }

    /// The keeper has completed the call in which it stayed.
    pub(crate) fn complete(&mut self) {
        self.inside = false;
    }

    /// Another rank has entered a call.
    pub(crate) fn entered(&mut self, rank: Rank, entry: Entry) -> Result<(), Refusal> {
        self.attendance(rank).ahead.push_back(entry);
        let verdict = self.compare(rank);
        self.forget();
        verdict
    }

    /// Another rank's process is ending; ranks outside the group don't matter.
    pub(crate) fn left(&mut self, rank: Rank, status: i32, inside: bool) -> Result<(), Refusal> {
        if !self.others.contains_key(&rank) {
            return Ok(());
        }
        self.attendance(rank).left = Some(Departure { status, inside });
        self.compare(rank)
    }

    /// Whether every rank has entered the keeper's last call.
    pub(crate) fn all_present(&self) -> bool {
        let everybody = self.others.len();
        self.ours
            .back()
            .is_none_or(|last| last.present == everybody)
    }

    /// Who has not entered the keeper's last call.
    pub(crate) fn missing(&self) -> Vec<Rank> {
        let others = self.others.keys().copied();
        others.filter(|&rank| self.is_missing(rank)).collect()
    }

    /// Whether this other rank has not entered the keeper's last call.
    pub(crate) fn is_missing(&self, rank: Rank) -> bool {
        self.others[&rank].matched < self.count()
    }

    /// The keeper's last call.
    pub(crate) fn last(&self) -> Option<&Entry> {
        self.ours.back().map(|call| &call.entry)
    }

    /// The last call that this rank has entered, where the keeper has not entered it yet.
    pub(crate) fn ahead(&self, rank: Rank) -> Option<&Entry> {
        self.others.get(&rank)?.ahead.back()
    }

    /// Whether nobody has entered a call that another has not.
    pub(crate) fn is_level(&self) -> bool {
        self.all_present() && self.others.values().all(|other| other.ahead.is_empty())
    }

    /// Whether every other rank's process is ending.
    pub(crate) fn all_left(&self) -> bool {
        self.others.values().all(|other| other.left.is_some())
    }

    /// The keeper's process is ending: nobody may be waiting for it in a call.
    pub(crate) fn close(&mut self) -> Result<(), Refusal> {
        self.inside = false;
        let mut waiting = self.others.iter();
        match waiting.find_map(|(&rank, other)| Some((rank, other.ahead.front()?))) {
            None => Ok(()),
            Some((rank, entry)) => Err(never_entered(self.keeper, rank, entry)),
        }
    }

    /// How many calls the keeper has entered.
    fn count(&self) -> u64 {
        self.forgotten + self.ours.len() as u64
    }

    fn attendance(&mut self, rank: Rank) -> &mut Attendance {
        self.others.get_mut(&rank).expect("only members call")
    }

    /// The keeper's call that this rank enters next, if it has come to that.
    fn next_of(&self, rank: Rank) -> Option<usize> {
        let index = usize::try_from(self.others[&rank].matched - self.forgotten);
        index.ok().filter(|&index| index < self.ours.len())
    }

    fn compare(&mut self, rank: Rank) -> Result<(), Refusal> {
        while let Some(next) = self.next_of(rank)
            && let Some(theirs) = self.attendance(rank).ahead.pop_front()
        {
            let number = self.forgotten + next as u64 + 1;
            let (keeper, ours) = (self.keeper, &mut self.ours[next]);
            let place = format_args!("call {number} of {}", self.whose);
            words::agree((keeper, &ours.entry), (rank, &theirs), place)?;
            ours.present += 1;
            self.attendance(rank).matched += 1;
        }
        // Who has completed this call before the keeper did may leave; who was inside may not.
        let next = self.next_of(rank);
        let left = self.others[&rank].left;
        let left = left.filter(|left| left.inside && self.inside || next.is_some());
        let call = match next {
            Some(next) => self.ours.get(next),
            None => self.ours.back(),
        };
        let (Some(Departure { status, .. }), Some(Ours { entry, .. })) = (left, call) else {
            return Ok(());
        };
        Err(match status {
            0 => words::left_early(rank, entry),
            _ => Refusal::Failed { rank, status },
        })
    }

    /// Lets go of the calls that all have entered.
    fn forget(&mut self) {
        let everybody = self.others.len();
        while self.ours.len() > 1 && self.ours[0].present == everybody {
            self.ours.pop_front();
            self.forgotten += 1;
        }
    }
}
