//! Calls that all ranks of a communicator make together.
//!
//! Invariant: every rank announces the call to the communicator's first rank, which compares them;
//! each step of a call takes its messages by the call's number, so one that belongs to another call
//! is never taken. A rank that can't do its part sends the reason instead, so that nobody waits for
//! what does not come, and every rank that needed it returns the error.

mod all_gather;
mod all_to_all;
mod barrier;
mod broadcast;
mod exchange;
mod gather;
mod message;
mod neighbours;
mod reduce;
mod scan;
mod scatter;
mod slices;

pub use slices::Slices;

use message::CollectiveMessage;

use super::Communicator;
use super::waiting::Calling;
use crate::base::error::{Error, ErrorKind};
use crate::base::rank::Rank;
use crate::protocol::deadlock::Waiting;
use crate::protocol::message::{Call, Details, Entry};
use crate::transport::link::Link;
use crate::transport::matching::{Lane, Pattern, Ticket};

/// A collective call that this rank is in.
pub(super) struct Together<'a> {
    communicator: &'a Communicator,
    link: &'a Link,
    calling: Calling,
    /// Which call of the communicator it is.
    number: u64,
}

/// That all ranks must pass this type.
pub(super) fn of<T>() -> Details {
    Details::Type(std::any::type_name::<T>().into())
}

/// The same where the number of numbers counts as well.
fn counted<N>(count: usize) -> Details {
    let of = std::any::type_name::<N>().into();
    Details::Numbers { count, of }
}

/// That all ranks pass nothing.
pub(super) fn nothing() -> Details {
    Details::Words("".into())
}

impl Communicator {
    /// Enters a collective call, in which all ranks must pass the same, as far as `details` say.
    pub(super) fn enter(
        &self,
        calling: Calling,
        details: impl FnOnce() -> Details,
    ) -> Result<Together<'_>, Error> {
        self.enter_as(calling, None, details)
    }

    /// Enters a collective call with a root, the same on all ranks.
    pub(super) fn enter_rooted(
        &self,
        calling: Calling,
        root: usize,
        details: impl FnOnce() -> Details,
    ) -> Result<Together<'_>, Error> {
        self.member(calling, root)?;
        self.enter_as(calling, Some(root), details)
    }

    fn enter_as(
        &self,
        calling: Calling,
        root: Option<usize>,
        details: impl FnOnce() -> Details,
    ) -> Result<Together<'_>, Error> {
        let link = self.link()?;
        let context = self.group.context;
        if self.size() > 1 {
            link.announce(context, self.group.members[0], || Entry {
                root,
                details: Some(details()),
                ..Entry::new(Call::Collective(calling.name.into()), calling.site.into())
            });
        }
        Ok(Together {
            communicator: self,
            link,
            calling,
            number: link.number_call(context),
        })
    }
}

impl Together<'_> {
    fn rank(&self) -> usize {
        self.communicator.rank()
    }

    fn size(&self) -> usize {
        self.communicator.size()
    }

    fn lane(&self, step: usize) -> Lane {
        Lane::Collective {
            call: self.number,
            step: u32::try_from(step).expect("calls have fewer steps"),
        }
    }

    /// The world's number of a rank, which is in range.
    fn member(&self, rank: usize) -> usize {
        self.communicator.group.members[rank]
    }

    /// Sends a message of one step.
    fn send(&self, to: usize, step: usize, message: CollectiveMessage) {
        let CollectiveMessage { content, bytes } = message;
        let context = self.communicator.group.context;
        let to = self.member(to);
        self.link.post(context, to, self.lane(step), content, bytes);
    }

    fn expect(&self, from: usize, step: usize) -> Ticket {
        self.link.expect(self.pattern(from, step))
    }

    fn pattern(&self, from: usize, step: usize) -> Pattern {
        Pattern {
            context: self.communicator.group.context,
            source: Some(self.member(from)),
            lane: Some(self.lane(step)),
        }
    }

    /// Waits for the message of one step.
    fn receive(&self, from: usize, step: usize) -> Result<CollectiveMessage, Error> {
        let ticket = self.expect(from, step);
        let describe = || match self.link.cover(ticket) {
            None => self.waiting(vec![self.member(from)], Vec::new()),
            Some(cover) => self.calling.taking(vec![cover.label.source]),
        };
        self.wait(describe, |link| {
            Ok(link.take(ticket).map(CollectiveMessage::from))
        })
    }

    /// Waits until it is known how many bytes the message of one step has, without taking it.
    fn announced(&self, from: usize, step: usize) -> Result<usize, Error> {
        let pattern = self.pattern(from, step);
        let describe = || self.waiting(vec![self.member(from)], Vec::new());
        self.wait(describe, |link| {
            Ok(link.peek(&pattern).map(|cover| cover.length))
        })
    }

    fn wait<R>(
        &self,
        describe: impl Fn() -> Waiting,
        poll: impl FnMut(&Link) -> Result<Option<R>, Error>,
    ) -> Result<R, Error> {
        self.communicator.wait(self.calling, describe, poll)
    }

    /// It waits for messages of some ranks, while those of others have come.
    fn waiting(&self, awaited: Vec<Rank>, taking: Vec<Rank>) -> Waiting {
        self.calling.waiting_together(awaited, taking)
    }

    /// An error of this call, unless ranks are in different calls: then that is the reason.
    pub(super) fn error(&self, kind: ErrorKind, words: &str) -> Error {
        self.link.listen();
        self.calling.error(kind, words)
    }

    /// The error of a list that does not have one entry for each rank.
    fn one_for_each(&self, given: usize) -> Error {
        let (rank, size) = (self.rank(), self.size());
        self.error(
            ErrorKind::WrongLength,
            &format!(
                "rank {rank} passes {given} values, but the communicator has {size} ranks\n\
                 help: pass one value for each rank, in rank order"
            ),
        )
    }
}
