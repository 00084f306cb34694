//! Bytes as they come from another rank, in memory that numbers can take over.
//!
//! Invariant: the memory is that of a vector of words of eight bytes, so a vector of numbers that are
//! aligned like them can be made of it without a copy.

use std::fmt;
use std::mem;
use std::ops::{Deref, DerefMut};

use crate::base::recycled;
use crate::base::shared::SharedBytes;

/// The size, and the alignment, of a word.
const WORD: usize = size_of::<u64>();

/// See the module.
#[derive(Clone, Default)]
pub(crate) struct AlignedBytes {
    words: Vec<u64>,
    length: usize,
}

impl AlignedBytes {
    /// So many bytes, to be overwritten: there may be anything in them. Untouched memory costs nothing.
    pub(crate) fn any(length: usize) -> Self {
        Self {
            words: recycled::take(length.div_ceil(WORD)),
            length,
        }
    }

    /// Adds the next of the bytes, which are so many in all.
    pub(crate) fn append(&mut self, bytes: &[u8], total: usize) {
        let words = total.div_ceil(WORD);
        self.words
            .reserve_exact(words.saturating_sub(self.words.len()));
        let from = self.length;
        self.length += bytes.len();
        self.words.resize(self.length.div_ceil(WORD), 0);
        self[from..].copy_from_slice(bytes);
    }

    /// The memory, if all words of it are bytes, and little of it is free.
    pub(crate) fn into_words(mut self) -> Result<Vec<u64>, Self> {
        let is_filled = self.words.capacity() / 2 <= self.words.len();
        if self.words.len() * WORD == self.length && is_filled {
            Ok(mem::take(&mut self.words))
        } else {
            Err(self)
        }
    }
}

impl Drop for AlignedBytes {
    fn drop(&mut self) {
        recycled::give_back(mem::take(&mut self.words));
    }
}

impl From<&[u8]> for AlignedBytes {
    fn from(bytes: &[u8]) -> Self {
        let mut aligned = Self::any(bytes.len());
        aligned.copy_from_slice(bytes);
        aligned
    }
}

impl Deref for AlignedBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &bytemuck::cast_slice(&self.words)[..self.length]
    }
}

impl DerefMut for AlignedBytes {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut bytemuck::cast_slice_mut(&mut self.words)[..self.length]
    }
}

impl AsRef<[u8]> for AlignedBytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl<B: AsRef<[u8]>> PartialEq<B> for AlignedBytes {
    fn eq(&self, other: &B) -> bool {
        self[..] == *other.as_ref()
    }
}

impl Eq for AlignedBytes {}

impl fmt::Debug for AlignedBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self[..].fmt(f)
    }
}

/// One of the pieces that a long value travels in.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    /// As it came: nobody else needs it.
    Own(AlignedBytes),
    /// Others read it, too.
    Shared(SharedBytes),
}

impl Block {
    /// The same bytes once more, without a copy of them.
    pub(crate) fn share(&mut self) -> Self {
        let bytes = mem::replace(self, Self::Shared(SharedBytes::default())).into_bytes();
        *self = Self::Shared(bytes.clone());
        Self::Shared(bytes)
    }

    /// For those who read it together, or send it.
    pub(crate) fn into_bytes(self) -> SharedBytes {
        match self {
            Self::Own(bytes) => SharedBytes::of(bytes),
            Self::Shared(bytes) => bytes,
        }
    }
}

impl Deref for Block {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Own(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_become_one_whole_whatever_their_lengths() {
        for lengths in [&[0, 0][..], &[3], &[8, 8], &[5, 0, 11, 1], &[64, 7]] {
            let total = lengths.iter().sum();
            let bytes: Vec<u8> = (0..total).map(|i| u8::try_from(i % 251).unwrap()).collect();
            let mut rest = &bytes[..];
            let mut whole: Option<AlignedBytes> = None;
            for &length in lengths {
                let piece;
                (piece, rest) = rest.split_at(length);
                match &mut whole {
                    Some(whole) => whole.append(piece, total),
                    None => whole = Some(piece.into()),
                }
            }
            let whole = whole.unwrap();
            assert_eq!(whole[..], bytes[..]);
            assert_eq!(whole.into_words().is_ok(), total.is_multiple_of(WORD));
        }
    }
}
