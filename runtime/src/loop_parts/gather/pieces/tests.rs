use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use proptest::prelude::*;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::*;
use crate::base::faithful::{Compare, compared};
use crate::base::panicking;

const COMPARED: Wanted = Wanted {
    reading: Reading::Compared,
    remade: false,
    travels: true,
};

thread_local! {
    static ALIVE: Cell<isize> = const { Cell::new(0) };
    /// Which value panics when it is written or printed.
    static PANICS: Cell<Option<u64>> = const { Cell::new(None) };
    static READ: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// A value that is counted, and loses its second field.
#[derive(Debug)]
struct Lossy {
    id: u64,
    lost: bool,
}

impl Lossy {
    fn new(id: u64, lost: bool) -> Self {
        ALIVE.set(ALIVE.get() + 1);
        Self { id, lost }
    }
}

impl Drop for Lossy {
    fn drop(&mut self) {
        ALIVE.set(ALIVE.get() - 1);
    }
}

impl Serialize for Lossy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        assert_ne!(PANICS.get(), Some(self.id), "this one panics");
        self.id.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Lossy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = u64::deserialize(deserializer)?;
        READ.with_borrow_mut(|read| read.push(id));
        Ok(Self::new(id, false))
    }
}

fn spread(lengths: &[usize], number: u32) -> impl Iterator<Item = (usize, Range<usize>)> {
    let mut divided = Divided::default();
    for length in lengths {
        divided.add(*length);
    }
    divided.begin(number);
    std::iter::from_fn(move || divided.next())
}

fn part(ids: Range<u64>, lost: Option<u64>) -> Vec<Lossy> {
    ids.map(|id| Lossy::new(id, lost == Some(id))).collect()
}

fn check() -> Check<Vec<Lossy>> {
    fn by<C: Compare<Vec<Lossy>>>(_: C) -> Check<Vec<Lossy>> {
        Check::by::<C>()
    }
    // It has no `==`, and has `Debug`.
    by(compared(0_u8, 0_i32))
}

proptest! {
    #[test]
    fn pieces_are_all_values_in_every_order(lengths in proptest::collection::vec(0..9 * PIECE, 0..9), number: u32) {
        let mut seen = BTreeSet::new();
        let mut count = 0;
        for (index, range) in spread(&lengths, number) {
            prop_assert!(!range.is_empty() && range.len() <= PIECE);
            // It can change places with the last ones.
            prop_assert!(range.end == lengths[index] || range.end + range.len() <= lengths[index]);
            count += range.len();
            seen.extend(range.map(|at| (index, at)));
        }
        let values = lengths.iter().sum::<usize>();
        prop_assert_eq!((count, seen.len()), (values, values));
    }
}

#[test]
fn few_pieces_are_of_all_places() {
    for number in [0, 1, 77] {
        let pieces = spread(&[64 * PIECE], number);
        let mut starts: Vec<usize> = pieces
            .take(8)
            .map(|(_, range)| range.start / PIECE)
            .collect();
        starts.sort_unstable();
        assert!(
            starts.windows(2).all(|pair| pair[1] - pair[0] == 8),
            "{starts:?}"
        );
    }
}

#[test]
fn each_value_of_the_first_megabyte_is_compared() {
    // As many as are compared in any case, in several long parts.
    for lost in [0, 1, 1023, 1024, 4999, 5000, 19_000, 39_999] {
        let mut parts: Vec<_> = (0..8)
            .map(|at| part(at * 5000..(at + 1) * 5000, Some(lost)))
            .collect();
        let refused = read_back(&mut parts, &Encoder::default(), &check(), COMPARED).unwrap_err();
        assert_eq!(refused.index as u64, lost / 5000);
        assert!(
            refused.words.contains("reads back as a different value"),
            "{}",
            refused.words
        );
        drop(parts);
        assert_eq!(ALIVE.get(), 0);
    }
}

#[test]
fn parts_are_as_they_were() {
    for (remade, travels) in [(false, true), (false, false), (true, true), (true, false)] {
        READ.take();
        let mut parts = vec![
            part(0..2500, None),
            part(0..0, None),
            part(2500..2501, None),
        ];
        let wanted = Wanted {
            remade,
            travels,
            ..COMPARED
        };
        let left = read_back(&mut parts, &Encoder::default(), &check(), wanted).unwrap();
        let rest = Wanted {
            reading: Reading::Nothing,
            remade: remade && travels,
            travels,
        };
        assert_eq!(left, rest);
        let ids: Vec<u64> = parts.iter().flatten().map(|value| value.id).collect();
        assert_eq!(ids, (0..2501).collect::<Vec<_>>());
        assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [2500, 0, 1]);
        let mut read = READ.take();
        read.sort_unstable();
        assert_eq!(read, ids);
        drop(parts);
        assert_eq!(ALIVE.get(), 0);
    }
}

#[test]
fn what_is_made_anew_is_what_serde_makes_of_it() {
    let wanted = Wanted {
        reading: Reading::Nothing,
        remade: true,
        travels: false,
    };
    let mut parts = vec![part(0..3000, Some(7)), part(3000..6000, Some(4000))];
    read_back(&mut parts, &Encoder::default(), &Check::unknown(), wanted).unwrap();
    assert!(parts.iter().flatten().all(|value| !value.lost));
    let ids: Vec<u64> = parts.iter().flatten().map(|value| value.id).collect();
    assert_eq!(ids, (0..6000).collect::<Vec<_>>());
}

#[test]
fn a_panic_in_a_piece_drops_each_value_once() {
    for remade in [false, true] {
        for panics in [0, 500, 1024, 2999, 3500] {
            PANICS.set(Some(panics));
            let ended = panicking::catch(|| {
                let mut parts = vec![part(0..3000, None), part(3000..4000, None)];
                let wanted = Wanted {
                    remade,
                    travels: !remade,
                    ..COMPARED
                };
                read_back(&mut parts, &Encoder::default(), &check(), wanted).map(|_| ())
            });
            PANICS.set(None);
            // Where the compact format panics, the other one panics as well.
            assert!(ended.is_err());
            assert_eq!(ALIVE.get(), 0);
        }
    }
}

#[test]
fn short_parts_are_read_back_as_a_whole() {
    let mut parts = vec![part(0..1000, Some(3)), part(1000..1024, None)];
    let left = read_back(&mut parts, &Encoder::default(), &check(), COMPARED).unwrap();
    assert_eq!(left, COMPARED);
    // Many short ones.
    let mut parts: Vec<_> = (0..2000).map(|at| part(at..at + 1, None)).collect();
    let left = read_back(&mut parts, &Encoder::default(), &check(), COMPARED).unwrap();
    assert_eq!(left, COMPARED);
    let mut parts = vec![vec![(); 100_000]];
    let left = read_back(&mut parts, &Encoder::default(), &Check::unknown(), COMPARED).unwrap();
    assert_eq!(left, COMPARED);
}

#[test]
fn elements_that_may_have_other_forms_are_all_to_be_read() {
    fn left<T: Transport + Clone>(value: T) -> Reading {
        let mut parts = vec![vec![value; PIECE + 1]];
        let left = read_back(&mut parts, &Encoder::default(), &Check::unknown(), COMPARED);
        left.unwrap().reading
    }
    #[derive(Clone, Serialize, Deserialize)]
    struct Named {
        id: u64,
        at: [f64; 3],
        name: (String, char),
    }
    let named = Named {
        id: 1,
        at: [0.5; 3],
        name: ("a".to_owned(), 'b'),
    };
    assert_eq!(left(named), Reading::Nothing);
    assert_eq!(left(Some(1_u8)), Reading::Read);
    assert_eq!(left((1_u8, Vec::<u8>::new())), Reading::Read);
    assert_eq!(left(std::net::IpAddr::from([1, 2, 3, 4])), Reading::Read);
    assert_eq!(left((1_u8, ())), Reading::Read);
}

#[test]
fn a_rare_form_that_the_format_can_not_read_is_noticed() {
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(untagged)]
    enum Any {
        Number(u32),
        Text(String),
    }
    let mut values = vec![None; 200_000];
    values[100_003] = Some(Any::Number(5));
    let mut parts = vec![values.clone()];
    let (encoder, check) = (Encoder::default(), Check::unknown());
    while encoder.has_time() {
        let some = &vec![vec!["text".to_owned(); 10_000]];
        encoder
            .encode_parts(some, &Check::unknown(), Reading::Compared)
            .unwrap();
    }
    let left = read_back(&mut parts, &encoder, &check, COMPARED).unwrap();
    let sent = encoder.encode_parts(&parts, &check, left.reading).unwrap();
    let copies: Vec<Vec<Option<Any>>> = wire::decode_parts(sent.format, &sent.bytes).unwrap();
    assert_eq!(copies[0], values);
}
