//! What a rank says of itself that has waited for long.

use serde::{Deserialize, Serialize};

use crate::base::rank::Rank;
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
    /// The ranks whose bulk it takes as long as it waits: those of the messages that have come, of
    /// which bulk is missing. That is under way, so nobody is awaited for it.
    pub(crate) taking: Vec<Rank>,
}

/// Who can let a waiting rank go on. Ranks whose messages have come are not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Awaited {
    /// It needs a message of each of them.
    All(Vec<Rank>),
    /// It needs a message of one of them.
    Any(Vec<Rank>),
    /// Each of them must take the bulk that it was lent.
    Taken(Vec<Rank>),
}

impl Awaited {
    pub(super) fn ranks(&self) -> &[Rank] {
        let (Self::All(ranks) | Self::Any(ranks) | Self::Taken(ranks)) = self;
        ranks
    }

    /// The same.
    pub(crate) fn into_ranks(self) -> Vec<Rank> {
        let (Self::All(ranks) | Self::Any(ranks) | Self::Taken(ranks)) = self;
        ranks
    }
}

/// What a rank has exchanged with another one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Mail {
    /// Messages, which a rank that waits takes whatever it waits for.
    pub(crate) messages: Count,
    /// The frames of long ones, which stay in the fabric until somebody wants their message.
    pub(crate) bulk: Bulk,
}

/// How many messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Count {
    /// So many it has sent there.
    pub(crate) sent: u64,
    /// So many of the other's it has taken.
    pub(crate) taken: u64,
}

/// Frames, numbered from 1 in the order they were sent, in which they are taken too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Bulk {
    /// The last frame that is lent there now, and that the fabric holds on to; 0 for none.
    pub(crate) lent: u64,
    /// The last of the other's frames that was asked for. The fabric may hand it over, and let go of
    /// it where it was lent, although nobody asks again; of no later one.
    pub(crate) wanted: u64,
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

    /// As numbers, five for each rank.
    pub(crate) fn numbers(&self) -> impl ExactSizeIterator<Item = [u64; 5]> {
        self.0.iter().map(|&(rank, Mail { messages, bulk })| {
            let Count { sent, taken } = messages;
            [rank as u64, sent, taken, bulk.lent, bulk.wanted]
        })
    }

    /// The reverse of [`numbers`](Self::numbers).
    pub(crate) fn of_numbers(numbers: Vec<[u64; 5]>) -> Option<Self> {
        let mails = numbers
            .into_iter()
            .map(|[rank, sent, taken, lent, wanted]| {
                let messages = Count { sent, taken };
                let bulk = Bulk { lent, wanted };
                Some((Rank::try_from(rank).ok()?, Mail { messages, bulk }))
            });
        mails.collect::<Option<_>>().map(Self)
    }

    /// The mail with `rank`.
    pub(super) fn with(&self, rank: Rank) -> Mail {
        let found = self.0.binary_search_by_key(&rank, |&(rank, _)| rank);
        found.map_or(Mail::default(), |index| self.0[index].1)
    }
}

/// A rank waits, and has waited for long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WaitReport {
    pub(crate) waiting: Waiting,
    /// When the rank last looked for what it waits for, in vain.
    pub(crate) mail: Ledger,
    pub(crate) host: String,
}
