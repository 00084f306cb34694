//! The port to a message-passing library: small enough for every library to honour all of it.
//! Users' `Communicator`s and the protocol of loops are built on it.
//!
//! Invariant: no call waits for another rank. Sending hands the bytes over, receiving takes what has
//! arrived; how to wait is decided in one place (`link`), and so it is the same on every fabric.
//! Where memory is borrowed the call can't return before the bytes have moved: lending waits by
//! means of its caller, and taking into a buffer begins only when the message has begun to come.

pub(crate) mod single;
#[cfg(test)]
pub(crate) mod threads;

// The only place that asks whether ranks can be had: without MPI, the module says that they can't.
#[cfg_attr(not(feature = "mpi"), path = "mpi/absent.rs")]
pub(crate) mod mpi;

#[cfg(any(test, feature = "contract"))]
pub(crate) mod contract;

use std::fmt::Debug;

use crate::base::aligned::AlignedBytes;
use crate::base::rank::Rank;
use crate::base::shared::SharedBytes;

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
    /// Users' messages and collective calls: what they are, and short ones whole.
    Post = 8,
    /// The long ones' bytes.
    PostBulk = 9,
}

/// One message as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Envelope {
    pub(crate) source: Rank,
    pub(crate) bytes: AlignedBytes,
}

/// Bytes to be sent from where they are, at most [`FRAME`] of them, to another rank.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LentBytes<'a> {
    pub(crate) to: Rank,
    pub(crate) tag: Tag,
    pub(crate) bytes: &'a [u8],
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
    fn send(&self, to: Rank, tag: Tag, bytes: SharedBytes);

    /// Sends these frames without a copy, and returns when the receivers have asked for all of them
    /// and the library has read them. Until then it calls `meanwhile` again and again: that
    /// receives, waits a moment, or unwinds. It is told which of the frames are done, in their
    /// order.
    ///
    /// The frames and what was sent before with the same tag to the same rank arrive in order.
    ///
    /// When `meanwhile` unwinds, the library has a second to let go of the memory; otherwise the
    /// job ends, with exit code 101. The same is true after a [`failure`](Self::failure), in which
    /// case this returns although frames are left.
    fn lend(&self, frames: &[LentBytes<'_>], meanwhile: &mut dyn FnMut(&[bool]));

    /// The next message with this tag, from `source` or from anybody, if one has arrived.
    fn receive(&self, source: Option<Rank>, tag: Tag) -> Option<Envelope>;

    /// The next message with this tag from this rank, if one has begun to arrive: takes it into the
    /// front of `buffer`, without a copy, and tells its length. The last bytes of a long one come
    /// when the sender, too, is in a call of its fabric.
    ///
    /// # Panics
    /// Panics when the buffer is too short: whoever receives so knows how much comes.
    fn receive_into(&self, source: Rank, tag: Tag, buffer: &mut [u8]) -> Option<usize>;

    /// Whether everything that was sent has left this rank, or never will. Moves the sending on.
    fn is_flushed(&self) -> bool;

    /// The first error that the library reported: in which call, its own words, and their class.
    /// From then on nothing is sent or received any more.
    fn failure(&self) -> Option<String>;

    /// Ends the whole job with this exit code, whatever the other ranks are doing.
    fn abort(&self, code: i32) -> !;

    /// Says goodbye to the message-passing library; every rank has agreed to it before.
    fn finalize(&self);
}

/// The library below the fabric, for a process that ends: it can be asked by any thread, and when the
/// thread's local values are gone.
pub(crate) trait Library: Sync {
    /// Its name and version. This, too, can be asked before the library is started.
    fn version(&self) -> String;

    /// The names of the files with its parts, where it loads them as it starts.
    fn parts(&self) -> Vec<String>;

    /// Whether this thread is in a call of it. A library may end the process from within one, and
    /// then must not be called again.
    fn is_calling(&self) -> bool;

    /// Whether it can't be used any more, because the user's program has finalised it.
    fn is_gone(&self) -> bool;

    /// Ends the job with this exit code, whatever the other ranks are doing.
    fn abort(&self, code: i32) -> !;
}

/// What a rank has once its library is started.
pub(crate) struct Started {
    pub(crate) fabric: Box<dyn Fabric>,
    pub(crate) library: &'static dyn Library,
}

/// Starts a library, or says why it can't be used.
pub(crate) type Start = fn() -> Result<Started, String>;
