//! To whom a message goes, and from whom it is taken.

use std::fmt::{self, Display};

/// Any rank, or any tag: `world.receive::<String>(ANY)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Any;

/// See [`Any`].
#[doc(alias = "MPI_ANY_SOURCE")]
#[doc(alias = "MPI_ANY_TAG")]
#[doc(alias = "ANY_SOURCE")]
#[doc(alias = "ANY_TAG")]
pub const ANY: Any = Any;

/// Where a message goes: a rank, or `(rank, tag)`; without a tag the tag is 0.
///
/// A tag is any number that tells messages between the same ranks apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Destination {
    pub(super) rank: usize,
    pub(super) tag: u32,
}

impl From<usize> for Destination {
    fn from(rank: usize) -> Self {
        Self { rank, tag: 0 }
    }
}

impl From<(usize, u32)> for Destination {
    fn from((rank, tag): (usize, u32)) -> Self {
        Self { rank, tag }
    }
}

/// Where a message may come from: a rank, [`ANY`], `(rank, tag)`, `(ANY, tag)`; without a tag any
/// tag will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Source {
    pub(super) rank: Option<usize>,
    pub(super) tag: Option<u32>,
}

impl From<usize> for Source {
    fn from(rank: usize) -> Self {
        Self {
            rank: Some(rank),
            tag: None,
        }
    }
}

impl From<(usize, u32)> for Source {
    fn from((rank, tag): (usize, u32)) -> Self {
        Self {
            rank: Some(rank),
            tag: Some(tag),
        }
    }
}

impl From<Any> for Source {
    fn from(_: Any) -> Self {
        Self {
            rank: None,
            tag: None,
        }
    }
}

impl From<(Any, u32)> for Source {
    fn from((_, tag): (Any, u32)) -> Self {
        Self {
            rank: None,
            tag: Some(tag),
        }
    }
}

impl Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rank {
            Some(rank) => write!(f, "rank {rank}")?,
            None => f.write_str("any rank")?,
        }
        match self.tag {
            Some(tag) => write!(f, ", tag {tag}"),
            None => Ok(()),
        }
    }
}

/// What is known about a message besides its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(alias = "MPI_Status")]
pub struct Status {
    pub(super) source: usize,
    pub(super) tag: u32,
    pub(super) bytes: usize,
}

impl Status {
    /// The rank that sent it.
    #[must_use]
    #[doc(alias = "Get_source")]
    pub fn source(&self) -> usize {
        self.source
    }

    /// The tag it was sent with.
    #[must_use]
    #[doc(alias = "Get_tag")]
    pub fn tag(&self) -> u32 {
        self.tag
    }

    /// How many bytes its value took on the way: those of the plain numbers, otherwise those of
    /// serde's encoding.
    #[must_use]
    #[doc(alias = "MPI_Get_count")]
    #[doc(alias = "Get_count")]
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}
