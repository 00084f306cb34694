//! Takes lists of numbers out of blocks.
//!
//! Invariant: whatever the blocks hold, what is taken out are values of the types asked for, or an error.

use std::vec;

use super::memory::Plain;
use super::packer::LONG;
use super::values::Values;
use super::{Raw, broken};
use crate::base::aligned::{AlignedBytes, Block};

/// See the module.
#[derive(Debug)]
pub struct Unpacker {
    head: Block,
    at: usize,
    long: vec::IntoIter<Block>,
}

impl Unpacker {
    pub(crate) fn new(blocks: Vec<Block>) -> Self {
        let mut long = blocks.into_iter();
        Self {
            head: long
                .next()
                .unwrap_or_else(|| Block::Own(AlignedBytes::default())),
            at: 0,
            long,
        }
    }

    /// Nothing is to be left.
    ///
    /// # Errors
    /// When something is, in words.
    pub(crate) fn finish(self) -> Result<(), String> {
        if self.at == self.head.len() && self.long.as_slice().is_empty() {
            Ok(())
        } else {
            Err(broken("are too many"))
        }
    }

    /// The next number.
    ///
    /// # Errors
    /// When there is none, in words.
    pub(crate) fn number(&mut self) -> Result<usize, String> {
        let bytes = self.bytes(size_of::<u64>())?;
        let number = bytes.first_chunk().map(|&bytes| u64::from_le_bytes(bytes));
        number
            .and_then(|number| usize::try_from(number).ok())
            .ok_or_else(|| broken("are too few"))
    }

    /// The number of lists that follow, each of which takes some bytes at least.
    pub(super) fn number_of_lists(&mut self) -> Result<usize, String> {
        let number = self.number()?;
        if number > (self.head.len() - self.at) / size_of::<u64>() {
            return Err(broken("are too few"));
        }
        Ok(number)
    }

    /// The next list.
    ///
    /// # Errors
    /// When there is none, in words.
    pub(crate) fn list<T>(&mut self, way: Raw<T>) -> Result<Vec<T>, String> {
        match way {
            Raw::Plain(plain) => self.plain(plain),
            Raw::Lists(lists) => lists.unpack(self),
        }
    }

    /// The next list, whose values are read where they arrived, if they can be.
    ///
    /// # Errors
    /// When there is none, in words.
    pub(crate) fn values<T>(&mut self, way: Raw<T>) -> Result<Values<T>, String> {
        let plain = match way {
            Raw::Plain(plain) => plain,
            Raw::Lists(lists) => return lists.unpack(self).map(Into::into),
        };
        let length = self.length(plain)?;
        if length < LONG {
            return plain.copied(self.bytes(length)?).map(Into::into);
        }
        Values::arrived(plain, self.block(length)?)
    }

    /// The next value.
    ///
    /// # Errors
    /// When there is none, in words.
    pub(crate) fn value<T>(&mut self, plain: Plain<T>) -> Result<T, String> {
        let values = plain.copied(self.bytes(size_of::<T>())?)?;
        values
            .into_iter()
            .next()
            .ok_or_else(|| broken("are too few"))
    }

    /// The next list of plain values.
    pub(super) fn plain<T>(&mut self, plain: Plain<T>) -> Result<Vec<T>, String> {
        let length = self.length(plain)?;
        if length < LONG {
            return plain.copied(self.bytes(length)?);
        }
        plain.taken(self.block(length)?)
    }

    /// Of how many bytes the next list of such values is.
    fn length<T>(&mut self, plain: Plain<T>) -> Result<usize, String> {
        let count = self.number()?;
        plain.length(count).ok_or_else(|| broken("are too few"))
    }

    /// The next text.
    ///
    /// # Errors
    /// When there is none, in words.
    pub(crate) fn text(&mut self) -> Result<String, String> {
        let length = self.number()?;
        let bytes = if length < LONG {
            self.bytes(length)?.to_vec()
        } else {
            self.block(length)?.to_vec()
        };
        String::from_utf8(bytes).map_err(|_| broken("are no text"))
    }

    fn block(&mut self, length: usize) -> Result<Block, String> {
        let block = self.long.next().filter(|block| block.len() == length);
        block.ok_or_else(|| broken("are too few"))
    }

    fn bytes(&mut self, length: usize) -> Result<&[u8], String> {
        let bytes = self.head[self.at..].get(..length);
        self.at += bytes.map_or(0, <[u8]>::len);
        bytes.ok_or_else(|| broken("are too few"))
    }
}
