//! Writes lists of numbers into blocks.
//!
//! Layout of the first block: each list as the number of its elements, a little-endian u64, and behind it its bytes;
//! those of a long one are the next block instead.

use std::{mem, slice};

use super::Raw;
use super::memory::Plain;
use crate::base::shared::SharedBytes;

/// A list of so many bytes is a block of its own: a copy of it takes longer than a message.
pub(super) const LONG: usize = 64 << 10;

/// See the module.
#[derive(Debug)]
pub struct Packer {
    head: Vec<u8>,
    long: Vec<SharedBytes>,
    /// Whether the values are needed here afterwards.
    keep: bool,
}

impl Packer {
    pub(crate) fn new(keep: bool) -> Self {
        Self {
            head: Vec::new(),
            long: Vec::new(),
            keep,
        }
    }

    /// The blocks; of nothing there are none.
    pub(crate) fn finish(self) -> impl Iterator<Item = SharedBytes> {
        let head = (!self.head.is_empty()).then(|| self.head.into());
        head.into_iter().chain(self.long)
    }

    /// Writes a number.
    pub(crate) fn number(&mut self, number: usize) {
        self.head.extend_from_slice(&(number as u64).to_le_bytes());
    }

    /// Writes a list. Where the values are not needed afterwards, it may be empty then.
    pub(crate) fn list<T>(&mut self, way: Raw<T>, list: &mut Vec<T>) {
        match way {
            Raw::Plain(plain) => self.plain(plain, list),
            Raw::Lists(lists) => lists.pack(self, list),
        }
    }

    /// Writes a list of which nothing is taken.
    pub(crate) fn slice<T>(&mut self, way: Raw<T>, slice: &mut [T]) {
        let keep = mem::replace(&mut self.keep, true);
        match way {
            Raw::Plain(plain) => self.copy(plain, slice),
            Raw::Lists(lists) => lists.pack(self, slice),
        }
        self.keep = keep;
    }

    fn copy<T>(&mut self, plain: Plain<T>, values: &[T]) {
        self.number(values.len());
        self.bytes(plain.bytes(values));
    }

    /// Writes a value.
    pub(crate) fn value<T>(&mut self, plain: Plain<T>, value: &T) {
        let bytes = plain.bytes(slice::from_ref(value));
        self.head.extend_from_slice(bytes);
    }

    /// Writes a list of plain values.
    pub(super) fn plain<T>(&mut self, plain: Plain<T>, list: &mut Vec<T>) {
        if self.keep || size_of_val(list.as_slice()) < LONG {
            self.copy(plain, list);
        } else {
            self.number(list.len());
            self.long.push(plain.into_bytes(mem::take(list)));
        }
    }

    /// Writes a text. Where it is not needed afterwards, it may be empty then.
    pub(crate) fn text(&mut self, text: &mut String) {
        self.number(text.len());
        if self.keep || text.len() < LONG {
            self.bytes(text.as_bytes());
        } else {
            self.long.push(mem::take(text).into());
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        if bytes.len() < LONG {
            self.head.extend_from_slice(bytes);
        } else {
            self.long.push(SharedBytes::copied(bytes));
        }
    }
}
