//! A key that is a text or a number.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A key for maps whose levels have different kinds of keys; each kind converts into it.
///
/// ```
/// use parallel_for::collection::{Key, NestedMap};
///
/// let mut errors: NestedMap<Key, f64> = NestedMap::new();
/// errors.at("speaker").at(3).insert(0.5)?;
/// let errors = errors.gather()?.expect("this is the master");
/// assert_eq!(errors["speaker"][3].value(), Some(&0.5));
/// # Ok::<(), parallel_for::collection::DuplicateKey<Key>>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Key {
    /// Numbers come first, in their own order.
    Number(i128),
    /// A text.
    Text(String),
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

/// As the value that it is made of.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Key {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Key {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

macro_rules! numbers {
    ($($number:ident)*) => {$(
        impl From<$number> for Key {
            fn from(number: $number) -> Self {
                Self::Number(i128::from(number))
            }
        }
    )*};
}

numbers! { i8 i16 i32 i64 i128 u8 u16 u32 u64 }

macro_rules! sizes {
    ($($size:ident)*) => {$(
        impl From<$size> for Key {
            fn from(number: $size) -> Self {
                // No machine's addresses have more than 64 bits.
                Self::Number(number as i128)
            }
        }
    )*};
}

sizes! { isize usize }
