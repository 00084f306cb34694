//! Reductions by a function of the user's.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::value;
use crate::base::raw::{Packer, Plain, Unpacker};
use crate::base::wire::Transport;
use crate::loop_parts::gather::blanks::Spare;
use crate::loop_parts::gather::raw::RawPart;
use crate::loop_parts::gather::{Absorb, Output, Rewind};
use crate::loop_parts::schedule::Length;

/// A variable that the loop changes by calls of one function, lent as an output.
#[derive(Debug)]
pub struct Folded<'a, T, E, F> {
    target: &'a mut T,
    replay: F,
    argument: PhantomData<fn(E)>,
}

/// Lends a variable that the loop changes by what `replay` does; of the iterations only the
/// arguments are kept, and the calls made on the master, in order.
pub fn folded<T, E, F: Fn(&mut T, E)>(target: &mut T, replay: F) -> Folded<'_, T, E, F> {
    Folded {
        target,
        replay,
        argument: PhantomData,
    }
}

/// The arguments of one chunk's calls.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Arguments<E>(Vec<E>);

impl<E> Default for Arguments<E> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<E> Arguments<E> {
    /// A call with this argument.
    #[inline]
    pub fn put(&mut self, argument: E) {
        self.0.push(argument);
    }

    /// The arguments, in their order.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = E> {
        self.0.drain(..)
    }
}

impl<E> RawPart for Arguments<E> {
    fn is_raw() -> bool {
        Vec::<E>::is_raw()
    }

    fn pack(&mut self, packer: &mut Packer) {
        self.0.pack(packer);
    }

    fn unpack(unpacker: &mut Unpacker) -> Result<Self, String> {
        Vec::unpack(unpacker).map(Self)
    }
}

impl<E> Rewind for Arguments<E> {
    type Mark = usize;

    fn mark(&mut self) -> usize {
        self.0.len()
    }

    fn rewind(&mut self, mark: usize) {
        self.0.truncate(mark);
    }
}

impl<T, E: Transport, F: Fn(&mut T, E)> Output for Folded<'_, T, E, F> {}

impl<T, E: Send, F: Fn(&mut T, E)> Absorb for Folded<'_, T, E, F> {
    type Part = Arguments<E>;
    type Blanks = Spare<Arguments<E>>;

    fn blanks(&mut self, _: Length) -> Spare<Arguments<E>> {
        Spare::default()
    }

    fn absorb(&mut self, part: &mut Arguments<E>) {
        for argument in part.drain() {
            (self.replay)(self.target, argument);
        }
    }

    fn is_value() -> bool {
        Plain::<T>::of().is_some()
    }

    fn pack_value(&self, packer: &mut Packer) {
        value::pack(self.target, packer);
    }

    fn unpack_value(&mut self, unpacker: &mut Unpacker) -> Result<(), String> {
        value::unpack(self.target, unpacker)
    }
}
