//! What a rank says of itself that has waited for long.

use serde::{Deserialize, Serialize};

use crate::fabric::Rank;
use crate::protocol::message::Site;

/// What a rank waits for. Built only when it has waited for long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Waiting {
    /// What people read: "`receive` from rank 5, tag 3".
    pub(crate) call: String,
    /// Whether every rank of a group must make this call.
    pub(crate) collective: bool,
    pub(crate) site: Site,
    pub(crate) awaited: Awaited,
}

/// Who can let a waiting rank go on. Ranks from which everything has come are not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Awaited {
    /// It needs mail of each of them.
    All(Vec<Rank>),
    /// It needs mail of one of them.
    Any(Vec<Rank>),
    /// Each of them must take the last mail that it was sent. Only where mail is taken in the order
    /// it was sent, and while a rank waits it takes none but that of the ranks it waits for.
    Taken(Vec<Rank>),
}

impl Awaited {
    pub(super) fn ranks(&self) -> &[Rank] {
        let (Self::All(ranks) | Self::Any(ranks) | Self::Taken(ranks)) = self;
        ranks
    }

    /// Whether a rank that waits like this may take mail of `rank` meanwhile.
    pub(super) fn takes_from(&self, rank: Rank) -> bool {
        match self {
            Self::All(ranks) | Self::Any(ranks) => ranks.contains(&rank),
            Self::Taken(_) => false,
        }
    }
}

/// How many messages a rank has exchanged with another one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Mail {
    /// So many it has sent there.
    pub(crate) sent: u64,
    /// So many of the other's it has taken.
    pub(crate) taken: u64,
}

/// The mail of a rank with all others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ledger(Vec<(Rank, Mail)>);

impl Ledger {
    /// From the mail with rank 0, 1, 2 ...
    pub(crate) fn new(mail: impl Iterator<Item = Mail>) -> Self {
        let used = |(_, mail): &(Rank, Mail)| *mail != Mail::default();
        Self(mail.enumerate().filter(used).collect())
    }

    /// The mail with `rank`.
    pub(super) fn with(&self, rank: Rank) -> Mail {
        let found = self.0.binary_search_by_key(&rank, |&(rank, _)| rank);
        found.map_or(Mail::default(), |index| self.0[index].1)
    }
}

/// A rank waits, and has waited for long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) waiting: Waiting,
    /// When the rank last looked for what it waits for, in vain.
    pub(crate) mail: Ledger,
    pub(crate) host: String,
}
