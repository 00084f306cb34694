//! How the calls that ranks enter travel: what a rank says again and again it says whole once.
//!
//! A rank and each of those that it tells of its calls have a shelf. A call has a place there, and is told by that
//! place alone as long as it lies in it; otherwise it is told whole, and put there. Invariant: both do the same with
//! their shelves in the order of the messages, so what lies there is the same.

use std::collections::BTreeMap;

use crate::base::rank::Rank;
use crate::base::wire::{decode_message, encode_message, unreadable};
use crate::protocol::message::{Control, Entry, Varying};

/// The places of a shelf. Calls that have the same place push each other out, which costs time and no more.
const PLACES: u64 = 64;

/// The shelves of one rank.
#[derive(Debug, Default)]
pub(super) struct Shelves {
    /// For each rank to which this one has sent.
    sent: BTreeMap<Rank, Shelf>,
    /// For each rank of which this one has heard.
    heard: BTreeMap<Rank, Shelf>,
}

/// By their places.
type Shelf = BTreeMap<u8, Entry>;

/// The first byte of a message: what it is.
const KNOWN: u8 = 0;
const NEW: u8 = 1;
const OTHER: u8 = 2;

impl Shelves {
    /// A message to `rank` as it travels. Layout of an entry: what it is, its place, the context (u64), where it is
    /// new its length (u32) and itself, and what varies, if anything does; numbers are little-endian.
    pub(super) fn seal(&mut self, rank: Rank, control: Control) -> Vec<u8> {
        let (context, mut entry, mail) = match control {
            Control::Entered {
                context,
                entry,
                mail,
            } => (context, entry, mail),
            other => {
                let mut sealed = encode_message(&other);
                sealed.insert(0, OTHER);
                return sealed;
            }
        };
        let varying = entry.take_varying(mail);
        let place = place(&entry);
        let known = self.sent.entry(rank).or_default();
        let is_known = known.get(&place) == Some(&entry);
        let mut sealed = vec![if is_known { KNOWN } else { NEW }, place];
        sealed.extend_from_slice(&context.to_le_bytes());
        if !is_known {
            let whole = encode_message(&entry);
            let length = u32::try_from(whole.len()).expect("an entry is short");
            sealed.extend_from_slice(&length.to_le_bytes());
            sealed.extend_from_slice(&whole);
            known.insert(place, entry);
        }
        varying.seal(&mut sealed);
        sealed
    }

    /// The reverse of [`seal`](Self::seal), of a message that `rank` has sent.
    ///
    /// # Panics
    /// Panics when this is none of our messages.
    pub(super) fn open(&mut self, rank: Rank, sealed: &[u8]) -> Control {
        match sealed {
            [OTHER, other @ ..] => decode_message(other),
            [kind @ (KNOWN | NEW), place, entered @ ..] => {
                let known = self.heard.entry(rank).or_default();
                let entered = read(known, *kind == NEW, *place, entered);
                entered.unwrap_or_else(|| unreadable())
            }
            _ => unreadable(),
        }
    }
}

fn read(shelf: &mut Shelf, is_new: bool, place: u8, entered: &[u8]) -> Option<Control> {
    let (context, mut rest) = entered.split_first_chunk()?;
    if is_new {
        let (length, whole) = rest.split_first_chunk()?;
        let (whole, behind) = whole.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let mut entry: Entry = decode_message(whole);
        entry.intern();
        shelf.insert(place, entry);
        rest = behind;
    }
    let mut entry = shelf.get(&place)?.clone();
    let mail = entry.vary(Varying::open(rest)?);
    Some(Control::Entered {
        context: u64::from_le_bytes(*context),
        entry,
        mail,
    })
}

/// A call's place on every shelf.
fn place(entry: &Entry) -> u8 {
    let root = entry.root.unwrap_or(0) as u64;
    let place = root.wrapping_add(entry.site.number().into()) % PLACES;
    u8::try_from(place).expect("a shelf has few places")
}

#[cfg(test)]
mod tests {
    use std::panic::Location;

    use super::*;
    use crate::protocol::deadlock::Ledger;
    use crate::protocol::message::{Call, Details};

    #[track_caller]
    fn entered(name: &'static str, root: Option<Rank>, length: Option<u64>) -> Control {
        let entry = Entry {
            root,
            length,
            details: Some(Details::Type("f64".into())),
            ..Entry::new(Call::Collective(name.into()), Location::caller().into())
        };
        Control::Entered {
            context: u64::MAX - 1,
            entry,
            mail: length.map(|_| Ledger::default()),
        }
    }

    #[test]
    fn a_call_is_told_whole_once_and_whenever_another_has_taken_its_place() {
        let (mut ours, mut theirs) = (Shelves::default(), Shelves::default());
        let mut lengths = Vec::new();
        for _ in 0..3 {
            for (name, root, length) in [
                ("gather", Some(0), None),
                ("gather", Some(0), Some(7)),
                ("gather", Some(0), None),
                ("scatter", Some(0), None),
                ("scatter", Some(1), None),
            ] {
                let control = entered(name, root, length);
                let sealed = ours.seal(3, control.clone());
                assert_eq!(theirs.open(5, &sealed), control);
                lengths.push(sealed.len());
            }
            let other = Control::Refused("no".to_owned());
            let sealed = ours.seal(3, other.clone());
            assert_eq!(theirs.open(5, &sealed), other);
        }
        let short = lengths.iter().filter(|length| **length == 10).count();
        assert_eq!(
            short, 5,
            "the second and third `gather`s, and rank 1's `scatter`: {lengths:?}"
        );
    }

    #[test]
    fn each_rank_has_a_shelf_of_its_own() {
        let (mut ours, mut theirs) = (Shelves::default(), Shelves::default());
        let calls = ["gather", "gather"].map(|name| entered(name, None, None));
        for (rank, control) in calls.into_iter().enumerate() {
            let sealed = ours.seal(rank, control.clone());
            assert!(sealed.len() > 10, "it is new to rank {rank}");
            assert_eq!(theirs.open(rank, &sealed), control);
        }
    }

    #[test]
    #[should_panic(expected = "do all ranks run the same program file?")]
    fn a_place_where_nothing_lies_is_noticed() {
        Shelves::default().open(1, &[KNOWN, 3, 0, 0, 0, 0, 0, 0, 0, 0]);
    }
}
