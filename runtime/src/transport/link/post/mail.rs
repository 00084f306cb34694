//! One message as it travels and as it waits.

use serde::{Deserialize, Serialize};

use super::Content;
use crate::base::rank::Rank;
use crate::base::wire::{decode_message, encode_message};
use crate::transport::fabric::{Fabric, Tag};
use crate::transport::matching::Lane;

/// The longest message that travels with its header: beyond it a copy costs more than a message.
pub(super) const SHORT: usize = 8 << 10;

/// What travels first.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) context: u64,
    pub(super) lane: Lane,
    pub(super) content: Content,
    pub(super) length: usize,
}

impl Header {
    /// The header, and behind it `bytes` where they are short. Layout: the header's length as
    /// little-endian u32, the header, the bytes.
    pub(super) fn seal(&self, bytes: &[u8]) -> Vec<u8> {
        let header = encode_message(self);
        let short = if bytes.len() <= SHORT { bytes } else { &[] };
        let mut sealed = Vec::with_capacity(4 + header.len() + short.len());
        let length = u32::try_from(header.len()).expect("a header is short");
        sealed.extend_from_slice(&length.to_le_bytes());
        sealed.extend_from_slice(&header);
        sealed.extend_from_slice(short);
        sealed
    }

    /// The reverse of [`seal`](Self::seal).
    pub(super) fn open(sealed: &[u8]) -> (Self, &[u8]) {
        let (length, rest) = sealed.split_first_chunk().expect("every message has one");
        let (header, bytes) = rest.split_at(u32::from_le_bytes(*length) as usize);
        (decode_message(header), bytes)
    }
}

/// A message that has arrived, maybe without its bytes.
#[derive(Debug)]
pub(super) struct Delivery {
    pub(super) content: Content,
    pub(super) length: usize,
    /// How many bytes have been taken from the fabric, to wherever.
    got: usize,
    /// The bytes, unless they were taken to where they are wanted.
    pub(super) bytes: Vec<u8>,
}

impl Delivery {
    /// One of which so much came with the header.
    pub(super) fn new(content: Content, length: usize, bytes: Vec<u8>) -> Self {
        Self {
            content,
            length,
            got: bytes.len(),
            bytes,
        }
    }

    /// Whether all bytes are here.
    pub(super) fn is_complete(&self) -> bool {
        self.got == self.length
    }

    /// Takes the frames that have arrived, to `buffer` if there is one; says whether all are here.
    /// What was begun in memory is ended there.
    pub(super) fn fetch(
        &mut self,
        fabric: &dyn Fabric,
        source: Rank,
        buffer: Option<&mut [u8]>,
    ) -> bool {
        let target = if let Some(buffer) = buffer.filter(|_| self.bytes.is_empty()) {
            buffer
        } else {
            self.bytes.resize(self.length, 0);
            &mut self.bytes
        };
        while self.got < self.length {
            let rest = &mut target[self.got..];
            let Some(length) = fabric.receive_into(source, Tag::PostBulk, rest) else {
                return false;
            };
            self.got += length;
        }
        true
    }
}
