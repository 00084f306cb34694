//! Chooses by type how a captured variable is seen, by autoref-based specialisation as in
//! `items::probe`: the first of these ways whose bounds hold.

use std::any::type_name;
use std::fmt::{self, Debug};
use std::hash::{BuildHasher, Hash};
use std::marker::PhantomData;

use serde::Serialize;

use super::digest::{self, ELEMENTS, NODES};
use super::shape::{List, Numbers, SerdeTable, Table};
use super::sketch::{STRETCHES, Sketch};
use crate::faithful::is_plain;
use crate::shared_state::SharedState;
use crate::text;

/// Stands for the type of a captured variable.
#[derive(Debug)]
pub struct Look<T>(PhantomData<fn() -> T>);

impl<T> Look<T> {
    /// For the variable behind this pointer.
    pub fn of(_variable: *const T) -> Self {
        Self(PhantomData)
    }
}

/// How values of a type are seen.
pub struct Way<T>(Option<fn(&T, Shows<T>) -> Sketch>);

impl<T> Way<T> {
    /// What can be seen of a value.
    pub(super) fn sketch(self, value: &T, shows: Shows<T>) -> Option<Sketch> {
        self.0.map(|look| look(value, shows))
    }
}

impl<T> Debug for Way<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Way").field(&self.0.is_some()).finish()
    }
}

macro_rules! ways {
    ($($(#[$doc:meta])+ $name:ident for $probe:ty where [$($bounds:tt)+] { |$value:ident, $shows:ident| $look:expr })+) => {$(
        $(#[$doc])+
        pub trait $name<T> {
            /// How values of this type are seen.
            fn way(&self) -> Way<T>;
        }

        impl<T: $($bounds)+> $name<T> for $probe {
            fn way(&self) -> Way<T> {
                Way(Some(|$value, $shows| $look))
            }
        }
    )+};
}

/// Before all others: what threads change is not compared, a cache for example.
pub trait Hidden<T> {
    /// Not seen.
    fn way(&self) -> Way<T>;
}

impl<T: SharedState> Hidden<T> for &&&&&&&&&&Look<T> {
    fn way(&self) -> Way<T> {
        Way(None)
    }
}

ways! {
    /// What makes hashers is seen by what these make of a number.
    ByHasher for &&&&&&&&&Look<T> where [BuildHasher] { |value, _shows| Sketch::of_value(value.hash_one(0_u64)) }

    /// Numbers and text are seen as they lie in memory.
    ByNumbers for &&&&&&&&Look<T> where [Numbers] { |value, _shows| of_numbers(value) }

    /// Hash tables are seen in any order.
    ByTable for &&&&&&&Look<T> where [Table] { |value, _shows| of_table(value.entries()) }

    /// The same, with values that can't be hashed.
    ByTableSerde for &&&&&&Look<T> where [SerdeTable] { |value, _shows| of_table(value.entries()) }

    /// Lists are seen by their elements.
    ByElementHash for &&&&&Look<T> where [List<Element: Hash>] {
        |value, _shows| if has_addresses::<T>() {
            Sketch::of_list(value.elements().len(), |_| 0)
        } else {
            of_list(value.elements(), digest::by_hash)
        }
    }

    /// What can be hashed is seen as a whole.
    ByHash for &&&&Look<T> where [Hash] {
        |value, _shows| Sketch::of_value(if is_unsteady::<T>() { 0 } else { digest::by_hash(value) })
    }

    /// What can be serialised, in a list.
    ByElementSerde for &&&Look<T> where [List<Element: Serialize>] { |value, shows| of_serde_list(value, shows) }
}

/// What can be serialised is seen by that.
pub trait BySerde<T> {
    /// How values of this type are seen.
    fn way(&self) -> Way<T>;
}

impl<T: Serialize> BySerde<T> for &&Look<T> {
    fn way(&self) -> Way<T> {
        Way(Some(|value, shows| {
            let digest = |any_order| digest::by_serde(value, NODES, any_order);
            let loose = shows.sets(value).then(|| digest(true));
            Sketch::of_value(digest(false)).or_unordered(loose)
        }))
    }
}

/// What has nothing but a text is seen by that.
pub trait ByText<T> {
    /// How values of this type are seen.
    fn way(&self) -> Way<T>;
}

impl<T: Debug> ByText<T> for &Look<T> {
    fn way(&self) -> Way<T> {
        Way(Some(|value, _shows| {
            Sketch::of_value(text::digest(value).unwrap_or(0))
        }))
    }
}

/// What is left is not seen.
pub trait Unseen<T> {
    /// Not seen.
    fn way(&self) -> Way<T>;
}

impl<T> Unseen<T> for Look<T> {
    fn way(&self) -> Way<T> {
        Way(None)
    }
}

fn of_numbers<T: Numbers + ?Sized>(value: &T) -> Sketch {
    let (bytes, size) = value.bytes();
    Sketch::of_list(bytes.len() / size, |range| {
        let (start, end) = digest::bytes_of(bytes, size, &range);
        digest::of_bytes(&bytes[start..end], STRETCHES)
    })
}

fn of_table((length, digest): (usize, u64)) -> Sketch {
    Sketch::of_table(length, digest)
}

fn of_list<E>(elements: &[E], one: impl Fn(&E) -> u64) -> Sketch {
    Sketch::of_list(elements.len(), |range| {
        digest::of_elements(&elements[range], STRETCHES, &one)
    })
}

fn of_serde_list<T: List<Element: Serialize>>(value: &T, shows: Shows<T>) -> Sketch {
    let elements = value.elements();
    let nodes = (NODES / elements.len().clamp(1, ELEMENTS)).max(8);
    let ordered = of_list(elements, |one| digest::by_serde(one, nodes, false));
    let loose = shows.sets(value).then(|| {
        let whole = |one: &T::Element| digest::by_serde(one, nodes, true);
        digest::of_elements(elements, 1, whole)
    });
    ordered.or_unordered(loose)
}

/// Addresses differ between processes and say nothing.
fn has_addresses<T>() -> bool {
    let name = type_name::<T>();
    ["fn(", "*const ", "*mut "]
        .iter()
        .any(|sign| name.contains(sign))
}

/// What differs from process to process without meaning anything: besides addresses the present
/// moment, which is for measuring time.
fn is_unsteady<T>() -> bool {
    has_addresses::<T>() || type_name::<T>().contains("::Instant")
}

/// Whether a value shows sets or maps, in which order may mean nothing.
pub struct Shows<T>(Option<fn(&T) -> bool>);

impl<T> Shows<T> {
    fn sets(self, value: &T) -> bool {
        let may = !is_plain::<T>() || type_name::<T>().contains("Hash");
        may && self.0.is_some_and(|sets| sets(value))
    }
}

impl<T> Debug for Shows<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Shows").field(&self.0.is_some()).finish()
    }
}

/// To serde a hash set is a list, in an order that differs on every rank. In the text of `Debug` it
/// stands in braces.
pub trait ShowsText<T> {
    /// What can be told of its text.
    fn shows(&self) -> Shows<T>;
}

impl<T: Debug> ShowsText<T> for &Look<T> {
    fn shows(&self) -> Shows<T> {
        Shows(Some(text::has_sets))
    }
}

/// Types without a text.
pub trait ShowsNothing<T> {
    /// Nothing can be told.
    fn shows(&self) -> Shows<T>;
}

impl<T> ShowsNothing<T> for Look<T> {
    fn shows(&self) -> Shows<T> {
        Shows(None)
    }
}
