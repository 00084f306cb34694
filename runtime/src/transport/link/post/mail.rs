//! One message as it travels and as it waits.
//!
//! Invariant: what a header says takes no codec, and a message that is none of ours is noticed before it is used.

use super::Content;
use crate::base::interned::interned;
use crate::base::rank::Rank;
use crate::base::wire::{Format, decode_message, encode_message, unreadable};
use crate::transport::fabric::{Fabric, Tag};
use crate::transport::matching::Lane;

/// The longest message that travels with its header. With that it still is one of those that MPI libraries send at
/// once, without asking the receiver (4 KiB in Open MPI on one host); for longer ones a copy is worth less than a message.
pub(super) const SHORT: usize = (4 << 10) - 256;

/// What travels first.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) context: u64,
    pub(super) lane: Lane,
    pub(super) content: Content,
    pub(super) length: usize,
}

/// The length of what every header has. Layout, each as little-endian: the context, the length of the bytes, the tag
/// or the number of the call (u64), the step, the length of the word (u32), what kinds the lane and the content are
/// of (u8 each). Behind it the word, which is the name of a type or an encoded reason.
const FIXED: usize = 34;

/// The kinds of content, as they travel.
mod kind {
    pub(super) const PLAIN: u8 = 0;
    pub(super) const FAILED: u8 = 1;
    /// And upwards: a value, in one of the formats.
    pub(super) const VALUE: u8 = 2;
}

impl Header {
    /// The header, and behind it `bytes` where they are short.
    pub(super) fn seal(&self, bytes: &[u8]) -> Vec<u8> {
        let reason;
        let (kind, word) = match &self.content {
            Content::Plain { of } => (kind::PLAIN, of.as_bytes()),
            Content::Value { format, of } => (kind::VALUE + format.number(), of.as_bytes()),
            Content::Failed(error) => {
                reason = encode_message(error);
                (kind::FAILED, &*reason)
            }
        };
        let (collective, number, step) = match self.lane {
            Lane::Direct { tag } => (0, u64::from(tag), 0),
            Lane::Collective { call, step } => (1, call, step),
        };
        let short = if bytes.len() <= SHORT { bytes } else { &[] };
        let mut sealed = Vec::with_capacity(FIXED + word.len() + short.len());
        for number in [self.context, self.length as u64, number] {
            sealed.extend_from_slice(&number.to_le_bytes());
        }
        let word_length = u32::try_from(word.len()).expect("names of types are short");
        for number in [step, word_length] {
            sealed.extend_from_slice(&number.to_le_bytes());
        }
        sealed.extend_from_slice(&[collective, kind]);
        sealed.extend_from_slice(word);
        sealed.extend_from_slice(short);
        sealed
    }

    /// The reverse of [`seal`](Self::seal).
    ///
    /// # Panics
    /// Panics when this is none of our messages.
    pub(super) fn open(sealed: &[u8]) -> (Self, Vec<u8>) {
        let Some((header, start)) = Self::read(sealed) else {
            unreadable();
        };
        (header, sealed[start..].to_vec())
    }

    /// The header, and where the bytes begin.
    fn read(sealed: &[u8]) -> Option<(Self, usize)> {
        let (fixed, rest) = sealed.split_first_chunk::<FIXED>()?;
        let (numbers, kinds) = fixed.as_chunks::<8>();
        let [context, length, number, step_and_word] = *numbers else {
            return None;
        };
        let [context, length, number] = [context, length, number].map(u64::from_le_bytes);
        let (halves, _) = step_and_word.as_chunks::<4>();
        let [step, word_length] = [halves[0], halves[1]].map(u32::from_le_bytes);
        let lane = match kinds[0] {
            0 => Lane::Direct {
                tag: u32::try_from(number).ok()?,
            },
            _ => Lane::Collective { call: number, step },
        };
        let word = rest.get(..word_length as usize)?;
        let what = match kinds[1] {
            kind::FAILED => Content::Failed(decode_message(word)),
            kind => {
                let of = interned(str::from_utf8(word).ok()?);
                match kind.checked_sub(kind::VALUE) {
                    None => Content::Plain { of },
                    Some(format) => Content::Value {
                        format: Format::numbered(format)?,
                        of,
                    },
                }
            }
        };
        let header = Self {
            context,
            lane,
            content: what,
            length: usize::try_from(length).ok()?,
        };
        Some((header, FIXED + word.len()))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::error::ErrorKind;

    #[test]
    fn what_is_sealed_opens_again() {
        let lanes = [
            Lane::Direct { tag: 0 },
            Lane::Direct { tag: u32::MAX },
            Lane::Collective {
                call: u64::MAX,
                step: 7,
            },
        ];
        let of = "alloc::vec::Vec<Größe>";
        let contents = [
            Content::Plain { of },
            Content::Plain { of: "" },
            Content::Failed(ErrorKind::WrongLength),
            Content::Value {
                format: Format::Compact,
                of,
            },
            Content::Value {
                format: Format::SelfDescribing,
                of,
            },
        ];
        for lane in lanes {
            for content in contents {
                for length in [0, 1, SHORT, SHORT + 1] {
                    let bytes = vec![7; length];
                    let header = Header {
                        context: 3 << 40 | 5,
                        lane,
                        content,
                        length,
                    };
                    let travels = if length > SHORT {
                        vec![]
                    } else {
                        bytes.clone()
                    };
                    assert_eq!(Header::open(&header.seal(&bytes)), (header, travels));
                }
            }
        }
    }

    #[test]
    fn what_is_no_header_is_not_read() {
        let header = Header {
            context: 1,
            lane: Lane::Direct { tag: 1 },
            content: Content::Plain { of: "f64" },
            length: 0,
        };
        let sealed = header.seal(&[]);
        for end in 0..sealed.len() {
            assert!(Header::read(&sealed[..end]).is_none());
        }
        let mut other = sealed;
        other[FIXED - 1] = 200;
        assert!(Header::read(&other).is_none());
    }
}
