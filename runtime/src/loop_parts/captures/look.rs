//! Chooses by type how a captured variable is seen, by autoref-based specialisation as in
//! `items::probe`: the first of these ways whose bounds hold.

use std::any::type_name;
use std::fmt::{self, Debug};
use std::hash::{BuildHasher, Hash};
use std::marker::PhantomData;

use serde::Serialize;

use super::address;
use super::digest::{self, ELEMENTS, NODES};
use super::shape::{List, Numbers, SerdeTable, Table};
use super::sketch::{STRETCHES, Sketch};
use crate::base::faithful::is_plain_behind;
use crate::base::text;
use crate::loop_parts::shared_state::SharedState;

/// Stands for the type of a captured variable.
#[derive(Debug)]
pub struct Look<T: ?Sized>(PhantomData<fn(&T)>);

impl<T: ?Sized> Look<T> {
    /// For the variable behind this pointer.
    pub fn of(_variable: *const T) -> Self {
        Self(PhantomData)
    }
}

/// How values of a type are seen.
pub struct Way<T: ?Sized>(Option<See<T>>);

type See<T> = fn(*const T, Steady<T>) -> Option<Sketch>;

impl<T: ?Sized> Way<T> {
    /// What can be seen of a value.
    pub(super) fn sketch(self, value: *const T, steady: Steady<T>) -> Option<Sketch> {
        self.0.and_then(|look| look(value, steady))
    }
}

impl<T: ?Sized> Debug for Way<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Way").field(&self.0.is_some()).finish()
    }
}

macro_rules! ways {
    ($($(#[$doc:meta])+ $name:ident for $probe:ty where [$($bounds:tt)+] { |$value:ident, $steady:ident| $look:expr })+) => {$(
        $(#[$doc])+
        pub trait $name<T> {
            /// How values of this type are seen.
            fn parallel_for_way(&self) -> Way<T>;
        }

        impl<T: $($bounds)+> $name<T> for $probe {
            fn parallel_for_way(&self) -> Way<T> {
                Way(Some(|pointer, $steady| {
                    let $value = address::aligned(pointer)?;
                    $look
                }))
            }
        }
    )+};
}

/// Before all others: what threads change is not compared, a cache for example.
pub trait Hidden<T> {
    /// Not seen.
    fn parallel_for_way(&self) -> Way<T>;
}

impl<T: SharedState> Hidden<T> for &&&&&&&&&&&&Look<T> {
    fn parallel_for_way(&self) -> Way<T> {
        Way(None)
    }
}

ways! {
    /// What makes hashers is seen by what these make of a number.
    ByHasher for &&&&&&&&&&&Look<T> where [BuildHasher] { |value, _steady| Some(Sketch::of_value(value.hash_one(0_u64))) }

    /// Numbers and text are seen as they lie in memory.
    ByNumbers for &&&&&&&&&&Look<T> where [Numbers] { |value, _steady| Some(of_numbers(value)) }

    /// Hash tables are seen in any order.
    ByTable for &&&&&&&&&Look<T> where [Table] { |value, steady| Some(of_table(value.entries(&|| steady.of(value)))) }

    /// The same, with values that can't be hashed.
    ByTableSerde for &&&&&&&&Look<T> where [SerdeTable] { |value, steady| Some(of_table(value.entries(&|| steady.of(value)))) }

    /// Lists are seen by their elements.
    ByElementHash for &&&&&&&Look<T> where [List<Element: Hash>] {
        |value, steady| Some(of_list(value.elements(), steady.of(value), digest::by_hash))
    }

    /// What can be hashed is seen as a whole.
    ByHash for &&&&&&Look<T> where [Hash] {
        |value, steady| of_value(steady.of(value).then(|| digest::by_hash(value)), value)
    }

    /// What can be serialised, in a list.
    ByElementSerde for &&&&&Look<T> where [List<Element: Serialize>] {
        |value, steady| {
            let nodes = (NODES / value.elements().len().clamp(1, ELEMENTS)).max(16);
            Some(of_list(value.elements(), steady.of(value), |one| digest::by_serde(one, nodes)))
        }
    }

    /// What can be serialised is seen by that.
    BySerde for &&&&Look<T> where [Serialize] {
        |value, steady| of_value(steady.of(value).then(|| digest::by_serde(value, NODES)), value)
    }

    /// What has nothing but a text is seen by that, also in a list.
    ByElementText for &&&Look<T> where [List<Element: Debug>] {
        |value, _steady| Some(of_list(value.elements(), true, |one| text::digest(one, ELEMENT).unwrap_or(0)))
    }

    /// What has nothing but a text is seen by that.
    ByText for &&Look<T> where [Debug] {
        |value, _steady| of_value(text::digest(value, text::LONG), value)
    }

    /// What has no size holds nothing, as a function does.
    Empty for &Look<T> where [Sized] { |_value, _steady| (size_of::<T>() == 0).then(|| Sketch::of_value(0)) }
}

/// So much of the text of one element is read.
const ELEMENT: usize = 512;

/// What is left is not seen, nor what has no size of its own.
pub trait Unseen<T: ?Sized> {
    /// Not seen.
    fn parallel_for_way(&self) -> Way<T>;
}

impl<T: ?Sized> Unseen<T> for Look<T> {
    fn parallel_for_way(&self) -> Way<T> {
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

/// Of a value with this digest, if it has one that means the same in every process. A moment has none, and is for measuring
/// time.
fn of_value<T: ?Sized>(digest: Option<u64>, _value: &T) -> Option<Sketch> {
    let is_moment = || type_name::<T>().ends_with("::Instant");
    let digest = digest.or_else(|| is_moment().then_some(0));
    digest.map(Sketch::of_value)
}

fn of_table((length, digest): (usize, u64)) -> Sketch {
    Sketch::of_table(length, digest)
}

/// Of elements that differ from process to process anyway, the number counts.
fn of_list<E>(elements: &[E], is_steady: bool, one: impl Fn(&E) -> u64) -> Sketch {
    Sketch::of_list(elements.len(), |range| {
        if is_steady {
            digest::of_elements(&elements[range], STRETCHES, &one)
        } else {
            0
        }
    })
}

/// Whether a value is the same in every process that computes it: addresses are not, nor the present
/// moment, which is for measuring time, nor what a lock or a cell holds.
pub struct Steady<T: ?Sized>(Option<fn(&T) -> bool>);

impl<T: ?Sized> Steady<T> {
    fn of(&self, value: &T) -> bool {
        is_steady_type::<T>()
            && (is_plain_behind::<T>() || self.0.is_none_or(|steady| steady(value)))
    }
}

/// As far as a type's name tells.
pub(super) fn is_steady_type<T: ?Sized>() -> bool {
    let name = type_name::<T>();
    let signs = ["fn(", "*const ", "*mut ", "::Instant"];
    !signs.iter().any(|sign| name.contains(sign))
}

impl<T: ?Sized> Debug for Steady<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Steady").field(&self.0.is_some()).finish()
    }
}

/// Of a list, the first elements tell: the text of a long one is long.
pub trait TellsElements<T> {
    /// What can be told of the elements' text.
    fn parallel_for_steady(&self) -> Steady<T>;
}

impl<T: List<Element: Debug>> TellsElements<T> for &&Look<T> {
    fn parallel_for_steady(&self) -> Steady<T> {
        Steady(Some(|list| {
            let elements = list.elements();
            elements.iter().take(FIRST).all(text::is_steady)
        }))
    }
}

/// So many elements are asked.
const FIRST: usize = 16;

/// The fields of a type are known by its text alone.
pub trait TellsText<T> {
    /// What can be told of its text.
    fn parallel_for_steady(&self) -> Steady<T>;
}

impl<T: Debug> TellsText<T> for &Look<T> {
    fn parallel_for_steady(&self) -> Steady<T> {
        Steady(Some(text::is_steady))
    }
}

/// Types without a text.
pub trait TellsNothing<T: ?Sized> {
    /// Nothing can be told.
    fn parallel_for_steady(&self) -> Steady<T>;
}

impl<T: ?Sized> TellsNothing<T> for Look<T> {
    fn parallel_for_steady(&self) -> Steady<T> {
        Steady(None)
    }
}
