//! One call of a user's: how it waits, and for whom, in case it waits for ever.

use std::panic::Location;

use super::{Communicator, Source};
use crate::error::{Error, ErrorKind};
use crate::fabric::Rank;
use crate::link::Link;
use crate::protocol::deadlock::{Awaited, Waiting};

/// Which call it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calling {
    pub(super) name: &'static str,
    pub(super) site: &'static Location<'static>,
}

/// What it waits for; asked where that takes long.
pub(super) struct Lack {
    /// "from rank 5", or nothing.
    pub(super) of: String,
    /// Whether all ranks of the communicator make the call.
    pub(super) collective: bool,
    pub(super) awaited: Awaited,
    /// Ranks whose messages have come, and whose bytes are being taken.
    pub(super) taking: Vec<Rank>,
}

impl Lack {
    /// In a collective call, messages of some ranks, while those of others have come.
    pub(super) fn of_call(awaited: Vec<Rank>, taking: Vec<Rank>) -> Self {
        Self {
            of: String::new(),
            collective: true,
            awaited: Awaited::All(awaited),
            taking,
        }
    }

    /// Nothing but the bytes of messages that have come from these ranks.
    pub(super) fn bytes(taking: Vec<Rank>) -> Self {
        Self {
            of: String::new(),
            collective: false,
            awaited: Awaited::All(Vec::new()),
            taking,
        }
    }
}

impl Calling {
    #[track_caller]
    pub(super) fn new(name: &'static str) -> Self {
        Self {
            name,
            site: Location::caller(),
        }
    }

    /// The error of a call that waits where there is nobody else.
    fn in_vain(self) -> Error {
        let Calling { name, site } = self;
        let words = format!(
            "`{name}` at {site} waits for ever: this communicator has one rank, which has sent itself \
             nothing that fits\n\
             help: a message to oneself must be sent before it is received, in the same communicator; in \
             the body of a loop every `world()` is one of its own"
        );
        Error::new(ErrorKind::Misuse, words)
    }

    pub(super) fn waiting(self, lack: Lack) -> Waiting {
        let Lack {
            of,
            collective,
            awaited,
            taking,
        } = lack;
        Waiting {
            call: format!("`{}`{of}", self.name),
            collective,
            site: self.site.into(),
            awaited,
            taking,
        }
    }
}

impl Communicator {
    /// Waits for what `poll` finds.
    pub(super) fn wait<T>(
        &self,
        calling: Calling,
        lack: impl Fn() -> Lack,
        mut poll: impl FnMut(&Link) -> Result<Option<T>, Error>,
    ) -> Result<T, Error> {
        let link = self.link()?;
        if self.size() == 1 {
            return poll(link)?.ok_or_else(|| calling.in_vain());
        }
        link.wait_for(
            || calling.waiting(lack()),
            || {
                if let Some(words) = link.failure() {
                    return Some(Err(Error::new(ErrorKind::Library, words)));
                }
                poll(link).transpose()
            },
        )
    }

    /// What a receive lacks whose message has not come. Ranks are shown by their numbers in the
    /// world, as everywhere in what is said of the whole job.
    pub(super) fn no_message(&self, source: Source) -> Lack {
        let rank = source.rank.map(|rank| self.group.members[rank]);
        let whom = rank.map_or("any rank".to_owned(), |rank| format!("rank {rank}"));
        let tag = source.tag.map(|tag| format!(", tag {tag},"));
        let awaited = match rank {
            Some(rank) => Awaited::All(vec![rank]),
            None => Awaited::Any(self.group.members.clone()),
        };
        Lack {
            of: format!(" from {whom}{}", tag.unwrap_or_default()),
            collective: false,
            awaited,
            taking: Vec::new(),
        }
    }
}
