//! One call of a user's: how it waits, and for whom, in case it waits forever.

use std::panic::Location;

use super::{Communicator, Source};
use crate::base::error::{Error, ErrorKind};
use crate::base::rank::Rank;
use crate::protocol::deadlock::{Awaited, Waiting};
use crate::transport::link::Link;

/// Which call it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calling {
    pub(super) name: &'static str,
    pub(super) site: &'static Location<'static>,
}

impl Calling {
    #[track_caller]
    pub(super) fn new(name: &'static str) -> Self {
        Self {
            name,
            site: Location::caller(),
        }
    }

    /// An error of this call.
    pub(super) fn error(self, kind: ErrorKind, words: &str) -> Error {
        let Self { name, site } = self;
        Error::new(kind, format!("`{name}` at {site}: {words}"))
    }

    /// The error of a call that waits where there is nobody else.
    fn in_vain(self) -> Error {
        let Self { name, site } = self;
        let words = format!(
            "`{name}` at {site} waits forever: this communicator has one rank, which has sent itself nothing that fits\nhelp: a message to oneself must be sent before it is received, in the same communicator; in the body of a loop every `world()` is one of its own"
        );
        Error::new(ErrorKind::Misuse, words)
    }

    /// It waits for messages of ranks; `of` says which, for people.
    pub(super) fn waiting(self, of: &str, awaited: Awaited) -> Waiting {
        Waiting {
            call: format!("`{}`{of}", self.name),
            collective: false,
            site: self.site.into(),
            awaited,
            taking: Vec::new(),
        }
    }

    /// It waits for nothing but the bytes of messages that have come from these ranks.
    pub(super) fn taking(self, taking: Vec<Rank>) -> Waiting {
        Waiting {
            taking,
            ..self.waiting("", Awaited::All(Vec::new()))
        }
    }

    /// It is a collective one, and waits for messages of some ranks, while those of others have come.
    pub(super) fn waiting_together(self, awaited: Vec<Rank>, taking: Vec<Rank>) -> Waiting {
        Waiting {
            collective: true,
            taking,
            ..self.waiting("", Awaited::All(awaited))
        }
    }
}

impl Communicator {
    /// Waits for what `poll` finds; `describe` is asked where that takes long.
    pub(super) fn wait<T>(
        &self,
        calling: Calling,
        describe: impl Fn() -> Waiting,
        mut poll: impl FnMut(&Link) -> Result<Option<T>, Error>,
    ) -> Result<T, Error> {
        let link = self.link()?;
        if self.size() == 1 {
            return poll(link)?.ok_or_else(|| calling.in_vain());
        }
        link.wait_for(describe, || {
            if let Some(words) = link.failure() {
                return Some(Err(Error::new(ErrorKind::Library, words)));
            }
            poll(link).transpose()
        })
    }

    /// A receive waits whose message has not come. Ranks are shown by their numbers in the world, as
    /// everywhere in what is said of the whole job.
    pub(super) fn waiting_for_message(&self, calling: Calling, source: Source) -> Waiting {
        let rank = source.rank.map(|rank| self.group.members[rank]);
        let whom = rank.map_or("any rank".to_owned(), |rank| format!("rank {rank}"));
        let tag = source.tag.map(|tag| format!(", tag {tag},"));
        let awaited = match rank {
            Some(rank) => Awaited::All(vec![rank]),
            None => Awaited::Any(self.group.members.clone()),
        };
        calling.waiting(&format!(" from {whom}{}", tag.unwrap_or_default()), awaited)
    }
}
