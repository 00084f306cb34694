//! The parts of some chunks on their way to another rank.

use serde::{Deserialize, Serialize};

use super::Part;
use super::raw::RawPart;
use crate::base::aligned::Block;
use crate::base::raw::{Packer, Unpacker};
use crate::base::shared::SharedBytes;
use crate::base::wire::{self, Encoded, Format};

/// So many bytes are read at once, while others wait for the thread that does it.
const LONG: usize = 16 << 10;

/// What to do about parts that serde can't read.
const HELP: &str = "help: every value that the type's `Serialize` writes must be one that its `Deserialize` can read";

/// How parts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Form {
    /// As they lie in memory.
    Raw,
    /// By serde, in this format, in one block.
    Encoded(Format),
}

/// See the module.
#[derive(Clone, Debug)]
pub(crate) struct Parcel {
    pub(crate) form: Form,
    pub(crate) blocks: Vec<Block>,
}

impl Parcel {
    /// Parts of a type that [`is_raw`](RawPart::is_raw); they are empty afterwards unless they are to be kept.
    pub(crate) fn packed<P: RawPart>(parts: &mut [P], keep: bool) -> Self {
        let mut packer = Packer::new(keep);
        for part in parts {
            part.pack(&mut packer);
        }
        Self {
            form: Form::Raw,
            blocks: packer.finish().map(Block::Shared).collect(),
        }
    }

    /// Whether opening it takes long: all of it is read, or copied piece by piece.
    pub(crate) fn is_long(&self) -> bool {
        self.blocks.first().is_some_and(|block| block.len() > LONG)
    }

    /// The length of all blocks.
    pub(crate) fn length(&self) -> usize {
        self.blocks.iter().map(|block| block.len()).sum()
    }

    /// So many parts.
    ///
    /// # Errors
    /// When these are not they, in words.
    pub(crate) fn open<P: Part>(self, count: usize) -> Result<Vec<P>, String> {
        let format = match self.form {
            Form::Raw if P::is_raw() => {
                let mut unpacker = Unpacker::new(self.blocks);
                let parts = (0..count).map(|_| P::unpack(&mut unpacker));
                let parts = parts.collect::<Result<_, _>>()?;
                unpacker.finish()?;
                return Ok(parts);
            }
            Form::Raw => {
                return Err("a rank sent parts of a loop in a form that they don't have".to_owned());
            }
            Form::Encoded(format) => format,
        };
        let bytes = self.blocks.first().map_or(&[][..], |block| block);
        wire::decode_parts(format, bytes).map_err(|reason| format!("{reason}\n{HELP}"))
    }

    /// The same parcel once more, without a copy of it.
    pub(crate) fn share(&mut self) -> Self {
        Self {
            form: self.form,
            blocks: self.blocks.iter_mut().map(Block::share).collect(),
        }
    }

    /// What is to be sent.
    pub(crate) fn into_attachments(self) -> Vec<SharedBytes> {
        self.blocks.into_iter().map(Block::into_bytes).collect()
    }
}

impl From<Encoded> for Parcel {
    fn from(Encoded { format, bytes }: Encoded) -> Self {
        Self {
            form: Form::Encoded(format),
            blocks: vec![Block::Shared(bytes.into())],
        }
    }
}
