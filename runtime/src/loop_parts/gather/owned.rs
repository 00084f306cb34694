//! Borrowed elements, told apart by type.
//!
//! A reference can't be received, since there is nothing on the other rank that it could borrow.
//! serde's `DeserializeOwned` says so too, but for `&str` only by its lifetimes, which the compiler
//! looks at last and explains in words of its own ("not general enough"). A trait can't be
//! implemented for all types but some. Two impls can make it ambiguous for some:
//!
//! - The parameter `Literal` is the type of a literal `0` in the expansion, so at first it is any
//!   integer type. For a type that owns its data only the impl for `u8` fits, and makes it `u8`.
//! - For `&str` the one for `u16` fits as well. Then nothing follows, the literal becomes an `i32`
//!   in the end, and `Owned<i32>` does not hold: the error is the one that stands here.
//! - Literals of the user become `i32` at the same time, and the types of sums and products
//!   of them may be known no sooner (`Wrapping(1) + Wrapping(2)`). For numbers and what consists of
//!   them the impl for `i32` holds, therefore.

use std::ops::Add;
use std::path::Path;

use super::Either;

/// A value that borrows nothing, as far as that can be told by its type alone. `Kind` is a
/// [`Number`]'s.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is borrowed, and can't travel between ranks",
    label = "the iterations give this variable borrowed values",
    note = "push or assign an owned value instead of a reference: `.to_owned()`, `.to_string()`, `.clone()`",
    note = "or keep the loop on the threads of this process, where results may borrow: `#[parallel_for(local)]`"
)]
pub trait Owned<Literal, Kind> {}

#[diagnostic::do_not_recommend]
impl<T> Owned<u8, ()> for T {}

#[diagnostic::do_not_recommend]
impl<T: Borrowed<First>> Owned<u16, ()> for T {}

#[diagnostic::do_not_recommend]
impl<T: Borrowed<Second>> Owned<u32, ()> for T {}

#[diagnostic::do_not_recommend]
impl<T: Borrowed<Third>> Owned<u64, ()> for T {}

#[diagnostic::do_not_recommend]
impl<T: Number<Kind>, Kind> Owned<i32, Kind> for T {}

/// Lends a variable that iterations give values of their own to. The other argument is the literal
/// `0`.
pub fn owned<T: Owned<Literal, Kind>, Literal, Kind>(variable: &mut T, _: Literal) -> &mut T {
    variable
}

/// A number, or a value of the standard library that consists of numbers and texts. `Kind` says
/// how, so that no two impls are about the same type.
pub trait Number<Kind> {}

/// What can be added up.
#[derive(Debug)]
pub struct Sum;

/// What is one by itself.
#[derive(Debug)]
pub struct Itself;

impl<T: Add> Number<Sum> for T {}

impl Number<Itself> for () {}
impl Number<Itself> for bool {}
impl Number<Itself> for char {}
impl Number<Itself> for String {}

macro_rules! numbers {
    ($(($($kind:ident $part:ident)+) $all:ty;)+) => {$(
        impl<$($part: Number<$kind>, $kind),+> Number<($($kind,)+)> for $all {}
    )+};
}

numbers! {
    (K T) Option<T>;
    (K T) Vec<T>;
    (K T) Box<T>;
    (K T J E) Result<T, E>;
    (K A J B) Either<A, B>;
    (K A) (A,);
    (K A J B) (A, B);
    (K A J B L C) (A, B, C);
    (K A J B L C M D) (A, B, C, D);
    (K A J B L C M D N E) (A, B, C, D, E);
    (K A J B L C M D N E O F) (A, B, C, D, E, F);
}

impl<T: Number<Kind>, Kind, const N: usize> Number<(Kind,)> for [T; N] {}

/// A value that borrows, where serde can read it all the same; `Position` is where it does so in a
/// tuple.
pub trait Borrowed<Position> {}

/// See [`Borrowed`].
#[derive(Debug)]
pub struct First;

/// See [`Borrowed`].
#[derive(Debug)]
pub struct Second;

/// See [`Borrowed`].
#[derive(Debug)]
pub struct Third;

impl Borrowed<First> for &str {}
impl Borrowed<First> for &[u8] {}
impl Borrowed<First> for &Path {}

macro_rules! borrowed {
    ($([$borrows:ident $($part:ident)*] $position:ident $all:ty;)+) => {$(
        impl<$borrows: Borrowed<First>, $($part),*> Borrowed<$position> for $all {}
    )+};
}

borrowed! {
    [T] First Option<T>;
    [T] First Vec<T>;
    [T] First Box<T>;
    [T E] First Result<T, E>;
    [E T] Second Result<T, E>;
    [A] First (A,);
    [A B] First (A, B);
    [B A] Second (A, B);
    [A B C] First (A, B, C);
    [B A C] Second (A, B, C);
    [C A B] Third (A, B, C);
    [A B] First Either<A, B>;
    [B A] Second Either<A, B>;
}

impl<T: Borrowed<First>, const N: usize> Borrowed<First> for [T; N] {}
