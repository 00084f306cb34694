//! What the frames of a journal hold. Pure.
//!
//! A payload is the length of its head in four bytes (little endian), the head, as `wire` writes it, and the blocks of the
//! parts, which the head tells the lengths of.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::program::Program;
use super::reached::Reached;
use crate::base::shared::SharedBytes;
use crate::base::wire::{self, Format, encode_message};
use crate::loop_parts::gather::Form;

/// The head of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Head {
    /// The first record: who writes.
    Program(Program),
    /// A loop, before its first parts.
    Reached(Reached),
    /// The parts of some chunks of a loop.
    Parts(PartsHead),
    /// A loop that came to its end.
    Ended { number: u64 },
    /// All bytes before this position are on the disk.
    Durable { until: u64 },
}

/// What is said of parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PartsHead {
    /// The number of the loop.
    pub(super) number: u64,
    pub(super) chunks: Vec<Range<u64>>,
    /// Of the items of these chunks.
    pub(super) digest: u64,
    pub(super) form: Form,
    /// The length of each block.
    pub(super) blocks: Vec<u64>,
}

/// A record as it is written.
#[derive(Clone, Debug)]
pub(super) struct Record {
    head: Vec<u8>,
    blocks: Vec<SharedBytes>,
}

impl Record {
    pub(super) fn of(head: &Head) -> Self {
        Self::with(head, Vec::new())
    }

    pub(super) fn with(head: &Head, blocks: Vec<SharedBytes>) -> Self {
        let head = encode_message(head);
        let length = u32::try_from(head.len()).expect("a head is short");
        let mut prefixed = length.to_le_bytes().to_vec();
        prefixed.extend(head);
        Self {
            head: prefixed,
            blocks,
        }
    }

    /// The payload, in pieces that follow each other.
    pub(super) fn pieces(&self) -> impl Iterator<Item = &[u8]> + Clone {
        let blocks = self.blocks.iter().map(|block| &**block);
        std::iter::once(&self.head[..]).chain(blocks)
    }

    /// The length of the payload.
    pub(super) fn length(&self) -> usize {
        self.pieces().map(<[u8]>::len).sum()
    }
}

/// The head that these bytes are.
pub(super) fn read_head(bytes: &[u8]) -> Option<Head> {
    wire::decode(Format::Compact, bytes).ok()
}
