//! What a journal had at the start of the program. Pure.

use std::collections::BTreeMap;
use std::ops::Range;

use super::frame::Header;
use super::reached::Reached;
use super::record::PartsHead;
use crate::loop_parts::gather::Form;
use crate::loop_parts::schedule::Finished;

/// A loop of which something was kept.
#[derive(Clone, Debug)]
pub(super) struct KnownLoop {
    pub(super) reached: Reached,
    /// By the starts of their first chunks.
    pub(super) parts: BTreeMap<u64, KnownParts>,
    pub(super) finished: Finished,
    /// Whether it came to its end.
    pub(super) ended: bool,
}

/// Parts that lie in the file.
#[derive(Clone, Debug)]
pub(super) struct KnownParts {
    pub(super) chunks: Vec<Range<u64>>,
    pub(super) digest: u64,
    pub(super) form: Form,
    pub(super) header: Header,
    /// The length of each; together they are the end of the payload.
    pub(super) blocks: Vec<u64>,
}

/// Which items some chunks had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) chunks: Vec<Range<u64>>,
    pub(crate) digest: u64,
}

impl KnownLoop {
    pub(super) fn new(reached: Reached) -> Self {
        Self {
            reached,
            parts: BTreeMap::new(),
            finished: Finished::default(),
            ended: false,
        }
    }

    /// Adds the parts in a frame whose payload begins with `head` bytes before the blocks; those of iterations that there are
    /// already, or that don't fill their frame, are none.
    pub(super) fn add(&mut self, header: Header, head: u64, parts: PartsHead) {
        let PartsHead {
            chunks,
            digest,
            form,
            blocks,
            ..
        } = parts;
        let length = blocks
            .iter()
            .try_fold(head, |sum, &block| sum.checked_add(block));
        if length != Some(header.length) {
            return;
        }
        let Some(first) = chunks.first() else { return };
        if !chunks.iter().all(|chunk| self.finished.is_free(chunk)) {
            return;
        }
        for chunk in &chunks {
            self.finished.insert(chunk);
        }
        let known = KnownParts {
            digest,
            form,
            header,
            blocks,
            chunks: chunks.clone(),
        };
        self.parts.insert(first.start, known);
    }
}

impl KnownParts {
    /// The length of all that is before the blocks.
    pub(super) fn head(&self) -> u64 {
        self.header.length - self.blocks.iter().sum::<u64>()
    }

    /// Which items they were made of.
    pub(super) fn expected(&self) -> Expected {
        Expected {
            chunks: self.chunks.clone(),
            digest: self.digest,
        }
    }
}
