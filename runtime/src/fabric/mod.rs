//! The port to a message-passing library: small enough for every library to honour all of it.
//! Users' `Communicator`s and the protocol of loops are built on it.
//!
//! Invariant: no call waits. Sending hands the bytes over, receiving takes what has arrived; how to
//! wait is decided in one place (`link`), and so it is the same on every fabric.

pub(crate) mod single;
#[cfg(test)]
pub(crate) mod threads;

#[cfg(feature = "mpi")]
pub(crate) mod mpi;

#[cfg(any(test, feature = "contract"))]
pub(crate) mod contract;

use std::fmt::Debug;

/// A rank's number, from 0; rank 0 is the master.
pub(crate) type Rank = usize;

/// The rank that has the outputs, prints and manages.
pub(crate) const MASTER: Rank = 0;

/// The longest single message. Counts in MPI are C ints, and a bound keeps buffers small.
pub(crate) const FRAME: usize = 64 << 20;

/// What a message is for. Messages of one tag from one rank arrive in the order they were sent.
/// The numbers are few and fixed: an index never goes into a tag, some libraries have 20 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Tag {
    /// Who entered which call, who left, and refusals.
    Control = 1,
    /// Worker to manager.
    Request = 2,
    /// Manager to worker.
    Order = 3,
    /// Values of collective calls.
    Value = 4,
    /// The attachments of requests.
    RequestBulk = 5,
    /// The attachments of orders.
    OrderBulk = 6,
    /// The attachments of values.
    ValueBulk = 7,
}

/// One message as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Envelope {
    pub(crate) source: Rank,
    pub(crate) bytes: Vec<u8>,
}

/// Ranks that exchange messages of bytes.
pub(crate) trait Fabric: Debug {
    /// This rank's number.
    fn rank(&self) -> Rank;

    /// How many ranks there are.
    fn size(&self) -> usize;

    /// The name of the machine that this rank runs on.
    fn processor_name(&self) -> String;

    /// Starts to send `bytes`, at most [`FRAME`] of them, to another rank, and returns at once.
    fn send(&self, to: Rank, tag: Tag, bytes: Vec<u8>);

    /// The next message with this tag, from `source` or from anybody, if one has arrived.
    fn receive(&self, source: Option<Rank>, tag: Tag) -> Option<Envelope>;

    /// Whether everything that was sent has left this rank. Moves the sending on.
    fn is_flushed(&self) -> bool;

    /// Ends the whole job with this exit code, whatever the other ranks are doing.
    #[cfg(feature = "mpi")]
    fn abort(&self, code: i32) -> !;

    /// Says goodbye to the message-passing library; every rank has agreed to it before.
    #[cfg(feature = "mpi")]
    fn finalize(&self);
}
