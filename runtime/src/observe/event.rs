//! The events of a loop, and their words.

use std::fmt::{self, Display};
use std::ops::Range;
use std::time::Duration;

use crate::base::rank::Rank;
use crate::loop_parts::items::{Cost, Slowest, Span};
use crate::loop_parts::on_error::Mishap;
use crate::loop_parts::options::Shown;
use crate::loop_parts::schedule::Workforce;
use crate::protocol::message::{Cause, Entry, Halt, Verdict};

/// Something that happened to a call of all ranks: a loop, a map, a split, `on_master`. Of the events of one
/// rank, [`Entered`](Self::Entered) is the first and [`Ended`](Self::Ended) the last of each call; only that outputs go to all
/// ranks comes behind it.
#[derive(Clone, Debug)]
pub(crate) enum Event<'a> {
    /// This rank has entered its `call`-th one, counted from 0.
    Entered {
        entry: &'a Entry,
        call: u64,
        /// What its user says of showing it.
        shown: Option<Shown>,
        /// Who runs it.
        force: Workforce,
    },
    /// The clock of another rank showed `theirs` between these two times of this one's, in nanoseconds.
    Compared {
        rank: Rank,
        theirs: u64,
        between: (u64, u64),
    },
    /// So many of its iterations were finished by an earlier start of the program, and are not run.
    Resumed { iterations: u64 },
    /// The master has leased a chunk to another rank. Chunks of its own threads start at once.
    Leased { rank: Rank, chunk: &'a Range<u64> },
    /// A thread of this rank has begun a chunk.
    Started { chunk: &'a Range<u64> },
    /// Chunks have been run: by a thread of this rank, or by another rank, of which the master has just heard.
    Finished {
        rank: Rank,
        chunks: &'a [Range<u64>],
        cost: Cost,
        /// So many bytes of parts have come with that.
        bytes: usize,
        /// The most memory that another rank had so far, in bytes, where it has just looked.
        memory: Option<u64>,
    },
    /// A thread of a rank did something with parts, and somebody wants to know when. Heard as [`Finished`](Self::Finished).
    Handled {
        rank: Rank,
        stage: Stage,
        span: Span,
    },
    /// An iteration has panicked, and that did not simply end the call: as [`Finished`](Self::Finished), on the rank
    /// that ran it, and on the master.
    Mishap(&'a Mishap),
    /// The master has added to the outputs what the chunk wrote.
    Absorbed { chunk: &'a Range<u64> },
    /// This rank has nothing to run.
    Waiting,
    /// The master has heard that a rank asks for nothing more.
    Left { rank: Rank },
    /// So many bytes of parts, or of outputs, have gone from the master to each other rank.
    Spread { bytes: usize },
    /// The call is over on this rank.
    Ended { verdict: &'a Verdict },
}

/// What happens to parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// They are made ready to travel.
    Encoding,
    /// Values are made of what has come.
    Decoding,
    /// They are added to the outputs.
    Adding,
    /// All of them go to all ranks.
    Spreading,
}

impl Stage {
    pub(crate) const ALL: [Self; 4] = [
        Self::Encoding,
        Self::Decoding,
        Self::Adding,
        Self::Spreading,
    ];
}

impl Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Encoding => "encoding",
            Self::Decoding => "decoding",
            Self::Adding => "adding to the outputs",
            Self::Spreading => "sending to all ranks",
        })
    }
}

impl Display for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entered { entry, call, .. } => {
                write!(f, "call {call}: {entry}")?;
                match entry.length {
                    Some(length) => write!(f, ", {length} items"),
                    None => Ok(()),
                }
            }
            Self::Compared {
                rank,
                theirs,
                between: (begun, ended),
            } => write!(f, "{theirs} on rank {rank} is {begun} to {ended} here"),
            Self::Resumed { iterations } => {
                write!(f, "{iterations} items are of an earlier start")
            }
            Self::Leased { rank, chunk } => write!(f, "leased {chunk:?} to rank {rank}"),
            Self::Started { chunk } => write!(f, "started {chunk:?}"),
            Self::Finished {
                rank, chunks, cost, ..
            } => {
                write!(f, "rank {rank} finished ")?;
                match chunks {
                    [chunk] => write!(f, "{chunk:?}")?,
                    _ => write!(f, "{} chunks", chunks.len())?,
                }
                write!(f, " in {:?}", Duration::from_nanos(cost.nanos))?;
                let Some(Slowest { iteration, nanos }) = cost.slowest else {
                    return Ok(());
                };
                let took = Duration::from_nanos(nanos);
                write!(f, ", the slowest is iteration {iteration} with {took:?}")
            }
            Self::Handled { rank, stage, span } => {
                let took = Duration::from_nanos(span.ended - span.begun);
                write!(f, "rank {rank}: {stage} took {took:?}")
            }
            Self::Mishap(Mishap {
                iteration, rank, ..
            }) => write!(f, "iteration {iteration} has panicked on rank {rank}"),
            Self::Absorbed { chunk } => write!(f, "absorbed {chunk:?}"),
            Self::Waiting => f.write_str("waiting"),
            Self::Left { rank } => write!(f, "rank {rank} asks for nothing more"),
            Self::Spread { bytes } => write!(f, "{bytes} bytes went to all ranks"),
            Self::Ended { verdict } => match verdict {
                Verdict::Complete => f.write_str("complete"),
                Verdict::Halted(halt) => {
                    let Halt {
                        iteration, cause, ..
                    } = &**halt;
                    let how = match cause {
                        Cause::Left | Cause::Stopped { .. } => "left by",
                        Cause::Panicked(_) => "ended by a panic of",
                        Cause::Refused { .. } | Cause::NotAdded { .. } => "ended by a value of",
                    };
                    write!(f, "{how} iteration {iteration}")
                }
            },
        }
    }
}
