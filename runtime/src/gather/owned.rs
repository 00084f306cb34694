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
//!   of them may be known no sooner (`Wrapping(1) + Wrapping(2)`). For numbers the impl for `i32`
//!   holds, therefore.

use std::ops::Add;
use std::path::Path;

/// A value that borrows nothing, as far as that can be told by its type alone.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is borrowed, and can't travel between ranks",
    label = "this output is filled with borrowed values",
    note = "push an owned value instead of a reference: `.to_owned()`, `.to_string()`, `.clone()`"
)]
pub trait Owned<Literal> {}

#[diagnostic::do_not_recommend]
impl<T> Owned<u8> for T {}

#[diagnostic::do_not_recommend]
impl<T: Borrowed<First>> Owned<u16> for T {}

#[diagnostic::do_not_recommend]
impl<T: Borrowed<Second>> Owned<u32> for T {}

#[diagnostic::do_not_recommend]
impl<T: Borrowed<Third>> Owned<u64> for T {}

#[diagnostic::do_not_recommend]
impl<T: Add> Owned<i32> for T {}

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

macro_rules! inside {
    ($([$($generic:tt)+] $position:ident $in:ty;)+) => {$(
        impl<$($generic)+: Borrowed<First>> Borrowed<$position> for $in {}
    )+};
}

inside! {
    [T] First Option<T>;
    [T] First Vec<T>;
    [T] First Box<T>;
    [T] First (T,);
    [B, A] First (A, B);
    [A, B] Second (A, B);
    [B, C, A] First (A, B, C);
    [A, C, B] Second (A, B, C);
    [A, B, C] Third (A, B, C);
    [E, T] First Result<T, E>;
    [T, E] Second Result<T, E>;
}

impl<T: Borrowed<First>, const N: usize> Borrowed<First> for [T; N] {}
