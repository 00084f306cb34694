//! Uses of captured variables that may change them. The compiler refuses those by itself, but in
//! words about a closure that the user never wrote. So an expansion makes them through a value that
//! lends the variable for reading, and whose mutable side is an error of ours.
//!
//! The parameter `Literal` is the type of a literal `0`, as in `gather/owned`: at first any integer
//! type, so that a mutable side may be there, for two of them. What needs it is left with the
//! question which one is meant; in the end the literal becomes an `i32`, for which there is none.
//!
//! Invariant: what needs no mutable side never asks, whatever it is called.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

macro_rules! doubts {
    ($(
        $(#[$says:meta])*
        $lend:ident $name:ident $unchanged:ident;
    )+) => {$(
        $(#[$says])*
        pub trait $unchanged<Literal> {}

        impl<T: ?Sized> $unchanged<u8> for T {}
        impl<T: ?Sized> $unchanged<u16> for T {}

        /// A captured variable, to be read.
        pub struct $name<'a, T: ?Sized, Literal>(&'a T, PhantomData<fn() -> Literal>);

        /// Lends a captured variable to be read.
        pub fn $lend<T: ?Sized, Literal>(variable: &T, _: Literal) -> $name<'_, T, Literal> {
            $name(variable, PhantomData)
        }

        impl<T: ?Sized, Literal> Clone for $name<'_, T, Literal> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T: ?Sized, Literal> Copy for $name<'_, T, Literal> {}

        impl<T: ?Sized, Literal> fmt::Debug for $name<'_, T, Literal> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }

        impl<T: ?Sized, Literal> Deref for $name<'_, T, Literal> {
            type Target = T;

            #[inline]
            fn deref(&self) -> &T {
                self.0
            }
        }

        impl<T: ?Sized + $unchanged<Literal>, Literal> DerefMut for $name<'_, T, Literal> {
            fn deref_mut(&mut self) -> &mut T {
                unreachable!("no literal is a `u8` or `u16`")
            }
        }
    )+};
}

doubts! {
    /// Types of which an entry can be had without a change.
    #[diagnostic::on_unimplemented(
        message = "this updates what earlier iterations, possibly on other ranks, put into a variable from outside the loop",
        label = "this call may change what is in the `{Self}`",
        note = "push pairs, `pairs.push((key, value));`, and combine them after the loop: `for (key, value) in pairs {{ *map.entry(key).or_default() += value; }}`"
    )]
    reads_entries ReadEntries KeepsEntries;

    /// Types whose elements can be had in this way without a change.
    #[diagnostic::on_unimplemented(
        message = "this lends out elements of a variable from outside the loop to be changed: the changes would stay on the rank of this iteration",
        label = "this call may change what is in the `{Self}`",
        note = "if no iteration needs what another one left in the variable, declare it inside the body, or name it in `#[parallel_for(private(..))]`: each iteration then starts from a clone",
        note = "if each iteration changes an element of its own, write `xs[i] = ..` with the loop's own index, or iterate over `xs.iter_mut()`",
        note = "otherwise push `(index, value)`, and make the changes after the loop"
    )]
    reads_elements ReadElements KeepsElements;

    /// Types that stay where they are when this is asked.
    #[diagnostic::on_unimplemented(
        message = "this takes the next value of a variable from outside the loop: which one that is depends on earlier iterations, which may run on other ranks",
        label = "this call moves the `{Self}` on",
        note = "let the loop itself take it, `for (item, value) in items.zip(values)`, or collect the values into a `Vec` before the loop and index it"
    )]
    reads_in_place ReadInPlace StaysInPlace;

    /// Generators that stay where they are when this is asked.
    #[diagnostic::on_unimplemented(
        message = "this draws from one random number generator for all iterations: its numbers depend on earlier iterations, which may run on other ranks",
        label = "this call moves the `{Self}` on",
        note = "make one per iteration inside the body, by its number: `let mut rng = parallel_for::random(seed, i);`, or seed one of another type with it: `StdRng::from_seed(parallel_for::random(seed, i).bytes())`"
    )]
    draws_nothing DrawNothing DrawsNothing;

    /// Types that nothing is written to.
    #[diagnostic::on_unimplemented(
        message = "this writes to a variable from outside the loop: what iterations write would come in any order, and from several ranks",
        label = "this call writes to the `{Self}`",
        note = "an output can be a `Vec<u8>`, by `bytes.extend_from_slice(..)`, or a `String`, by `text.push_str(..)` and `write!(text, ..)`",
        note = "fill one of these in the loop, and write it to the file or the stream after the loop"
    )]
    writes_nothing WriteNothing WritesNothing;

    /// Types that this adds nothing to.
    #[diagnostic::on_unimplemented(
        message = "this call adds to a variable from outside the loop, and its value is used: `insert` says what was there before, and that depends on earlier iterations, which may run on other ranks",
        label = "this call changes the `{Self}`",
        note = "end it with `;`, and count or compare what is in the variable after the loop"
    )]
    appends_nothing AppendNothing AppendsNothing;

    /// Types that this doesn't change.
    #[diagnostic::on_unimplemented(
        message = "this call changes a variable that is declared outside of the loop: the change would stay on the rank of this iteration",
        label = "this call changes the `{Self}`",
        note = "push the values, and make the calls after the loop: `for value in values {{ x.method(value); }}`",
        note = "if no iteration needs anything of the variable, and the call is not what takes the time, it can be made in the order of the items: `#[parallel_for(reduce(x: method))]`",
        note = "if no iteration needs what another one left in the variable, declare it inside the body, or name it in `#[parallel_for(private(..))]`: each iteration then starts from a clone"
    )]
    changes_nothing ChangeNothing ChangesNothing;

    /// References that are lent without leave to change what is behind them.
    #[diagnostic::on_unimplemented(
        message = "this lends out a variable from outside the loop to be changed: the changes would stay on the rank of this iteration",
        label = "what is behind the `{Self}` may be changed",
        note = "compute a value from the item, push it, and change the variable after the loop",
        note = "if no iteration needs what another one left in the variable, name it in `#[parallel_for(private(..))]`: each iteration then starts from a clone"
    )]
    lends_nothing LendNothing LendsNothing;
}
