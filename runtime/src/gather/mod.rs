//! What a loop fills: fresh values for the chunks, merged in the order of the iterations.
//!
//! Invariant: absorbing the parts of all chunks in index order leaves an output exactly as the
//! sequential loop leaves it.

mod collections;
mod log;
mod ordered;

pub(crate) use ordered::Ordered;

use crate::wire::Transport;

/// A collection that a parallel loop can fill, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a collection that a parallel loop can fill",
    label = "the ranks' parts of this output can't be merged",
    note = "outputs are `Vec`, `VecDeque`, `String`, `HashMap`, `BTreeMap`, `HashSet`, `BTreeSet` and `BinaryHeap`",
    note = "fill one of these in the loop and build the value from it afterwards"
)]
pub trait Output {
    /// What one chunk of iterations adds. The body meets it under the output's name.
    type Part: Default + Transport;

    /// Adds the part of the next chunk.
    fn absorb(&mut self, part: Self::Part);
}

/// Outputs whose `insert` takes a key, so that its effect does not depend on positions.
#[diagnostic::on_unimplemented(
    message = "`insert` on `{Self}` is not an append",
    label = "`insert` puts the value at a position among values that other ranks produce",
    note = "use `push` (or `push_back`), and reverse or sort after the loop"
)]
pub trait Keyed {}

/// Lends an output that the loop inserts into.
pub fn keyed<O: Output + Keyed + ?Sized>(output: &mut O) -> &mut O {
    output
}

/// What the loop over one chunk wrote. A type of its own, so that a `return` hidden in a macro of
/// the body can never be taken for it.
#[derive(Debug)]
pub struct Filled<P>(pub(crate) P);

/// Ends the loop over one chunk.
pub fn part<P>(part: P) -> Filled<P> {
    Filled(part)
}

impl<O: Output + ?Sized> Output for &mut O {
    type Part = O::Part;

    fn absorb(&mut self, part: Self::Part) {
        (**self).absorb(part);
    }
}

impl<O: Output + ?Sized> Output for Box<O> {
    type Part = O::Part;

    fn absorb(&mut self, part: Self::Part) {
        (**self).absorb(part);
    }
}

impl<O: Keyed + ?Sized> Keyed for &mut O {}

macro_rules! tuples {
    ($(($($output:ident)+))+) => {$(
        #[expect(non_snake_case, reason = "one name serves as the type's and the value's")]
        impl<$($output: Output),+> Output for ($($output,)+) {
            type Part = ($($output::Part,)+);

            fn absorb(&mut self, part: Self::Part) {
                let ($($output,)+) = self;
                tuples!(@absorb part $($output)+);
            }
        }
    )+};
    (@absorb $part:ident $a:ident $($rest:ident)*) => { tuples!(@index $part (0 1 2 3 4 5 6 7) ($a $($rest)*)); };
    (@index $part:ident ($index:tt $($indices:tt)*) ($a:ident $($rest:ident)*)) => {
        $a.absorb($part.$index);
        tuples!(@index $part ($($indices)*) ($($rest)*));
    };
    (@index $part:ident ($($indices:tt)*) ()) => {};
}

// More outputs than eight come as tuples of tuples.
tuples! { (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) }
