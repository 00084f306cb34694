//! A loop of several ranks that is likely to be over before threads would have come: the main threads begin it. The
//! master's runs chunks by itself, and the others wait for its word instead of asking for work.
//!
//! Invariant: what is begun in this way goes on in the usual one, whatever was wrong about the likelihood; so each
//! rank judges for itself.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::alone::BRIEF;
use super::event_loop::{self, Role, Turn};
use crate::base::rank::Rank;
use crate::loop_parts::schedule::{Adapter, Policy};
use crate::transport::link::Link;

/// A role that can be begun without threads.
pub(super) trait Begin: Role {
    /// For so long.
    const TIME: Duration;

    /// Whether threads could do something for it.
    fn needs_threads(&self) -> bool;
}

/// For so long the master runs chunks.
pub(super) const RUN: Duration = BRIEF;

/// For so long another rank waits for its word: the master may come later, runs the loop, and says so.
pub(super) const WAIT: Duration = BRIEF.saturating_mul(4);

/// Begins a loop in some role; its end, if it comes soon.
pub(super) fn begin<R: Begin>(link: &Link, role: &mut R) -> Option<R::End> {
    let begun = Instant::now();
    event_loop::run(link, Beginning { role, begun })
}

/// The chunks of a loop that is begun: each is so many times as long as the one before.
const GROWTH: u64 = 8;

/// Hands out what a policy does, in longer chunks while they were over soon. Of a loop of this length, if that is known.
pub(super) fn growing(policy: Box<dyn Policy>, length: Option<u64>) -> Box<dyn Policy> {
    Box::new(Growing {
        policy,
        end: length,
        next: 1,
        busy: Duration::ZERO,
    })
}

#[derive(Debug)]
struct Growing {
    policy: Box<dyn Policy>,
    end: Option<u64>,
    /// So long is the next chunk.
    next: u64,
    /// What the iterations took so far.
    busy: Duration,
}

impl Adapter for Growing {
    fn inside(&self) -> &dyn Policy {
        &*self.policy
    }

    fn inside_mut(&mut self) -> &mut dyn Policy {
        &mut *self.policy
    }

    fn hand_out(&mut self, rank: Rank) -> Option<Range<u64>> {
        let chunk = self.policy.next(rank)?;
        if self.busy > RUN {
            return Some(chunk);
        }
        let wanted = chunk.start.saturating_add(self.next);
        let end = self
            .end
            .map_or(chunk.end, |end| wanted.min(end).max(chunk.end));
        self.next = self.next.saturating_mul(GROWTH);
        self.policy.skip(end);
        Some(chunk.start..end)
    }

    fn watch(&mut self, busy: Duration) {
        self.busy += busy;
    }
}

struct Beginning<'a, R> {
    role: &'a mut R,
    begun: Instant,
}

impl<R: Begin> Role for Beginning<'_, R> {
    type End = Option<R::End>;

    fn attend(&self, link: &Link) {
        self.role.attend(link);
    }

    fn turn(&mut self, link: &Link, slept: Duration) -> Turn<Self::End> {
        match self.role.turn(link, slept) {
            Turn::Over(end) => Turn::Over(Some(end)),
            _ if self.begun.elapsed() > R::TIME && self.role.needs_threads() => Turn::Over(None),
            Turn::Heard => Turn::Heard,
            Turn::Worked => Turn::Worked,
            Turn::Idle(pace) => Turn::Idle(pace),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loop_parts::schedule::{Length, Schedule, Workforce, policy};

    /// The chunks of a loop of 100 iterations, each of which takes so long.
    fn chunks(said: Length, iteration: Duration) -> Vec<Range<u64>> {
        let force = Workforce {
            ranks: 2,
            threads: 2,
        };
        let mut policy = growing(
            policy(Schedule::Managed { chunk: None }, said, force),
            said.hint(),
        );
        let mut chunks = Vec::new();
        while let Some(Range { start, end }) = policy.next(0) {
            if start >= 100 {
                policy.ends_at(100);
                continue;
            }
            let end = end.min(100);
            let length = u32::try_from(end - start).unwrap();
            policy.measured(end - start, iteration * length);
            chunks.push(start..end);
        }
        chunks
    }

    #[test]
    fn chunks_grow_while_they_are_over_soon() {
        let exact = Length::Exact(100);
        assert_eq!(chunks(exact, Duration::ZERO), [0..1, 1..9, 9..73, 73..100]);
        let long = chunks(exact, Duration::from_millis(50));
        assert!(long.iter().all(|chunk| chunk.end - chunk.start == 1));
    }

    #[test]
    fn every_iteration_is_in_one_chunk_whatever_length_is_said() {
        for said in [1, 99, 100, 101, 1000].map(Length::Hint) {
            for micros in [0, 1, 10, 100] {
                let chunks = chunks(said, Duration::from_micros(micros));
                let all: Vec<u64> = chunks.into_iter().flatten().collect();
                assert_eq!(all, (0..100).collect::<Vec<_>>());
            }
        }
        let all: Vec<u64> = chunks(Length::Unknown, Duration::ZERO)
            .into_iter()
            .flatten()
            .collect();
        assert_eq!(all, (0..100).collect::<Vec<_>>());
    }
}
