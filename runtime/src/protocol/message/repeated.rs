//! What of a call differs from one time to the next that a rank makes it, and what is the same each time.
//!
//! Invariant: the two put together again are the entry; of what differs each time, only what loops capture takes a
//! codec.

use std::borrow::Cow;

use super::{Call, Details, Entry, Site};
use crate::base::interned::interned;
use crate::base::wire::{decode_message, encode_message};
use crate::loop_parts::captures::Sketch;
use crate::protocol::deadlock::Ledger;

/// What differs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Varying {
    length: Option<u64>,
    fingerprint: u64,
    sketches: Vec<Option<Sketch>>,
    /// In calls that hold the rank until the master comes: what it has sent and taken before.
    mail: Option<Ledger>,
}

/// What there is of it, as bits of the first byte.
mod has {
    pub(super) const LENGTH: u8 = 1;
    pub(super) const MAIL: u8 = 2;
    pub(super) const SKETCHES: u8 = 4;
}

impl Varying {
    /// Writes it behind what is there; nothing of what is as usual. Layout: what there is (u8), the fingerprint, the
    /// length, how many ranks the mail is with, and their mail, each number as little-endian u64; the encoded sketches.
    pub(crate) fn seal(&self, sealed: &mut Vec<u8>) {
        if *self == Self::default() {
            return;
        }
        let Self {
            length,
            fingerprint,
            sketches,
            mail,
        } = self;
        let present = [
            (length.is_some(), has::LENGTH),
            (mail.is_some(), has::MAIL),
            (!sketches.is_empty(), has::SKETCHES),
        ];
        let present = present.into_iter().filter(|(is_there, _)| *is_there);
        sealed.push(present.map(|(_, bit)| bit).sum());
        let mut write = |number: u64| sealed.extend_from_slice(&number.to_le_bytes());
        write(*fingerprint);
        if let Some(length) = length {
            write(*length);
        }
        if let Some(mail) = mail {
            let numbers = mail.numbers();
            write(numbers.len() as u64);
            numbers.flatten().for_each(write);
        }
        if !sketches.is_empty() {
            sealed.extend_from_slice(&encode_message(sketches));
        }
    }

    /// The reverse of [`seal`](Self::seal); `None` where it is none of ours.
    pub(crate) fn open(sealed: &[u8]) -> Option<Self> {
        let Some((&present, mut rest)) = sealed.split_first() else {
            return Some(Self::default());
        };
        let has = |bit: u8| present & bit != 0;
        let fingerprint = take(&mut rest)?;
        let length = if has(has::LENGTH) {
            Some(take(&mut rest)?)
        } else {
            None
        };
        let mail = if has(has::MAIL) {
            let mut numbers = Vec::new();
            for _ in 0..take(&mut rest)? {
                let mut number = || take(&mut rest);
                numbers.push([number()?, number()?, number()?, number()?, number()?]);
            }
            Some(Ledger::of_numbers(numbers)?)
        } else {
            None
        };
        let sketches = if has(has::SKETCHES) {
            decode_message(rest)
        } else {
            Vec::new()
        };
        Some(Self {
            length,
            fingerprint,
            sketches,
            mail,
        })
    }
}

/// The first of some numbers.
fn take(rest: &mut &[u8]) -> Option<u64> {
    let (number, behind) = rest.split_first_chunk()?;
    *rest = behind;
    Some(u64::from_le_bytes(*number))
}

impl Entry {
    /// Takes out what differs from time to time.
    pub(crate) fn take_varying(&mut self, mail: Option<Ledger>) -> Varying {
        let captures = self.captures.iter_mut();
        Varying {
            length: self.length.take(),
            fingerprint: std::mem::take(&mut self.fingerprint),
            sketches: captures.map(|captured| captured.sketch.take()).collect(),
            mail,
        }
    }

    /// Puts it back, and returns the mail.
    pub(crate) fn vary(&mut self, varying: Varying) -> Option<Ledger> {
        self.length = varying.length;
        self.fingerprint = varying.fingerprint;
        for (captured, sketch) in self.captures.iter_mut().zip(varying.sketches) {
            captured.sketch = sketch;
        }
        varying.mail
    }

    /// Lets go of the memory that its names take: they are those of the program.
    pub(crate) fn intern(&mut self) {
        let Self {
            call,
            site,
            details,
            captures,
            identity,
            ..
        } = self;
        let name = match call {
            Call::Collective(name) => Some(name),
            Call::Start | Call::Loop | Call::Split | Call::OnMaster => None,
        };
        let of = match details {
            Some(Details::Type(of) | Details::Numbers { of, .. }) => Some(of),
            Some(Details::Words(_)) | None => None,
        };
        let function = identity.as_mut().map(|identity| &mut identity.function);
        let captures = captures.iter_mut().map(|captured| &mut captured.name);
        let names = [Some(&mut site.file), name, of, function];
        for name in names.into_iter().flatten().chain(captures) {
            *name = Cow::Borrowed(interned(name));
        }
    }
}

impl Site {
    /// A number for it.
    pub(crate) fn number(&self) -> u32 {
        self.line.wrapping_mul(37).wrapping_add(self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::deadlock::{Bulk, Count, Mail};

    fn ledger(ranks: u64) -> Ledger {
        Ledger::new((0..ranks).map(|rank| Mail {
            messages: Count {
                sent: rank,
                taken: u64::MAX,
            },
            bulk: Bulk {
                lent: 3,
                wanted: rank << 40,
            },
        }))
    }

    #[test]
    fn what_is_sealed_opens_again_and_what_is_cut_does_not() {
        for length in [None, Some(0), Some(u64::MAX)] {
            for fingerprint in [0, 7 << 50] {
                for mail in [None, Some(ledger(0)), Some(ledger(3))] {
                    let varying = || Varying {
                        length,
                        fingerprint,
                        sketches: Vec::new(),
                        mail: mail.clone(),
                    };
                    let mut sealed = vec![9];
                    varying().seal(&mut sealed);
                    assert_eq!(Varying::open(&sealed[1..]), Some(varying()));
                    for end in 2..sealed.len() {
                        assert_eq!(Varying::open(&sealed[1..end]), None);
                    }
                }
            }
        }
        let sketches = vec![None, None];
        let varying = Varying {
            sketches,
            ..Varying::default()
        };
        let mut sealed = Vec::new();
        varying.seal(&mut sealed);
        assert_eq!(Varying::open(&sealed), Some(varying));
    }
}
