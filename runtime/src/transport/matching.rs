//! Which message belongs to which receive. Pure.
//!
//! Invariant (MPI's rule of non-overtaking): of the messages that fit a receive, it gets the one
//! that arrived first; of the receives that a message fits, the one that was posted first gets it.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::rank::Rank;

/// What a message is for, within its communicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Lane {
    /// From one rank to another, with a tag.
    Direct { tag: u32 },
    /// Part of the communicator's n-th collective call, in one of its steps.
    Collective { call: u64, step: u32 },
}

/// Which messages a receive takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    pub(crate) context: u64,
    /// `None` for any rank.
    pub(crate) source: Option<Rank>,
    /// `None` for any tag.
    pub(crate) lane: Option<Lane>,
}

/// The outside of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// The number of the communicator.
    pub(crate) context: u64,
    pub(crate) source: Rank,
    pub(crate) lane: Lane,
}

impl Pattern {
    fn fits(&self, label: &Label) -> bool {
        self.context == label.context
            && self.source.is_none_or(|source| source == label.source)
            && self.lane.map_or_else(
                || matches!(label.lane, Lane::Direct { .. }),
                |lane| lane == label.lane,
            )
    }
}

/// A receive that was posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ticket(u64);

/// The number of a message, in the order of arrival on this rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Arrival(u64);

/// A message with its content.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Arrived<M> {
    pub(crate) label: Label,
    pub(crate) content: M,
    ticket: Option<Ticket>,
}

/// The receives and the messages that wait for each other.
#[derive(Debug)]
pub(crate) struct Matching<M> {
    numbers: u64,
    messages: BTreeMap<Arrival, Arrived<M>>,
    posted: BTreeMap<Ticket, Posted>,
}

#[derive(Debug)]
struct Posted {
    pattern: Pattern,
    found: Option<Arrival>,
}

impl<M> Default for Matching<M> {
    fn default() -> Self {
        Self {
            numbers: 0,
            messages: BTreeMap::new(),
            posted: BTreeMap::new(),
        }
    }
}

impl<M> Matching<M> {
    /// Posts a receive.
    pub(crate) fn post(&mut self, pattern: Pattern) -> Ticket {
        let ticket = Ticket(self.number());
        let found = self.claim(&pattern, ticket);
        self.posted.insert(ticket, Posted { pattern, found });
        ticket
    }

    /// A message has arrived.
    pub(crate) fn arrive(&mut self, label: Label, content: M) -> Arrival {
        let arrival = Arrival(self.number());
        let taker = self
            .posted
            .iter_mut()
            .find(|(_, posted)| posted.found.is_none() && posted.pattern.fits(&label));
        let ticket = taker.map(|(&ticket, posted)| {
            posted.found = Some(arrival);
            ticket
        });
        let message = Arrived {
            label,
            content,
            ticket,
        };
        self.messages.insert(arrival, message);
        arrival
    }

    /// The message of a receive, if it has come.
    pub(crate) fn found(&self, ticket: Ticket) -> Option<Arrival> {
        self.posted.get(&ticket)?.found
    }

    /// The first message that a receive with this pattern would get.
    pub(crate) fn first(&self, pattern: &Pattern) -> Option<Arrival> {
        self.messages
            .iter()
            .find(|(_, message)| message.ticket.is_none() && pattern.fits(&message.label))
            .map(|(&arrival, _)| arrival)
    }

    /// A message that has arrived and was not taken.
    pub(crate) fn message(&self, arrival: Arrival) -> &Arrived<M> {
        &self.messages[&arrival]
    }

    /// The same, to be changed.
    pub(crate) fn message_mut(&mut self, arrival: Arrival) -> &mut Arrived<M> {
        self.messages.get_mut(&arrival).expect("it was not taken")
    }

    /// The message of a receive, which is over then.
    pub(crate) fn take(&mut self, ticket: Ticket) -> Option<Arrived<M>> {
        let arrival = self.found(ticket)?;
        self.posted.remove(&ticket);
        self.messages.remove(&arrival)
    }

    /// The receive is not wanted any more: all is as if it had never been posted.
    pub(crate) fn cancel(&mut self, ticket: Ticket) {
        let posted = self.posted.remove(&ticket);
        if posted.is_none_or(|posted| posted.found.is_none()) {
            return;
        }
        for message in self.messages.values_mut() {
            message.ticket = None;
        }
        let open: Vec<_> = self
            .posted
            .iter()
            .map(|(&ticket, posted)| (ticket, posted.pattern))
            .collect();
        for (ticket, pattern) in open {
            let found = self.claim(&pattern, ticket);
            self.posted.get_mut(&ticket).expect("it is open").found = found;
        }
    }

    /// The messages from one rank to another that are still here.
    pub(crate) fn unreceived(&self) -> impl Iterator<Item = &Label> {
        self.messages
            .values()
            .map(|message| &message.label)
            .filter(|label| matches!(label.lane, Lane::Direct { .. }))
    }

    /// Gives a receive the first message that fits.
    fn claim(&mut self, pattern: &Pattern, ticket: Ticket) -> Option<Arrival> {
        let arrival = self.first(pattern)?;
        self.message_mut(arrival).ticket = Some(ticket);
        Some(arrival)
    }

    fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }
}
