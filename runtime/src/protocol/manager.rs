//! Hands out the chunks of one loop and knows which are not back yet. Pure.
//!
//! Invariants: every chunk is leased to one rank and comes back once; after a halt no chunk
//! beyond it is handed out, and those before it come back before the loop ends, so the lowest
//! halt of all is the one that counts.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;
use std::time::Duration;

use super::message::Halt;
use super::roll_call::USUAL_CAUSE;
use crate::fabric::Rank;
use crate::schedule::Policy;

/// The manager of one loop, or of one rank's share of it.
#[derive(Debug)]
pub(crate) struct Manager {
    policy: Box<dyn Policy>,
    /// Chunks that are being run, by their start.
    leases: BTreeMap<u64, Lease>,
    /// Ranks whose wish for a chunk was not granted yet, in the order of asking.
    wishes: VecDeque<Rank>,
    ended: bool,
    halt: Option<Halt>,
    /// No chunk beyond this iteration is handed out.
    until: u64,
    /// Whether there are items that belong to nobody.
    surplus: bool,
}

/// How a rank came by the items of a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// So many iterations it can run.
    pub(crate) length: u64,
    pub(crate) digest: u64,
    pub(crate) then: Then,
}

/// What follows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// More items: what is missing in the chunk is for another one.
    More,
    /// The end of the loop.
    End,
    /// Nothing that this rank could have.
    Nothing,
}

#[derive(Debug)]
struct Lease {
    rank: Rank,
    end: u64,
    digest: u64,
}

impl Manager {
    pub(crate) fn new(policy: Box<dyn Policy>) -> Self {
        Self {
            policy,
            leases: BTreeMap::new(),
            wishes: VecDeque::new(),
            ended: false,
            halt: None,
            until: u64::MAX,
            surplus: false,
        }
    }

    /// The next chunk for `rank`, whose items are still to be found. Nothing else is offered before they
    /// were [`found`](Self::found).
    pub(crate) fn offer(&mut self, rank: Rank) -> Option<Range<u64>> {
        if self.ended {
            return None;
        }
        let next = self.policy.next(rank);
        let chunk = next.filter(|chunk| chunk.start <= self.until);
        self.ended = chunk.is_none();
        chunk
    }

    /// The part of a chunk that the rank gets, by what was found of its items.
    pub(crate) fn found(
        &mut self,
        rank: Rank,
        chunk: Range<u64>,
        found: Found,
    ) -> Option<Range<u64>> {
        let Found {
            length,
            digest,
            then,
        } = found;
        if length > 0 && then != Then::Nothing && self.policy.is_surplus(chunk.start) {
            (self.surplus, self.ended) = (true, true);
            return None;
        }
        let end = chunk.start + length;
        if end < chunk.end {
            match then {
                Then::More => self.policy.put_back(rank, end..chunk.end),
                Then::End => self.policy.ends_at(end),
                Then::Nothing => {}
            }
        }
        self.ended |= length == 0 || then == Then::Nothing;
        if length == 0 {
            return None;
        }
        self.leases.insert(chunk.start, Lease { rank, end, digest });
        Some(chunk.start..end)
    }

    /// Whether there are items beyond a division that believed their number.
    pub(crate) fn has_surplus(&self) -> bool {
        self.surplus
    }

    /// A rank wishes for more chunks.
    pub(crate) fn wish(&mut self, rank: Rank, chunks: u32) {
        self.wishes.extend((0..chunks).map(|_| rank));
    }

    /// The rank whose wish is next, while there is something to hand out.
    pub(crate) fn next_wish(&mut self) -> Option<Rank> {
        if self.ended {
            None
        } else {
            self.wishes.pop_front()
        }
    }

    /// A chunk came back.
    ///
    /// # Errors
    /// In words, when the items were others than the manager's own.
    pub(crate) fn finish(
        &mut self,
        rank: Rank,
        chunk: &Range<u64>,
        digest: Option<u64>,
        busy: Duration,
    ) -> Result<(), String> {
        let Some(lease) = self.leases.remove(&chunk.start) else {
            return Err(format!(
                "rank {rank} finished iteration {}, which it had not been given",
                chunk.start
            ));
        };
        debug_assert_eq!(
            (lease.rank, lease.end),
            (rank, chunk.end),
            "a chunk comes back as it was leased"
        );
        if let Some(digest) = digest
            && digest != lease.digest
        {
            let place = if chunk.end - chunk.start == 1 {
                format!("iteration {}", chunk.start)
            } else {
                format!("one of the iterations {}..{}", chunk.start, chunk.end)
            };
            return Err(format!(
                "rank {rank} has another item than rank 0 in {place}\n{USUAL_CAUSE}"
            ));
        }
        self.policy.measured(chunk.end - chunk.start, busy);
        Ok(())
    }

    /// An iteration ends the loop; of several halts the lowest counts.
    pub(crate) fn stop_at(&mut self, halt: Halt) {
        if self
            .halt
            .as_ref()
            .is_none_or(|lowest| halt.iteration < lowest.iteration)
        {
            self.until(halt.iteration);
            self.halt = Some(halt);
        }
    }

    /// The loop ends in this iteration, or in an earlier one.
    pub(crate) fn until(&mut self, iteration: u64) {
        self.until = self.until.min(iteration);
    }

    /// All iterations before this one are finished, and none of them ended the loop. `next` is the
    /// next one to be leased.
    pub(crate) fn settled(&self, next: u64) -> u64 {
        if self.policy.owner(0).is_some() {
            // Only the other ranks know what they have finished.
            return 0;
        }
        let running = self.leases.keys().next().copied();
        running.unwrap_or(next).min(next).min(self.until)
    }

    /// Hands out nothing more: this thread is unwinding.
    pub(crate) fn close(&mut self) {
        self.ended = true;
    }

    /// Whether threads should hold a chunk in reserve.
    pub(crate) fn reserves(&self) -> bool {
        !self.ended && self.policy.reserves()
    }

    /// Whether all chunks were handed out and came back.
    pub(crate) fn is_over(&self) -> bool {
        self.ended && self.leases.is_empty()
    }

    /// Where the schedule alone decides: whose iteration this is, and how many follow it.
    pub(crate) fn owner(&self, iteration: u64) -> Option<(Rank, u64)> {
        self.policy.owner(iteration)
    }

    /// The halt with the lowest index.
    pub(crate) fn halt(&self) -> Option<&Halt> {
        self.halt.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::protocol::message::Cause;
    use crate::schedule::{Length, Schedule, Workforce, policy};

    fn manager(schedule: Schedule, length: Length, ranks: usize) -> Manager {
        Manager::new(policy(
            schedule,
            length,
            Workforce {
                ranks,
                threads: ranks,
            },
        ))
    }

    /// A chunk of a loop of so many iterations, at most `most` of them; the digest is its start.
    fn lease(manager: &mut Manager, rank: Rank, length: u64, most: u64) -> Option<Range<u64>> {
        let chunk = manager.offer(rank)?;
        let there = chunk.end.min(length).saturating_sub(chunk.start);
        let ends = chunk.end > length;
        let found = Found {
            length: there.min(most),
            digest: chunk.start,
            then: if ends && there <= most {
                Then::End
            } else {
                Then::More
            },
        };
        manager.found(rank, chunk, found)
    }

    fn halt(iteration: u64) -> Halt {
        Halt {
            iteration,
            rank: 0,
            host: String::new(),
            cause: Cause::Left,
        }
    }

    /// What an iterator says of its length.
    fn lengths() -> impl Strategy<Value = fn(u64) -> Length> {
        prop_oneof![
            Just(Length::Exact as fn(u64) -> Length),
            Just(Length::Hint as fn(u64) -> Length),
            Just((|length| Length::Hint(length / 3)) as fn(u64) -> Length),
            Just((|length| Length::Hint(length * 2)) as fn(u64) -> Length),
            Just((|_| Length::Unknown) as fn(u64) -> Length),
        ]
    }

    proptest! {
        /// Ranks ask, get less than they could, finish and fail in any order; the manager may not
        /// know the length.
        #[test]
        fn the_lowest_failure_is_found_and_everything_below_it_is_run(
            length in 0..200_u64,
            said in lengths(),
            steps in proptest::collection::vec((1..4_usize, any::<bool>(), 1..5_u64), 0..400),
            failing in proptest::collection::btree_set(0..200_u64, 0..4),
        ) {
            let mut manager = manager(Schedule::Managed { chunk: Some(3) }, said(length), 4);
            let mut running: Vec<VecDeque<Range<u64>>> = vec![VecDeque::new(); 4];
            let mut run = vec![0; 200];
            let to_the_end = (0..1000).map(|step| (1 + step / 2 % 3, step % 2 == 0, 9));
            for (rank, asks, most) in steps.into_iter().chain(to_the_end) {
                if asks {
                    running[rank].extend(lease(&mut manager, rank, length, most));
                } else if let Some(chunk) = running[rank].pop_front() {
                    let failed = chunk.clone().find(|iteration| failing.contains(iteration));
                    for iteration in chunk.start..failed.map_or(chunk.end, |failed| failed + 1) {
                        run[usize::try_from(iteration).unwrap()] += 1;
                    }
                    if let Some(failed) = failed {
                        manager.stop_at(halt(failed));
                    }
                    manager.finish(rank, &chunk, Some(chunk.start), Duration::ZERO).unwrap();
                }
            }
            prop_assert!(manager.is_over());
            let lowest = failing.first().copied().filter(|&lowest| lowest < length);
            prop_assert_eq!(manager.halt().map(|halt| halt.iteration), lowest);
            let owed = usize::try_from(lowest.map_or(length, |lowest| lowest + 1)).unwrap();
            prop_assert!(run[..owed].iter().all(|&times| times == 1), "{:?}", run);
            prop_assert!(run.iter().all(|&times| times <= 1));
        }
    }

    #[test]
    fn other_items_and_unknown_chunks_are_refused() {
        let mut manager = manager(Schedule::Managed { chunk: Some(5) }, Length::Exact(20), 2);
        let chunk = lease(&mut manager, 1, 20, 9).unwrap();
        assert!(manager.finish(1, &(7..9), None, Duration::ZERO).is_err());
        let words = manager
            .finish(1, &chunk, Some(99), Duration::ZERO)
            .unwrap_err();
        assert!(
            words.contains("rank 1 has another item than rank 0 in one of the iterations 0..5"),
            "{words}"
        );
    }

    #[test]
    fn what_lies_beyond_blocks_is_noticed_by_the_last_rank() {
        for (length, surplus) in [(8, false), (9, true), (5, false)] {
            let mut manager = manager(Schedule::Blocks, Length::Hint(8), 2);
            while let Some(chunk) = lease(&mut manager, 1, length, 9) {
                manager.finish(1, &chunk, None, Duration::ZERO).unwrap();
            }
            assert_eq!((manager.has_surplus(), manager.is_over()), (surplus, true));
        }
    }

    #[test]
    fn wishes_are_granted_in_the_order_of_asking_while_there_is_something() {
        let mut manager = manager(Schedule::Managed { chunk: Some(10) }, Length::Exact(10), 3);
        manager.wish(2, 2);
        manager.wish(1, 1);
        assert_eq!(
            [
                manager.next_wish(),
                manager.next_wish(),
                manager.next_wish()
            ],
            [Some(2), Some(2), Some(1)]
        );
        manager.wish(1, 1);
        assert_eq!(lease(&mut manager, 0, 10, 10), Some(0..10));
        assert_eq!(lease(&mut manager, 0, 10, 10), None);
        assert_eq!(
            manager.next_wish(),
            None,
            "at the end a wish waits for the last word"
        );
    }
}
