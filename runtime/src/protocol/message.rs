//! What the ranks say to each other.

mod repeated;

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::ops::Range;
use std::panic::Location;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::deadlock::{Ledger, WaitReport};
use crate::base::panicking::{self, PanicReport};
use crate::base::rank::Rank;
use crate::base::thread_context::Identity;
use crate::base::wire::Format;
use crate::loop_parts::captures::Captured;
use crate::loop_parts::gather::Form;
use crate::loop_parts::identity::LoopIdentity;
use crate::loop_parts::items::{Cost, Span};
use crate::loop_parts::on_error::Mishap;
use crate::loop_parts::schedule::Reserve;

pub(crate) use repeated::Varying;

/// A place in the user's program. Every call makes one, so on its own rank it owns nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Site {
    file: Cow<'static, str>,
    line: u32,
    column: u32,
}

impl From<&'static Location<'static>> for Site {
    fn from(location: &'static Location<'static>) -> Self {
        Self {
            file: Cow::Borrowed(location.file()),
            line: location.line(),
            column: location.column(),
        }
    }
}

impl Site {
    pub(crate) fn line(&self) -> u32 {
        self.line
    }
}

impl Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// The calls that every rank of a group must make in the same order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Call {
    Start,
    Loop,
    /// By `split_managed`.
    Split,
    OnMaster,
    /// A collective call of a communicator, by its name.
    Collective(Cow<'static, str>),
}

impl Call {
    /// Whether no rank but the master can leave it before the master has entered it, and none can
    /// do anything else in it meanwhile.
    pub(crate) fn holds_workers(&self) -> bool {
        // In a split, a rank runs the user's code between two items.
        matches!(self, Self::Start | Self::Loop | Self::OnMaster)
    }

    /// Whether it runs iterations.
    pub(crate) fn iterates(&self) -> bool {
        matches!(self, Self::Loop | Self::Split)
    }

    /// Whether all ranks must make it in the same line of the program. Collective calls are often
    /// in a branch for the root and another one for the others.
    pub(crate) fn has_one_place(&self) -> bool {
        !matches!(self, Self::Collective(_))
    }
}

impl Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Call::Start => "the start of the program",
            Call::Loop => "the loop",
            Call::Split => "the split",
            Call::OnMaster => "`on_master`",
            Call::Collective(name) => return write!(f, "`{name}`"),
        })
    }
}

/// What a rank passes to a call, as far as all must pass the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Details {
    /// Any value of this type.
    Type(Cow<'static, str>),
    Numbers {
        count: usize,
        of: Cow<'static, str>,
    },
    /// Something else.
    Words(Cow<'static, str>),
}

impl Display for Details {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(words) | Self::Words(words) => f.write_str(words),
            Self::Numbers { count, of } => write!(f, "{count} numbers of type {of}"),
        }
    }
}

/// A rank has reached a call. The n-th of one rank belongs to the n-th of every other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) call: Call,
    pub(crate) site: Site,
    /// The number of items, where it is known beforehand.
    pub(crate) length: Option<u64>,
    /// A digest of what can be compared of the items beforehand.
    pub(crate) fingerprint: u64,
    /// The rank that gives or gets the value, where one rank does.
    pub(crate) root: Option<Rank>,
    /// What else must be the same on all ranks.
    pub(crate) details: Option<Details>,
    /// What a loop captures, where that is compared.
    pub(crate) captures: Vec<Captured>,
    /// Which loop it is, where several ranks reach it.
    pub(crate) identity: Option<LoopIdentity>,
    /// The rank's host, where it may be to blame.
    pub(crate) host: Option<String>,
}

impl Entry {
    /// A call of which nothing else has to agree.
    pub(crate) fn new(call: Call, site: Site) -> Self {
        Self {
            call,
            site,
            length: None,
            fingerprint: 0,
            root: None,
            details: None,
            captures: Vec::new(),
            identity: None,
            host: None,
        }
    }
}

impl Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.call, self.site)
    }
}

/// About the job rather than about one loop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Control {
    /// To the master: the sender has waited for long, and is waiting.
    Waiting(WaitReport),
    /// To the master: it no longer is.
    Resumed,
    /// To the master, from the keeper of a group: its ranks disagree, in words.
    Accused(String),
    /// To the master: the sender's process is ending with this exit code, maybe inside a call.
    Left {
        status: i32,
        inside: bool,
        mail: Ledger,
    },
    /// From the master: every rank has left.
    Release,
    /// To the master: the sender is at work.
    Alive,
    /// To the master: the sender is at work, and says nothing of that in this call.
    Busy { call: u64 },
    /// To the master: since then, everything that the sender sent has been taken.
    Flushed,
    /// From the master: so it is for all ranks.
    Parted,
    /// From the master: the job can't go on, and why.
    Refused(String),
    /// From the master: a rank has failed, or a signal ends the job, and all end with this exit code.
    Ended { status: i32 },
    /// To the keeper of a group: the sender has entered a call. It travels in a way of its own;
    /// it is the last one because serde numbers those that it reads without it.
    #[serde(skip)]
    Entered {
        context: u64,
        entry: Entry,
        /// In calls that hold the sender until the master comes: what it has sent and taken before.
        mail: Option<Ledger>,
    },
}

/// Worker to manager: what was finished, and how many chunks to send. The parts of all chunks are the
/// attachments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Request {
    /// The number of the call: a wish may still be under way when its loop has ended.
    pub(crate) call: u64,
    pub(crate) finished: Option<Finished>,
    pub(crate) wants: Wants,
    /// With schedules that need no manager: the rank has run its share.
    pub(crate) over: Option<Over>,
}

/// How many chunks to send, and how long each takes to come after it was asked for, as far as the rank knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wants {
    pub(crate) chunks: u32,
    /// Zero where it is not known.
    pub(crate) round_trip: Duration,
}

impl Wants {
    /// By a rank that holds nothing in reserve.
    pub(crate) fn chunks(chunks: u32) -> Self {
        Self {
            chunks,
            round_trip: Duration::ZERO,
        }
    }
}

/// A rank's last word on its share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Over {
    /// How many items the whole loop has on that rank, where it got to their end.
    pub(crate) length: Option<u64>,
    /// Whether it found items that belong to nobody.
    pub(crate) surplus: bool,
}

/// Chunks that one thread has run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Finished {
    pub(crate) chunks: Vec<Range<u64>>,
    /// Of the items of these chunks.
    pub(crate) digest: u64,
    /// Whether all iterations came to their end.
    pub(crate) whole: bool,
    pub(crate) cost: Cost,
    /// When their parts were made ready to travel, where somebody wants to know.
    pub(crate) encoding: Option<Span>,
    /// The most memory that the rank had so far, in bytes, where somebody wants to know and it was looked up just now.
    pub(crate) memory: Option<u64>,
    pub(crate) outcome: Outcome,
    /// Of these iterations, those that panicked and did not simply end the loop.
    pub(crate) mishaps: Vec<Mishap>,
}

impl Finished {
    /// Chunks that came to this, of which there is nothing to hand in.
    pub(crate) fn empty(chunks: Vec<Range<u64>>, outcome: Outcome) -> Self {
        Self {
            chunks,
            digest: 0,
            whole: false,
            cost: Cost::default(),
            encoding: None,
            memory: None,
            outcome,
            mishaps: Vec::new(),
        }
    }

    /// How many iterations these chunks have.
    pub(crate) fn iterations(&self) -> u64 {
        iterations(&self.chunks)
    }
}

/// How many iterations chunks have.
pub(crate) fn iterations(chunks: &[Range<u64>]) -> u64 {
    chunks.iter().map(|chunk| chunk.end - chunk.start).sum()
}

/// How chunks ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    /// The parts are in the attachments.
    Parts(Form),
    /// The last of the chunks ended the loop. Where an iteration left the loop, the parts up to it
    /// are in the attachments; after a panic they don't matter any more.
    Halted { halt: Halt, parts: Option<Form> },
    /// The only iteration of the chunk panicked, and another rank is to run it again, if it has another try.
    Failed(Halt),
    /// The rank's own items ended before the chunk did.
    Short { length: u64 },
}

impl Outcome {
    /// Whether there are parts in the attachments, made of items that can be compared.
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
    Panicked(Box<PanicReport>),
    /// What the `length` iterations behind `skipped` ones wrote can't travel.
    Refused {
        skipped: u64,
        length: u64,
        words: String,
    },
    /// What one of the `length` iterations wrote could not be added to the outputs.
    NotAdded {
        length: u64,
        report: Box<PanicReport>,
    },
    /// By `break`, `return` or `?`.
    Left,
    /// By a statement that runs in the order of the items, with what one of the `length` iterations made for it. What
    /// they wrote counts up to there, which each rank that gets the outputs finds by itself.
    Stopped {
        length: u64,
    },
}

/// The words for the iterations of one kind of call.
pub(crate) struct Wording {
    /// `iteration`, or `item`
    pub(crate) iteration: &'static str,
    /// `loop`
    pub(crate) call: &'static str,
    /// `left the loop`
    pub(crate) left: &'static str,
}

const OF_A_LOOP: Wording = Wording {
    iteration: "iteration",
    call: "loop",
    left: "left the loop",
};

impl Cause {
    /// See [`Cause::Stopped`].
    pub(crate) fn is_stop(&self) -> bool {
        matches!(self, Self::Stopped { .. })
    }
}

impl Halt {
    /// By an iteration that ran on this rank.
    pub(crate) fn on(rank: &Identity, iteration: u64, cause: Cause) -> Self {
        Self {
            iteration,
            rank: rank.rank,
            host: rank.host.clone(),
            cause,
        }
    }

    /// Whether the program goes on behind the loop, which an iteration or a statement left.
    pub(crate) fn leaves(&self) -> bool {
        self.cause == Cause::Left || self.cause.is_stop()
    }

    /// The whole message for people, about a loop.
    pub(crate) fn describe(&self, site: &Site) -> String {
        self.describe_as(&OF_A_LOOP, site)
    }

    /// The same, about another call.
    pub(crate) fn describe_as(&self, wording: &Wording, site: &Site) -> String {
        let Wording {
            iteration: one,
            call,
            left,
        } = wording;
        let Self {
            iteration,
            rank,
            host,
            cause,
        } = self;
        let (first, last) = match cause {
            Cause::Refused {
                skipped, length, ..
            } => (
                iteration + skipped,
                iteration + skipped + length.saturating_sub(1),
            ),
            Cause::NotAdded { length, .. } | Cause::Stopped { length } => {
                (*iteration, iteration + length.saturating_sub(1))
            }
            Cause::Panicked(_) | Cause::Left => (*iteration, *iteration),
        };
        let which = if first == last {
            format!("{one} {first}")
        } else {
            format!("{one}s {first} to {last}")
        };
        let indented = |report| panicking::describe(report).replace('\n', "\n  ");
        let what = match cause {
            Cause::Panicked(report) => format!(", {}", indented(report)),
            Cause::NotAdded { report, .. } => {
                let among = if first == last { "" } else { "one of the " };
                let what = indented(report);
                return format!(
                    "{among}{which} of the {call} at {site} can't be added to the result, {what}"
                );
            }
            Cause::Refused { words, .. } => format!(": {words}"),
            Cause::Left | Cause::Stopped { .. } => format!(", {left}"),
        };
        format!("{which} of the {call} at {site}, on rank {rank} ({host}){what}")
    }

    /// The text that the ranks unwind with.
    pub(crate) fn into_message(self) -> String {
        match self.cause {
            Cause::Panicked(report) | Cause::NotAdded { report, .. } => report.message,
            Cause::Refused { words, .. } => words,
            Cause::Left | Cause::Stopped { .. } => OF_A_LOOP.left.to_owned(),
        }
    }
}

/// Manager to worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Order {
    /// Run this chunk; its items are the attachment where only the master has them.
    Run {
        chunk: Range<u64>,
        /// What each thread should hold beside the chunk that it runs.
        reserve: Option<Reserve>,
        /// For how long it was known here that the rank wished for it, unless it may have been for longer.
        waited: Option<Duration>,
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
    Halted(Box<Halt>),
}
