//! A value and what serde read back: whether they are the same, at what cost that may be found out,
//! and in which words it is refused.
//!
//! Invariant: an order that may be random, as that of a hash set, is called lost only where copies of
//! copies never change it, which a set of two elements does with a probability of 2^-61.

use std::any::type_name;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

use serde::Serialize;

use crate::base::faithful::{Check, Findings, Lost, element_name};
use crate::base::fingerprint::Fingerprint;

/// Why a value can't travel.
#[derive(Debug)]
pub(super) enum Fault {
    Unwritable(String),
    Unreadable(String),
    Lost(Lost),
}

impl Fault {
    /// The words for people, about values of the type with this name, or what they hold.
    pub(super) fn words(&self, type_name: &str) -> String {
        let name = match self {
            Self::Lost(lost) => lost.name.clone(),
            Self::Unwritable(_) | Self::Unreadable(_) => element_name(type_name),
        };
        let what = match self {
            Self::Unwritable(reason) => format!("serde can't write this one: {reason}"),
            Self::Unreadable(reason) => format!("serde can't read back what it wrote: {reason}"),
            Self::Lost(Lost { texts: None, .. }) => {
                "what serde wrote reads back as a different value".to_owned()
            }
            Self::Lost(Lost {
                texts: Some((original, copy)),
                ..
            }) => format!(
                "what serde wrote reads back as a different value\n  written:   {original}\n  read back: {copy}"
            ),
        };
        let cure = match self {
            Self::Unwritable(reason) if reason.contains("invalid UTF-8") => {
                "push `path.into_os_string()`, which serde carries whatever its bytes are, or \
                 `path.to_string_lossy().into_owned()`"
            }
            Self::Unwritable(_) | Self::Unreadable(_) => {
                "give the type a `Serialize` and a `Deserialize` that fit each other for every value, \
                 or push what serde can carry"
            }
            Self::Lost(_) => {
                "let serde carry all of the value: usual causes are `#[serde(skip)]`, a `with` that \
                 rounds, a `Deserialize` that sorts, `untagged`, `flatten` and nested `Option`s; where \
                 the copy is as good as the value, compare by a `PartialEq` and print by a `Debug` \
                 that say so"
            }
        };
        format!("values of type `{name}` can't travel between ranks: {what}\nhelp: {cure}")
    }
}

/// How serde writes a copy, beside how it writes the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Alike,
    InAnotherOrder,
}

/// Whether serde writes the copy as it writes the original, in any order.
pub(super) fn by_serde<T: Serialize>(original: &T, copy: &T) -> Result<Written, Fault> {
    if Fingerprint::of(original) == Fingerprint::of(copy) {
        Ok(Written::Alike)
    } else if Fingerprint::of_any_order(original) == Fingerprint::of_any_order(copy) {
        Ok(Written::InAnotherOrder)
    } else {
        Err(Fault::Lost(Lost::of(type_name::<T>(), None)))
    }
}

/// Whether a copy is the same as its original; `closely` is by serde too, where the type has means of
/// its own. `again` makes another copy.
pub(super) fn compare<P: Serialize>(
    original: &P,
    copy: &P,
    check: &Check<P>,
    closely: bool,
    again: impl Fn(&P) -> Option<P>,
) -> Result<(), Fault> {
    let Findings {
        lost,
        unsure,
        unknown,
    } = (check.compare)(original, copy);
    if let Some(lost) = lost {
        return Err(Fault::Lost(lost));
    }
    let written = if unknown || closely {
        by_serde(original, copy)?
    } else {
        Written::Alike
    };
    if unsure {
        settle(original, &check.settle, &again)?;
    }
    if unknown && written == Written::InAnotherOrder {
        let by_serde = |_: &P, copies: &[&P]| {
            let mut orders = copies.iter().map(|copy| Fingerprint::of(*copy));
            let first = orders.next();
            let is_random = orders.any(|order| Some(order) != first);
            Findings {
                lost: (!is_random).then(|| Lost::of(type_name::<P>(), None)),
                ..Findings::default()
            }
        };
        settle(original, &by_serde, &again)?;
    }
    Ok(())
}

/// More and more copies of copies, until `show` sees no order in them that is always the same.
fn settle<P>(
    original: &P,
    show: &dyn Fn(&P, &[&P]) -> Findings,
    again: &dyn Fn(&P) -> Option<P>,
) -> Result<(), Fault> {
    let mut copies: Vec<P> = Vec::new();
    let mut lost = None;
    for so_many in [2, 6, 14, 30, 62] {
        while copies.len() < so_many {
            let Some(copy) = again(copies.last().unwrap_or(original)) else {
                return Err(Fault::Lost(Lost::of(type_name::<P>(), None)));
            };
            copies.push(copy);
        }
        lost = show(original, &copies.iter().collect::<Vec<_>>()).lost;
        if lost.is_none() {
            break;
        }
    }
    lost.map_or(Ok(()), |lost| Err(Fault::Lost(lost)))
}

/// How much is read back: at first whatever comes, then for a share of the bodies' time, and some of
/// the rest.
#[derive(Debug, Default)]
pub(super) struct Budget {
    bytes: AtomicUsize,
    earned: AtomicU64,
    spent: AtomicU64,
}

impl Budget {
    /// So many bytes are free: thousands of small values.
    const FREE: usize = 1 << 20;
    /// A value costs as much as this many bytes at least.
    const LEAST: usize = 64;
    /// One part in so many of the time that the bodies take.
    const SHARE: u64 = 16;
    /// One value in so many.
    const SAMPLE: u32 = 32;

    /// The bodies took so many nanoseconds.
    pub(super) fn earn(&self, nanos: u64) {
        self.earned.fetch_add(nanos, Ordering::Relaxed);
    }

    /// A value of so many bytes was read back, from then on.
    pub(super) fn spend(&self, begun: Instant, bytes: usize) {
        if self.is_free() {
            self.bytes
                .fetch_add(bytes.max(Self::LEAST), Ordering::Relaxed);
        } else {
            let nanos = u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
            self.spent.fetch_add(nanos, Ordering::Relaxed);
        }
    }

    /// Whether the value with this number may be read back.
    pub(super) fn allows(&self, number: u32) -> bool {
        self.is_left() || number.is_multiple_of(Self::SAMPLE)
    }

    /// Whether not all was spent that may be.
    pub(super) fn is_left(&self) -> bool {
        let earned = self.earned.load(Ordering::Relaxed) / Self::SHARE;
        self.is_free() || self.spent.load(Ordering::Relaxed) <= earned
    }

    fn is_free(&self) -> bool {
        self.bytes.load(Ordering::Relaxed) < Self::FREE
    }
}
