//! Parts that travel as they lie in memory.
//!
//! Invariant: only parts of types that std and serde together are known to carry do, so that serde would have made the same
//! of them, and nothing of what is verified of other types is lost.

use std::collections::VecDeque;

use super::pieces::{self, Wanted};
use crate::base::faithful::Check;
use crate::base::raw::{Packer, Raw, Unpacker};
use crate::base::wire::{Encoder, Refused, Transport};

/// How a part travels without a codec, if it can.
pub trait RawPart: Sized {
    /// Whether it can.
    fn is_raw() -> bool {
        false
    }

    /// Writes it. Where it is not needed afterwards, it may be empty then.
    fn pack(&mut self, _packer: &mut Packer) {
        unreachable!("this part needs a codec")
    }

    /// Takes it out again.
    ///
    /// # Errors
    /// When it is not there, in words.
    fn unpack(_unpacker: &mut Unpacker) -> Result<Self, String> {
        unreachable!("this part needs a codec")
    }

    /// Reads parts back as far as that needs not all of them together, and returns what is left of what is wanted.
    ///
    /// # Errors
    /// When serde can't write or read one of them, or reads another value.
    fn read_back(
        _parts: &mut [Self],
        _encoder: &Encoder,
        _check: &Check<Self>,
        wanted: Wanted,
    ) -> Result<Wanted, Refused>
    where
        Self: Transport,
    {
        Ok(wanted)
    }
}

impl<T> RawPart for Vec<T> {
    fn is_raw() -> bool {
        Raw::<T>::of().is_some()
    }

    fn pack(&mut self, packer: &mut Packer) {
        packer.list(way(), self);
    }

    fn unpack(unpacker: &mut Unpacker) -> Result<Self, String> {
        unpacker.list(way())
    }

    fn read_back(
        parts: &mut [Self],
        encoder: &Encoder,
        check: &Check<Self>,
        wanted: Wanted,
    ) -> Result<Wanted, Refused>
    where
        Self: Transport,
    {
        pieces::read_back(parts, encoder, check, wanted)
    }
}

impl<T> RawPart for VecDeque<T> {
    fn is_raw() -> bool {
        Vec::<T>::is_raw()
    }

    fn pack(&mut self, packer: &mut Packer) {
        let mut list = Vec::from(std::mem::take(self));
        list.pack(packer);
        *self = list.into();
    }

    fn unpack(unpacker: &mut Unpacker) -> Result<Self, String> {
        Vec::unpack(unpacker).map(Self::from)
    }

    fn read_back(
        parts: &mut [Self],
        encoder: &Encoder,
        check: &Check<Self>,
        wanted: Wanted,
    ) -> Result<Wanted, Refused>
    where
        Self: Transport,
    {
        pieces::read_back(parts, encoder, check, wanted)
    }
}

impl RawPart for String {
    fn is_raw() -> bool {
        true
    }

    fn pack(&mut self, packer: &mut Packer) {
        packer.text(self);
    }

    fn unpack(unpacker: &mut Unpacker) -> Result<Self, String> {
        unpacker.text()
    }
}

impl RawPart for () {
    fn is_raw() -> bool {
        true
    }

    fn pack(&mut self, _packer: &mut Packer) {}

    fn unpack(_unpacker: &mut Unpacker) -> Result<Self, String> {
        Ok(())
    }
}

/// How lists of such elements travel, which was asked before.
pub(super) fn way<T>() -> Raw<T> {
    Raw::of().expect("`is_raw` was asked before")
}

macro_rules! tuples {
    ($(($($part:ident)+))+) => {$(
        #[expect(non_snake_case, reason = "one name serves as the type's and the value's")]
        impl<$($part: RawPart),+> RawPart for ($($part,)+) {
            fn is_raw() -> bool {
                $($part::is_raw())&&+
            }

            fn pack(&mut self, packer: &mut Packer) {
                let ($($part,)+) = self;
                $($part.pack(packer);)+
            }

            fn unpack(unpacker: &mut Unpacker) -> Result<Self, String> {
                Ok(($($part::unpack(unpacker)?,)+))
            }
        }
    )+};
}

tuples! { (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) }
