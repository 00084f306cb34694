//! The roll calls of all groups that this rank keeps, and how calls get into them.
//!
//! Invariant: an entry waits here for the roll call that it belongs to: members may be ahead of a
//! keeper that has not made its communicator yet.

use std::collections::BTreeMap;

use super::Link;
use crate::base::rank::Rank;
use crate::protocol::message::{Control, Entry};
use crate::protocol::roll_call::{Refusal, RollCall, never_entered};

/// The context of all ranks; the master keeps it.
pub(crate) const WORLD: u64 = 0;

/// See the module.
#[derive(Debug)]
pub(super) struct Rolls {
    pub(super) world: RollCall,
    groups: BTreeMap<u64, Group>,
    /// Entries of groups that are not known, in the order they came.
    early: BTreeMap<u64, Vec<(Rank, Entry)>>,
}

#[derive(Debug)]
struct Group {
    roll: RollCall,
    /// Whether the keeper has let go of it, and waits for the others to catch up.
    dissolved: bool,
}

impl Rolls {
    pub(super) fn new(size: usize) -> Self {
        Self {
            world: RollCall::world(size),
            groups: BTreeMap::new(),
            early: BTreeMap::new(),
        }
    }

    fn announce(&mut self, context: u64, entry: Entry) -> Result<(), Refusal> {
        if context == WORLD {
            return self.world.announce(entry);
        }
        let group = self.groups.get_mut(&context);
        let group = group.expect("a keeper founds a group before it calls in it");
        group.roll.announce(entry)
    }

    pub(super) fn entered(
        &mut self,
        context: u64,
        rank: Rank,
        entry: Entry,
    ) -> Result<(), Refusal> {
        if context == WORLD {
            return self.world.entered(rank, entry);
        }
        let Some(group) = self.groups.get_mut(&context) else {
            self.early.entry(context).or_default().push((rank, entry));
            return Ok(());
        };
        let verdict = group.roll.entered(rank, entry);
        if group.dissolved {
            self.dissolve(context);
        }
        verdict
    }

    pub(super) fn left(&mut self, rank: Rank, status: i32, inside: bool) -> Result<(), Refusal> {
        let mut groups = self.groups.values_mut();
        // Only calls of the world are entered for long.
        let in_groups = groups.try_for_each(|group| group.roll.left(rank, status, false));
        self.world.left(rank, status, inside).and(in_groups)
    }

    /// This rank's process is ending: nobody may be waiting for it in a call.
    pub(super) fn close(&mut self, own: Rank) -> Result<(), Refusal> {
        self.world.close()?;
        let mut groups = self.groups.values_mut();
        groups.try_for_each(|group| group.roll.close())?;
        match self.early.values().flatten().next() {
            Some((rank, entry)) => Err(never_entered(own, *rank, entry)),
            None => Ok(()),
        }
    }

    fn found(&mut self, context: u64, members: &[Rank]) -> Result<(), Refusal> {
        let mut roll = RollCall::new(members);
        let early = self.early.remove(&context).unwrap_or_default();
        let verdict = early
            .into_iter()
            .try_for_each(|(rank, entry)| roll.entered(rank, entry));
        let dissolved = false;
        self.groups.insert(context, Group { roll, dissolved });
        verdict
    }

    fn dissolve(&mut self, context: u64) {
        if let Some(group) = self.groups.get_mut(&context) {
            group.dissolved = true;
            if group.roll.is_level() {
                self.groups.remove(&context);
            }
        }
    }
}

impl Link {
    /// On its keeper, the first member: from now on the group of this context has a roll call.
    pub(crate) fn found(&self, context: u64, members: &[Rank]) {
        let verdict = self.rolls.borrow_mut().found(context, members);
        self.check(verdict);
    }

    /// On its keeper: the group of this context makes no more calls.
    pub(crate) fn dissolve(&self, context: u64) {
        self.rolls.borrow_mut().dissolve(context);
    }

    /// Makes a call of a group known to its keeper, and does not wait for the others.
    ///
    /// # Panics
    /// Unwinds when another rank makes another call.
    pub(crate) fn announce(&self, context: u64, keeper: Rank, entry: impl FnOnce() -> Entry) {
        self.listen();
        if keeper == self.rank() {
            self.news.set(true);
            let verdict = self.rolls.borrow_mut().announce(context, entry());
            self.check(verdict);
        } else {
            self.tell_entry(context, keeper, entry());
        }
    }

    pub(super) fn tell_entry(&self, context: u64, keeper: Rank, entry: Entry) {
        let held = context == WORLD && entry.call.holds_workers();
        let mail = held.then(|| self.mailbox.fabric().ledger());
        self.tell(
            keeper,
            Control::Entered {
                context,
                entry,
                mail,
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use std::panic::Location;

    use super::*;
    use crate::protocol::message::Call;

    #[track_caller]
    fn entry() -> Entry {
        Entry::new(Call::Collective("scan".into()), Location::caller().into())
    }

    #[test]
    fn a_group_is_forgotten_when_all_have_caught_up() {
        let mut rolls = Rolls::new(3);
        let (first, second) = (entry(), entry());
        rolls.entered(9, 1, first.clone()).unwrap();
        rolls.found(9, &[0, 1]).unwrap();
        assert!(rolls.early.is_empty());
        rolls.announce(9, first).unwrap();
        rolls.announce(9, second.clone()).unwrap();
        rolls.dissolve(9);
        assert_eq!(rolls.groups.len(), 1, "rank 1 is one call behind");
        rolls.entered(9, 1, second).unwrap();
        assert!(rolls.groups.is_empty());
        assert_eq!(rolls.close(0), Ok(()));
    }

    #[test]
    fn a_call_of_a_group_that_its_keeper_never_makes_is_noticed_at_the_end() {
        let mut rolls = Rolls::new(3);
        rolls.entered(9, 2, entry()).unwrap();
        assert!(matches!(
            rolls.close(0),
            Err(Refusal::Disagreement(words)) if words.contains("while rank 2 was in `scan`")
        ));
        rolls.found(9, &[0, 1, 2]).unwrap();
        assert!(rolls.close(0).is_err());
    }

    #[test]
    fn a_member_that_has_left_is_missed_in_its_groups() {
        let mut rolls = Rolls::new(3);
        rolls.found(9, &[0, 2]).unwrap();
        rolls.left(1, 0, false).unwrap();
        rolls.announce(9, entry()).unwrap();
        assert!(rolls.left(2, 0, false).is_err());
    }
}
