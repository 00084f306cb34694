//! Outputs of loops that the threads of one process run: nothing of them travels, so nothing has to be fit for it.
//!
//! Invariant: no part of such a loop comes to a codec. The engine asks for parts that can travel, and these only say
//! that they can.

use std::ops::Range;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::front::Former;
use super::raw::RawPart;
use super::{Absorb, Blanks, Filled, Output, Rewind};
use crate::loop_parts::captures::Captures;
use crate::loop_parts::schedule::Length;

/// An output that stays on this rank, its blanks, or a part of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Local<T>(pub(crate) T);

impl<O: Absorb> Output for Local<O> {}

impl<O: Absorb> Absorb for Local<O> {
    type Part = Local<O::Part>;
    type Blanks = Local<O::Blanks>;

    fn blanks(&mut self, length: Length) -> Local<O::Blanks> {
        Local(self.0.blanks(length))
    }

    fn go_on(&self, Local(blank): &mut Local<O::Part>) {
        self.0.go_on(blank);
    }

    fn absorb(&mut self, Local(part): &mut Local<O::Part>) {
        self.0.absorb(part);
    }

    fn is_stopped(&self) -> bool {
        self.0.is_stopped()
    }

    fn tell(&mut self, captures: &mut Captures) {
        self.0.tell(captures);
    }
}

impl<B: Blanks> Blanks for Local<B> {
    type Part = Local<B::Part>;

    const DIVISIBLE: bool = B::DIVISIBLE;
    const STAYS: bool = true;

    fn blank(&mut self, chunk: &Range<u64>) -> Local<B::Part> {
        Local(self.0.blank(chunk))
    }

    fn at_hand() -> Option<u64> {
        B::at_hand()
    }

    fn keep_former(&mut self, former: &Former) {
        self.0.keep_former(former);
    }

    fn reuse(&mut self, Local(part): Local<B::Part>) {
        self.0.reuse(part);
    }
}

impl<P: Rewind> Rewind for Local<P> {
    type Mark = P::Mark;

    fn mark(&mut self) -> P::Mark {
        self.0.mark()
    }

    fn rewind(&mut self, mark: P::Mark) {
        self.0.rewind(mark);
    }
}

impl<P: Rewind> Filled<P> {
    /// The same in a loop on the threads of one process.
    pub(crate) fn local(self) -> Filled<Local<P>> {
        self.map(Local)
    }
}

const STAYS: &str = "this part stays where it was filled";

impl<P> RawPart for Local<P> {}

impl<P> Serialize for Local<P> {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom(STAYS))
    }
}

impl<'de, P> Deserialize<'de> for Local<P> {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(D::Error::custom(STAYS))
    }
}
