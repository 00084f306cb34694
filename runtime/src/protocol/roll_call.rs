//! Whether all ranks make the same calls in the same order; kept by the master. Pure.
//!
//! Invariant: the master completes a call only after every rank has entered the same one, and a
//! rank that can never enter it is noticed as soon as the master hears of it.

use std::collections::VecDeque;

use super::message::Entry;
use crate::fabric::{MASTER, Rank};

/// Why a job can't go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The ranks disagree, in words.
    Disagreement(String),
    /// A rank ended with an exit code that says it failed.
    Failed { rank: Rank, status: i32 },
}

/// Where each rank is.
#[derive(Debug)]
pub(crate) struct RollCall {
    /// The call that the master is in.
    current: Option<Entry>,
    ranks: Vec<Attendance>,
}

#[derive(Clone, Debug, Default)]
struct Attendance {
    /// Whether the rank has entered the master's present call.
    present: bool,
    /// Calls that the rank has entered before the master did.
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
    pub(crate) fn new(size: usize) -> Self {
        Self {
            current: None,
            ranks: vec![Attendance::default(); size],
        }
    }

    /// The master enters a call.
    pub(crate) fn enter(&mut self, entry: Entry) -> Result<(), Refusal> {
        self.current = Some(entry);
        for rank in self.workers() {
            self.ranks[rank].present = false;
            self.compare(rank)?;
        }
        Ok(())
    }

    /// The master has completed its call.
    pub(crate) fn complete(&mut self) {
        self.current = None;
    }

    /// Another rank has entered a call.
    pub(crate) fn entered(&mut self, rank: Rank, entry: Entry) -> Result<(), Refusal> {
        self.ranks[rank].ahead.push_back(entry);
        self.compare(rank)
    }

    /// Another rank's process is ending.
    pub(crate) fn left(&mut self, rank: Rank, status: i32, inside: bool) -> Result<(), Refusal> {
        self.ranks[rank].left = Some(Departure { status, inside });
        self.compare(rank)
    }

    /// Whether every rank has entered the master's present call.
    pub(crate) fn all_present(&self) -> bool {
        self.workers().all(|rank| self.ranks[rank].present)
    }

    /// Whether every other rank's process is ending.
    #[cfg(any(feature = "mpi", test))]
    pub(crate) fn all_left(&self) -> bool {
        self.workers().all(|rank| self.ranks[rank].left.is_some())
    }

    /// The master's process is ending: nobody may be waiting for it in a call.
    #[cfg(any(feature = "mpi", test))]
    pub(crate) fn close(&mut self) -> Result<(), Refusal> {
        self.current = None;
        let waiting = self
            .workers()
            .find_map(|rank| Some((rank, self.ranks[rank].ahead.front()?)));
        match waiting {
            None => Ok(()),
            Some((rank, entry)) => Err(Refusal::Disagreement(format!(
                "rank {MASTER} left the program while rank {rank} was in {entry}\n\
                 help: every rank must reach the same loops and calls: don't let a condition that \
                 differs between ranks (the rank's number, an environment variable, the clock) skip one"
            ))),
        }
    }

    fn workers(&self) -> impl Iterator<Item = Rank> + use<> {
        1..self.ranks.len()
    }

    fn compare(&mut self, rank: Rank) -> Result<(), Refusal> {
        let Some(ours) = &self.current else {
            return Ok(());
        };
        let attendance = &mut self.ranks[rank];
        if !attendance.present
            && let Some(theirs) = attendance.ahead.pop_front()
        {
            agree(ours, rank, &theirs)?;
            attendance.present = true;
        }
        // Who has completed this call before the master did may leave; who was inside may not.
        match attendance
            .left
            .filter(|left| left.inside || !attendance.present)
        {
            None => Ok(()),
            Some(Departure { status: 0, .. }) => Err(Refusal::Disagreement(format!(
                "rank {rank} left the program with exit code 0, while the others were in {ours}\n\
                 help: don't `return` or `exit` on some ranks only: every rank must reach the same loops and calls"
            ))),
            Some(Departure { status, .. }) => Err(Refusal::Failed { rank, status }),
        }
    }
}

/// The usual reasons why ranks have different items.
pub(crate) const USUAL_CAUSE: &str = "help: every rank makes the items itself, so they must not depend on the rank. Usual causes: \
the order of a `HashMap` or of `read_dir` (sort it), random numbers without a fixed seed, standard input, the clock. \
Where only one rank can know the items, write `#[parallel_for(items = master)]`";

fn agree(ours: &Entry, rank: Rank, theirs: &Entry) -> Result<(), Refusal> {
    let difference = if (ours.call, &ours.site) != (theirs.call, &theirs.site) {
        format!(
            "rank {rank} is in {theirs}, but rank {MASTER} is in {ours} (call {} of the program)\n\
             help: every rank must reach the same loops and calls in the same order: don't let a condition \
             that differs between ranks skip one",
            ours.number + 1
        )
    } else if let (Some(our_length), Some(their_length)) = (ours.length, theirs.length)
        && our_length != their_length
    {
        format!(
            "{ours} has {our_length} items on rank {MASTER}, but {their_length} on rank {rank}; \
             the first iteration that differs is {}\n{USUAL_CAUSE}",
            our_length.min(their_length)
        )
    } else if ours.fingerprint != theirs.fingerprint {
        format!(
            "{ours} has other items on rank {rank} than on rank {MASTER}, from iteration 0 on\n{USUAL_CAUSE}"
        )
    } else {
        return Ok(());
    };
    Err(Refusal::Disagreement(difference))
}

#[cfg(test)]
mod tests {
    use std::panic::Location;

    use super::super::message::Call;
    use super::*;

    #[track_caller]
    fn entry(number: u64, length: u64) -> Entry {
        Entry {
            number,
            call: Call::Loop,
            site: Location::caller().into(),
            length: Some(length),
            fingerprint: 0,
        }
    }

    fn words(result: Result<(), Refusal>) -> String {
        match result {
            Err(Refusal::Disagreement(words)) => words,
            other => panic!("expected a disagreement, not {other:?}"),
        }
    }

    #[test]
    fn ranks_may_be_ahead_of_the_master_and_may_leave_after_a_call() {
        let mut roll = RollCall::new(3);
        let (first, second) = (entry(0, 5), entry(1, 7));
        for rank in [1, 2] {
            assert_eq!(roll.entered(rank, first.clone()), Ok(()));
            assert_eq!(roll.entered(rank, second.clone()), Ok(()));
            assert_eq!(roll.left(rank, 0, false), Ok(()));
        }
        for entry in [first, second] {
            assert_eq!(roll.enter(entry), Ok(()));
            assert!(roll.all_present());
            roll.complete();
        }
        assert!(roll.all_left());
        assert_eq!(roll.close(), Ok(()));
    }

    #[test]
    fn different_places_lengths_and_items_are_noticed() {
        let mut roll = RollCall::new(2);
        roll.enter(entry(0, 5)).unwrap();
        let other_place = words(roll.entered(1, entry(0, 5)));
        assert!(
            other_place.contains("rank 1 is in the loop at")
                && other_place.contains("rank 0 is in the loop at")
        );

        let ours = entry(0, 5);
        let mut roll = RollCall::new(2);
        roll.enter(ours.clone()).unwrap();
        let other_length = words(roll.entered(
            1,
            Entry {
                length: Some(4),
                ..ours.clone()
            },
        ));
        assert!(
            other_length.contains("5 items on rank 0, but 4 on rank 1")
                && other_length.contains("differs is 4")
        );

        let mut roll = RollCall::new(2);
        roll.entered(
            1,
            Entry {
                fingerprint: 1,
                ..ours.clone()
            },
        )
        .unwrap();
        assert!(words(roll.enter(ours)).contains("other items on rank 1"));
    }

    #[test]
    fn a_rank_that_leaves_early_is_noticed_on_either_side() {
        let mut roll = RollCall::new(2);
        roll.enter(entry(0, 5)).unwrap();
        assert!(words(roll.left(1, 0, false)).contains("rank 1 left the program"));
        assert_eq!(
            roll.left(1, 3, false),
            Err(Refusal::Failed { rank: 1, status: 3 })
        );

        let mut roll = RollCall::new(2);
        roll.entered(1, entry(0, 5)).unwrap();
        assert!(
            words(roll.close()).contains("rank 0 left the program while rank 1 was in the loop")
        );
    }
}
