//! How values become bytes; the only file that names a codec.
//!
//! Most types travel as bitcode, the fastest of the serde formats on batches of values (measured
//! against postcard and MessagePack; postcard also reads back wrong values, without an error,
//! where serde skips a field). Types that need a self-describing format (`#[serde(flatten)]`,
//! `untagged`, `skip_serializing_if`) are noticed when they are encoded and travel as MessagePack. A single number
//! travels as it is (`numbers`).
//! Invariant: a value either arrives as it was sent or an error says why not.

mod numbers;
mod read_back;

use std::any::type_name;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Instant;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use read_back::{Budget, Fault};

use crate::base::faithful::{Check, is_plain};
use crate::base::fingerprint::Fingerprint;
use crate::base::panicking;
use crate::base::thread_context;

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
    note = "or keep the loop on the threads of this process, where nothing has to travel: `#[parallel_for(local)]`",
    note = "in a generic function, add what its loop needs to the type parameter, all at once: `T: parallel_for::Transport + Sync`, and `Clone` where elements are changed in place or an iteration may run twice"
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
    /// Of single values that are numbers.
    Numbers,
}

impl Format {
    const ALL: [Self; 3] = [Self::Compact, Self::SelfDescribing, Self::Numbers];

    /// What stands for it in a message.
    pub(crate) fn number(self) -> u8 {
        self as u8
    }

    /// The reverse of [`number`](Self::number).
    pub(crate) fn numbered(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}

/// Encoded bytes that know their format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoded {
    pub(crate) format: Format,
    pub(crate) bytes: Vec<u8>,
}

/// Why parts can't travel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The number of the part.
    pub(crate) index: usize,
    /// What is wrong with it, and the cure.
    pub(crate) words: String,
}

/// How parts are read back where they were encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Not at all, unless their format wants it.
    Nothing,
    /// So that it shows whether the format can.
    Read,
    /// The same, and compared with what they were.
    Compared,
}

impl Reading {
    /// Where comparing is due, or is not.
    pub(crate) fn of_due(is_due: bool) -> Self {
        if is_due {
            Self::Compared
        } else {
            Self::Nothing
        }
    }
}

/// Encodes the values of one type, and finds out which format that type needs.
#[derive(Debug, Default)]
pub struct Encoder {
    /// Whether there was a value that does not consist of numbers.
    beyond_numbers: AtomicBool,
    self_describing: AtomicBool,
    met: AtomicU32,
    budget: Budget,
}

/// So many values of a type are read back where they were encoded, whatever the type: a format that
/// can't read what it wrote must show while the values still exist.
const VERIFY_FIRST: u32 = 16;

/// A long value counts as one more for each of so many bytes: it is made of many values.
const LONG: usize = 4 << 20;

impl Encoder {
    /// The bytes of `value`.
    ///
    /// # Panics
    /// Panics, with serde's reason, when the type itself refuses to be written.
    pub(crate) fn encode<T: Transport>(&self, value: &T) -> Encoded {
        let verify = self.met.fetch_add(1, Ordering::Relaxed) < VERIFY_FIRST;
        if !self.beyond_numbers.load(Ordering::Relaxed) {
            let _upkeep = thread_context::enter_upkeep();
            let format = Format::Numbers;
            if let Some(bytes) = numbers::write(value)
                && (!verify || comes_back(value, format, &bytes))
            {
                return Encoded { format, bytes };
            }
            self.beyond_numbers.store(true, Ordering::Relaxed);
        }
        let encoded = self.encode_by(value, verify, &|copy: T, _| {
            read_back::by_serde(value, &copy).map(|_| ())
        });
        encoded.unwrap_or_else(|fault| panic!("{}", fault.words(type_name::<T>())))
    }

    /// Whether parts that took so many nanoseconds are to be read back. Types that are known to come
    /// back are not; of others the first values are, then as many as cost little, and some of the rest.
    pub(crate) fn is_due<P>(&self, nanos: u64) -> bool {
        if is_plain::<P>() {
            return false;
        }
        let met = self.met.fetch_add(1, Ordering::Relaxed);
        self.budget.earn(nanos);
        met < VERIFY_FIRST || self.budget.allows(met)
    }

    /// Whether more may be compared of what is due.
    pub(crate) fn has_time(&self) -> bool {
        self.budget.is_left()
    }

    /// A number that is another one for the next parts.
    pub(crate) fn number(&self) -> u32 {
        self.met.load(Ordering::Relaxed)
    }

    /// The bytes of the parts of some chunks, read back and compared by `check` as far as that is wanted.
    ///
    /// # Errors
    /// When serde can't write or read one of them, or reads another value.
    pub(crate) fn encode_parts<P: Transport>(
        &self,
        parts: &Vec<P>,
        check: &Check<P>,
        reading: Reading,
    ) -> Result<Encoded, Refused> {
        let (encoded, _) = self.encode_and_read(parts, check, reading, false)?;
        Ok(encoded)
    }

    /// The same, and what serde reads back takes the parts' place.
    ///
    /// # Errors
    /// As [`encode_parts`](Self::encode_parts).
    pub(crate) fn encode_remade<P: Transport>(
        &self,
        parts: &mut Vec<P>,
        check: &Check<P>,
        reading: Reading,
    ) -> Result<Encoded, Refused> {
        let (encoded, copies) = self.encode_and_read(parts, check, reading, true)?;
        *parts = copies.expect("it was to be read");
        Ok(encoded)
    }

    /// The bytes of some parts, and what was read back of them if copies are wanted in any case, or it was.
    fn encode_and_read<P: Transport>(
        &self,
        parts: &Vec<P>,
        check: &Check<P>,
        reading: Reading,
        copies: bool,
    ) -> Result<(Encoded, Option<Vec<P>>), Refused> {
        let read = copies || reading != Reading::Nothing;
        let closely = self.met.load(Ordering::Relaxed) <= VERIFY_FIRST;
        let (at, copies_read) = (Cell::new(0), Cell::new(None));
        let begun = Instant::now();
        let encoded = self.encode_by(parts, read, &|copies: Vec<P>, format| {
            let compared = reading == Reading::Compared || format == Format::SelfDescribing;
            let pairs = parts.iter().zip(&copies).take_while(|_| compared);
            for (index, (part, copy)) in pairs.enumerate() {
                at.set(index);
                let again = |part: &P| round_trip(format, part);
                read_back::compare(part, copy, check, closely, again)?;
            }
            copies_read.set(Some(copies));
            Ok(())
        });
        if reading != Reading::Nothing
            && let Ok(encoded) = &encoded
        {
            self.budget.spend(begun, encoded.bytes.len());
        }
        let encoded = encoded.map_err(|fault| Refused {
            index: match &fault {
                Fault::Lost(_) => at.get(),
                Fault::Unwritable(_) | Fault::Unreadable(_) => first_that_fails(parts),
            },
            words: fault.words(type_name::<P>()),
        })?;
        Ok((encoded, copies_read.take()))
    }

    fn encode_by<T: Transport>(
        &self,
        value: &T,
        verify: bool,
        compare: &dyn Fn(T, Format) -> Result<(), Fault>,
    ) -> Result<Encoded, Fault> {
        let _upkeep = thread_context::enter_upkeep();
        if !self.self_describing.load(Ordering::Relaxed) {
            let format = Format::Compact;
            let is_same = |copy: T| compare(copy, format).is_ok();
            if let Some(bytes) = encode_compact(value, verify.then_some(&is_same)) {
                let values = u32::try_from(bytes.len() / LONG).unwrap_or(VERIFY_FIRST);
                self.met.fetch_add(values, Ordering::Relaxed);
                return Ok(Encoded { format, bytes });
            }
            self.self_describing.store(true, Ordering::Relaxed);
        }
        encode_self_describing(value, compare)
    }
}

/// Whether a value is read back as it was written.
fn comes_back<T: Transport>(value: &T, format: Format, bytes: &[u8]) -> bool {
    decode(format, bytes).is_ok_and(|copy| read_back::by_serde(value, &copy).is_ok())
}

/// Whether reading back some elements of a list shows whether all can be read: bitcode notices one in another form as it
/// writes them together, but in lists, maps, variants and what holds nothing.
pub(crate) fn has_fixed_elements<P: Transport>(list: &P) -> bool {
    let _upkeep = thread_context::enter_upkeep();
    Fingerprint::has_fixed_elements(list)
}

/// bitcode's bytes; `None` where it can't write the value, or its copy `is_same` as nothing.
fn encode_compact<T: Transport>(
    value: &T,
    is_same: Option<&impl Fn(T) -> bool>,
) -> Option<Vec<u8>> {
    // It panics where the values of one field differ in type (untagged enums).
    panicking::catch(|| {
        let bytes = bitcode::serialize(value).ok()?;
        let is_fine = match is_same {
            Some(is_same) => is_same(bitcode::deserialize(&bytes).ok()?),
            None => true,
        };
        is_fine.then_some(bytes)
    })
    .ok()
    .flatten()
}

/// MessagePack's bytes. It has no word for `Some`, and types that need it are often ambiguous, so
/// every value is read back.
fn encode_self_describing<T: Transport>(
    value: &T,
    compare: &dyn Fn(T, Format) -> Result<(), Fault>,
) -> Result<Encoded, Fault> {
    let format = Format::SelfDescribing;
    let bytes =
        rmp_serde::to_vec_named(value).map_err(|error| Fault::Unwritable(error.to_string()))?;
    let copy =
        rmp_serde::from_slice(&bytes).map_err(|error| Fault::Unreadable(error.to_string()))?;
    compare(copy, format)?;
    Ok(Encoded { format, bytes })
}

/// A part, written and read back once.
fn round_trip<P: Transport>(format: Format, part: &P) -> Option<P> {
    let bytes = match format {
        Format::Compact => bitcode::serialize(part).ok()?,
        Format::SelfDescribing => rmp_serde::to_vec_named(part).ok()?,
        Format::Numbers => return None,
    };
    read_parts(format, &bytes).ok()
}

/// The part for which all together can't be written or read.
fn first_that_fails<P: Transport>(parts: &[P]) -> usize {
    let fails = |part| round_trip(Format::SelfDescribing, part).is_none();
    parts.iter().position(fails).unwrap_or(0)
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
    if format != Format::Numbers {
        return decode_parts(format, bytes);
    }
    let _upkeep = thread_context::enter_upkeep();
    numbers::read(bytes).map_err(|error| unread(type_name::<T>(), &error))
}

/// The same of parts, which travel in no format of single values.
///
/// # Errors
/// As [`decode`].
pub(crate) fn decode_parts<T: Transport>(format: Format, bytes: &[u8]) -> Result<T, String> {
    let _upkeep = thread_context::enter_upkeep();
    read_parts(format, bytes).map_err(|error| unread(type_name::<T>(), &error))
}

fn read_parts<T: Transport>(format: Format, bytes: &[u8]) -> Result<T, String> {
    match format {
        Format::Compact => bitcode::deserialize(bytes).map_err(|error| error.to_string()),
        Format::SelfDescribing => rmp_serde::from_slice(bytes).map_err(|error| error.to_string()),
        Format::Numbers => Err("it is no single number".to_owned()),
    }
}

fn unread(name: &str, error: &str) -> String {
    format!("a value of type `{name}` can't be read back by serde: {error}")
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
    bitcode::deserialize(bytes).unwrap_or_else(|_| unreadable())
}

/// Ends this rank because of a message that is none of this program's.
pub(crate) fn unreadable() -> ! {
    panic!("a rank sent a message that can't be read: do all ranks run the same program file?")
}

#[cfg(test)]
mod tests;
