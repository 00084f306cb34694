//! How values become bytes; the only file that names a codec.
//!
//! Most types travel as bitcode, the fastest of the serde formats on batches of values (measured
//! against postcard and MessagePack; postcard also reads back wrong values, without an error,
//! where serde skips a field). Types that need a self-describing format (`#[serde(flatten)]`,
//! `untagged`, `skip_serializing_if`) are noticed when they are encoded and travel as MessagePack.
//! Invariant: a value either arrives as it was sent or an error says why not.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::fingerprint::Fingerprint;
use crate::panicking;
use crate::place;

/// A value that can travel between ranks: what a loop's outputs hold.
///
/// Every type that serde can both write and read back without borrowing, and that may move
/// between threads, is one. It is required in a single process too, so that what compiles on a
/// laptop runs on a cluster.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't travel between ranks",
    label = "this output's elements must be owned, serialisable values",
    note = "push an owned value instead of a reference (`.clone()`, `.to_owned()`), and let its type `#[derive(serde::Serialize, serde::Deserialize)]`; a tuple can travel if all its parts can",
    note = "in place of an error or a trait object, push what is needed of it: `.map_err(|error| error.to_string())`",
    note = "in a generic function, add the bound `T: parallel_for::Transport`"
)]
pub trait Transport: Serialize + DeserializeOwned + Send {}

// Without this the compiler would name the bound that is missing instead of what it means.
#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned + Send> Transport for T {}

/// The format of some encoded bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Format {
    Compact,
    SelfDescribing,
}

/// Encoded bytes that know their format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoded {
    pub(crate) format: Format,
    pub(crate) bytes: Vec<u8>,
}

/// Encodes the values of one type, and finds out which format that type needs.
#[derive(Debug, Default)]
pub(crate) struct Encoder {
    self_describing: AtomicBool,
    verified: AtomicU32,
}

/// So many values of a type are read back where they were encoded before the compact format is
/// trusted with it: a format that can't be read again must show while its values still exist.
const VERIFY_FIRST: u32 = 16;

/// A long value counts as one more for each of so many bytes: it is made of many values.
const LONG: usize = 4 << 20;

impl Encoder {
    /// The bytes of `value`.
    ///
    /// # Panics
    /// Panics, with serde's reason, when the type itself refuses to be written.
    pub(crate) fn encode<T: Transport>(&self, value: &T) -> Encoded {
        let _upkeep = place::enter_upkeep();
        if !self.self_describing.load(Ordering::Relaxed) {
            let trusted = self.verified.load(Ordering::Relaxed) >= VERIFY_FIRST;
            if let Some(bytes) = encode_compact(value, !trusted) {
                if !trusted {
                    let values = 1 + u32::try_from(bytes.len() / LONG).unwrap_or(VERIFY_FIRST);
                    self.verified.fetch_add(values, Ordering::Relaxed);
                }
                return Encoded {
                    format: Format::Compact,
                    bytes,
                };
            }
            self.self_describing.store(true, Ordering::Relaxed);
        }
        encode_self_describing(value)
    }
}

/// bitcode's bytes; `None` where it can't write the value, or `verify` shows that it can't read it.
fn encode_compact<T: Transport>(value: &T, verify: bool) -> Option<Vec<u8>> {
    // It panics where the values of one field differ in type (untagged enums).
    panicking::catch(|| {
        let bytes = bitcode::serialize(value).ok()?;
        (!verify || is_same(value, &bitcode::deserialize(&bytes).ok()?)).then_some(bytes)
    })
    .ok()
    .flatten()
}

/// MessagePack's bytes. It has no word for `Some`, and types that need it are often ambiguous, so
/// every value is read back.
fn encode_self_describing<T: Transport>(value: &T) -> Encoded {
    let refuse = |reason: String| -> ! {
        panic!(
            "values of type `{}` can't travel between ranks: {reason}\n\
             help: give the type a `Serialize` and a `Deserialize` that keep every value apart (no \
             `untagged`, no `flatten`, no nested `Option`)",
            std::any::type_name::<T>()
        )
    };
    let bytes = rmp_serde::to_vec_named(value)
        .unwrap_or_else(|error| refuse(format!("serde can't write this one: {error}")));
    match rmp_serde::from_slice(&bytes) {
        Ok(copy) if is_same(value, &copy) => Encoded {
            format: Format::SelfDescribing,
            bytes,
        },
        Ok(_) => refuse("what serde wrote reads back as another value".to_owned()),
        Err(error) => refuse(format!("serde can't read back what it wrote: {error}")),
    }
}

/// Whether a copy says the same as the original. Neither need be comparable.
fn is_same<T: Transport>(original: &T, copy: &T) -> bool {
    Fingerprint::of_any_order(original) == Fingerprint::of_any_order(copy)
}

/// Encodes a value for which the caller keeps no [`Encoder`]: each thread keeps one for each type.
pub(crate) fn encode<T: Transport>(value: &T) -> Encoded {
    thread_local! {
        /// By the address of the type's own code, since types need no name that is theirs alone.
        static ENCODERS: RefCell<HashMap<usize, Rc<Encoder>>> = RefCell::default();
    }
    let code: fn(&Encoder, &T) -> Encoded = Encoder::encode;
    let encoder = ENCODERS.with_borrow_mut(|encoders| {
        let encoder = encoders.entry(code as usize).or_default();
        Rc::clone(encoder)
    });
    encoder.encode(value)
}

/// The value that was encoded.
///
/// # Errors
/// The reason, when the bytes are not a value of this type.
pub(crate) fn decode<T: Transport>(format: Format, bytes: &[u8]) -> Result<T, String> {
    let _upkeep = place::enter_upkeep();
    match format {
        Format::Compact => bitcode::deserialize(bytes).map_err(|error| error.to_string()),
        Format::SelfDescribing => rmp_serde::from_slice(bytes).map_err(|error| error.to_string()),
    }
    .map_err(|error| {
        format!(
            "a value of type `{}` can't be read back by serde: {error}",
            std::any::type_name::<T>()
        )
    })
}

/// The bytes of one of this crate's own messages.
pub(crate) fn encode_message<T: Serialize>(message: &T) -> Vec<u8> {
    bitcode::serialize(message).expect("our own messages are plain data")
}

/// The message in `bytes`.
///
/// # Panics
/// Panics when the bytes are none: the ranks then run different versions of this program.
pub(crate) fn decode_message<T: DeserializeOwned>(bytes: &[u8]) -> T {
    bitcode::deserialize(bytes).unwrap_or_else(|_| {
        panic!("a rank sent a message that can't be read: do all ranks run the same program file?")
    })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};

    use proptest::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::*;

    fn round_trip<T: Transport>(value: &T) -> (Format, T) {
        let Encoded { format, bytes } = encode(value);
        (format, decode(format, &bytes).unwrap())
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(untagged)]
    enum Untagged {
        Number(i64),
        Text(String),
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Flat {
        name: String,
        #[serde(flatten)]
        rest: BTreeMap<String, u32>,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Skips {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        first: Option<u32>,
        second: u32,
    }

    #[test]
    fn types_that_need_a_self_describing_format_travel_too() {
        let untagged = vec![Untagged::Number(1), Untagged::Text("two".into())];
        assert_eq!(round_trip(&untagged), (Format::SelfDescribing, untagged));
        let flat = Flat {
            name: "n".into(),
            rest: BTreeMap::from([("a".into(), 1)]),
        };
        assert_eq!(round_trip(&flat), (Format::SelfDescribing, flat));
        let skips = vec![
            Skips {
                first: None,
                second: 7,
            },
            Skips {
                first: Some(1),
                second: 8,
            },
        ];
        assert_eq!(round_trip(&skips), (Format::SelfDescribing, skips));
    }

    #[test]
    fn a_value_that_would_change_on_the_way_is_refused() {
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(untagged)]
        enum Ambiguous {
            Small(u32),
            Large(u64),
        }
        let value = vec![Ambiguous::Small(1), Ambiguous::Large(1)];
        let report = panicking::catch(|| encode(&value)).unwrap_err();
        assert!(
            report.message.contains("reads back as another value"),
            "{}",
            report.message
        );
        let nested = (Untagged::Number(1), Some(Some(())));
        assert!(panicking::catch(|| encode(&vec![nested])).is_err());
    }

    #[test]
    fn an_encoder_that_met_such_a_value_once_stays_self_describing() {
        let encoder = Encoder::default();
        assert_eq!(
            encoder.encode(&Vec::<Untagged>::new()).format,
            Format::Compact
        );
        assert_eq!(
            encoder.encode(&vec![Untagged::Number(1)]).format,
            Format::SelfDescribing
        );
        assert_eq!(
            encoder.encode(&Vec::<Untagged>::new()).format,
            Format::SelfDescribing
        );
    }

    #[test]
    fn more_values_without_size_than_the_compact_format_allows() {
        let many = vec![(); 1 << 17];
        assert_eq!(round_trip(&many).1.len(), many.len());
    }

    proptest! {
        #[test]
        fn float_bits_survive(bits in proptest::collection::vec(any::<u64>(), 0..50)) {
            let floats: Vec<f64> = bits.iter().copied().map(f64::from_bits).collect();
            let back: Vec<u64> = round_trip(&floats).1.iter().map(|x| x.to_bits()).collect();
            prop_assert_eq!(back, bits);
        }

        #[test]
        fn nested_values_survive(value: Vec<(String, Option<i128>, HashMap<u8, char>)>) {
            prop_assert_eq!(round_trip(&value).1, value);
        }
    }
}
