//! Types whose methods `max` and `min` are known to be those of their order.
//!
//! Invariant: none of them has other methods of these names, as `Size::max` by width and height
//! would be, nor an `Ord` with a `max` of its own.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::num::{NonZero, Saturating, Wrapping};
use std::path::PathBuf;
use std::time::Duration;

/// See the module.
pub trait OfTotalOrder: Ord {}

macro_rules! ordered {
    ($($type:ty)+) => {$(
        impl OfTotalOrder for $type {}
        )+
    };
}

ordered! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }
ordered! { NonZero<u8> NonZero<u16> NonZero<u32> NonZero<u64> NonZero<usize> }
ordered! { () bool char str String PathBuf Duration std::cmp::Ordering }
ordered! { std::net::IpAddr std::net::Ipv4Addr std::net::Ipv6Addr std::net::SocketAddr }

impl<T: Ord> OfTotalOrder for Wrapping<T> {}
impl<T: Ord> OfTotalOrder for Saturating<T> {}
// Of these it is their own method that is called, which compares what is in them by `Ord`.
impl<T: Ord + ?Sized> OfTotalOrder for &T {}
impl<T: Ord + ?Sized> OfTotalOrder for Box<T> {}
impl<T: Ord> OfTotalOrder for Option<T> {}
impl<T: Ord, E: Ord> OfTotalOrder for Result<T, E> {}
impl<T: Ord> OfTotalOrder for Reverse<T> {}
impl<T: Ord> OfTotalOrder for Vec<T> {}
impl<T: Ord> OfTotalOrder for VecDeque<T> {}
impl<T: Ord> OfTotalOrder for BTreeSet<T> {}
impl<K: Ord, V: Ord> OfTotalOrder for BTreeMap<K, V> {}
impl<T: Ord> OfTotalOrder for [T] {}
impl<T: Ord, const N: usize> OfTotalOrder for [T; N] {}

macro_rules! tuples {
    ($($name:ident)+) => {
        impl<$($name: Ord),+> OfTotalOrder for ($($name,)+) {}
    };
}

tuples! { A }
tuples! { A B }
tuples! { A B C }
tuples! { A B C D }
tuples! { A B C D E }
tuples! { A B C D E F }
