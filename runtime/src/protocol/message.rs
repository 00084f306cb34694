//! What the ranks say to each other.

use std::fmt::{self, Display};
use std::ops::Range;
use std::panic::Location;

use serde::{Deserialize, Serialize};

use crate::panicking::{self, Report};
use crate::wire::Format;

/// A place in the user's program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Site {
    file: String,
    line: u32,
    column: u32,
}

impl From<&Location<'_>> for Site {
    fn from(location: &Location<'_>) -> Self {
        Self {
            file: location.file().to_owned(),
            line: location.line(),
            column: location.column(),
        }
    }
}

impl Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// The calls that every rank must make in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Call {
    Start,
    Loop,
    Split,
    Barrier,
    Broadcast,
    Gather,
    OnMaster,
}

impl Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Call::Start => "the start of the program",
            Call::Loop => "the loop",
            Call::Split => "the split",
            Call::Barrier => "`barrier`",
            Call::Broadcast => "`broadcast`",
            Call::Gather => "`gather`",
            Call::OnMaster => "`on_master`",
        })
    }
}

/// A rank has reached a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Which of the rank's calls this is, from 0.
    pub(crate) number: u64,
    pub(crate) call: Call,
    pub(crate) site: Site,
    /// The number of items, where it is known beforehand.
    pub(crate) length: Option<u64>,
    /// A digest of what can be compared of the items beforehand.
    pub(crate) fingerprint: u64,
}

impl Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.call, self.site)
    }
}

/// About the job rather than about one loop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Control {
    /// To the master: the sender has entered a call.
    Entered(Entry),
    /// To the master: the sender's process is ending with this exit code, maybe inside a call.
    Left { status: i32, inside: bool },
    /// From the master: every rank has left.
    Release,
    /// From the master: the job can't go on, and why.
    Refused(String),
    /// From the master: a rank has failed, and the others end with its exit code.
    Ended { status: i32 },
}

/// Worker to manager: what was finished, and how many chunks to send. The parts of all chunks, in
/// a vector, are the attachment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Request {
    /// The number of the call: a wish may still be under way when its loop has ended.
    pub(crate) call: u64,
    pub(crate) finished: Option<Finished>,
    pub(crate) wants: u32,
    /// With schedules that need no manager: the rank has run its share.
    pub(crate) over: Option<Over>,
}

/// A rank's last word on its share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Over {
    /// How many items the whole loop has on that rank, where it got to their end.
    pub(crate) length: Option<u64>,
}

/// Chunks that one thread has run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Finished {
    pub(crate) chunks: Vec<Range<u64>>,
    /// Of the items of these chunks.
    pub(crate) digest: u64,
    pub(crate) nanos: u64,
    pub(crate) outcome: Outcome,
}

/// How chunks ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    /// The parts are in the attachment.
    Parts(Format),
    /// The last of the chunks ended the loop. Where an iteration left the loop, the parts up to it
    /// are in the attachment; after a panic they don't matter any more.
    Halted { halt: Halt, parts: Option<Format> },
    /// The rank's own items ended before the chunk did.
    Short { length: u64 },
}

impl Outcome {
    /// Whether there are parts in the attachment, made of items that can be compared.
    pub(crate) fn has_parts(&self) -> bool {
        matches!(self, Self::Parts(_) | Self::Halted { parts: Some(_), .. })
    }
}

/// An iteration that ends the loop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Halt {
    pub(crate) iteration: u64,
    pub(crate) rank: usize,
    pub(crate) host: String,
    pub(crate) cause: Cause,
}

/// How an iteration ends the loop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Cause {
    Panicked(Report),
    /// By `break`, `return` or `?`.
    Left,
}

impl Halt {
    /// The whole message for people.
    pub(crate) fn describe(&self, site: &Site) -> String {
        let Self {
            iteration,
            rank,
            host,
            cause,
        } = self;
        let what = match cause {
            Cause::Panicked(report) => panicking::describe(report).replace('\n', "\n  "),
            Cause::Left => "left the loop".to_owned(),
        };
        format!("iteration {iteration} of the loop at {site}, on rank {rank} ({host}), {what}")
    }

    /// The text that the ranks unwind with.
    pub(crate) fn into_message(self) -> String {
        match self.cause {
            Cause::Panicked(report) => report.message,
            Cause::Left => "left the loop".to_owned(),
        }
    }
}

/// Manager to worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Order {
    /// Run this chunk; its items are the attachment where only the master has them.
    Run {
        chunk: Range<u64>,
        reserve: bool,
        shipped: Option<Format>,
        /// The iterations before this one are finished, and none of them ended the loop.
        settled: u64,
    },
    /// The loop ends in this iteration, or in an earlier one: what lies beyond is not needed.
    Until { iteration: u64 },
    /// The loop has ended.
    Stop(Verdict),
}

/// How a loop ended, for all ranks alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Verdict {
    Complete,
    /// By the halt with the lowest index.
    Halted(Halt),
}
