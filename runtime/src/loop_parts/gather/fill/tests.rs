//! What becomes of the values that chunks push, in any order and however the chunks end: each is in the list, or was
//! dropped once.

use std::cell::Cell;
use std::fmt::Debug;

use proptest::prelude::*;

use super::*;
use crate::base::panicking;
use crate::loop_parts::gather::Parcel;
use crate::loop_parts::gather::lent::PushedOnce as _;
use crate::loop_parts::gather::mark::Marked as _;

thread_local! {
    /// How many values of the types below there are.
    static ALIVE: Cell<usize> = const { Cell::new(0) };
}

trait Value: Transport + Debug {
    fn of(iteration: u64) -> Self;

    /// The iteration that it is of, as far as it can tell.
    fn iteration(&self) -> u64;
}

/// With a number, and memory of its own.
#[derive(Debug, Serialize, Deserialize)]
#[serde(from = "u64", into = "u64")]
struct Counted(Box<u64>);

impl From<u64> for Counted {
    fn from(iteration: u64) -> Self {
        ALIVE.set(ALIVE.get() + 1);
        Self(Box::new(iteration))
    }
}

impl From<Counted> for u64 {
    fn from(value: Counted) -> Self {
        *value.0
    }
}

impl Clone for Counted {
    fn clone(&self) -> Self {
        Self::from(*self.0)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        ALIVE.set(ALIVE.get() - 1);
    }
}

impl Value for Counted {
    fn of(iteration: u64) -> Self {
        Self::from(iteration)
    }

    fn iteration(&self) -> u64 {
        *self.0
    }
}

/// Of no size.
#[derive(Debug, Serialize, Deserialize)]
#[serde(from = "()", into = "()")]
struct Nothing;

impl From<()> for Nothing {
    fn from((): ()) -> Self {
        ALIVE.set(ALIVE.get() + 1);
        Self
    }
}

impl From<Nothing> for () {
    fn from(_: Nothing) {}
}

impl Clone for Nothing {
    fn clone(&self) -> Self {
        Self::from(())
    }
}

impl Drop for Nothing {
    fn drop(&mut self) {
        ALIVE.set(ALIVE.get() - 1);
    }
}

impl Value for Nothing {
    fn of(_: u64) -> Self {
        Self::from(())
    }

    fn iteration(&self) -> u64 {
        0
    }
}

impl Value for u16 {
    fn of(iteration: u64) -> Self {
        Self::try_from(iteration).unwrap()
    }

    fn iteration(&self) -> u64 {
        u64::from(*self)
    }
}

/// What happens to the part of a chunk.
#[derive(Clone, Copy, Debug)]
enum How {
    /// It is added as it is.
    Kept,
    /// It comes from another rank, by a codec.
    Sent,
    /// The same, as it lies in memory where the type allows.
    SentRaw,
    /// Some of its values are taken out, and put back.
    Divided,
    /// It is lost in the middle, and the chunk runs again.
    Lost,
    /// Its last iteration is undone and runs again, behind a mark.
    Rewound,
}

fn how() -> impl Strategy<Value = How> {
    use How::{Divided, Kept, Lost, Rewound, Sent, SentRaw};
    let all = vec![Kept, Kept, Sent, SentRaw, Divided, Lost, Rewound];
    proptest::sample::select(all)
}

fn push<T: Value>(part: &mut Filling<'_, T>, iterations: Range<u64>, every: u64) {
    let mut rest = iterations;
    while rest.start < rest.end {
        // Blocks of several lengths.
        let block = (rest.end - rest.start).min(1 + rest.start % 4);
        let mut open = open(part, usize::try_from(block).unwrap());
        for iteration in rest.start..rest.start + block {
            if iteration % every == 0 {
                open.push(T::of(iteration));
            }
        }
        rest.start += block;
    }
}

/// Runs a chunk, of which every so many iterations push.
fn run<'a, T: Value>(
    blanks: &mut FillingBlanks<'a, T>,
    chunk: &Range<u64>,
    how: How,
    every: u64,
) -> Filling<'a, T> {
    let mut part = blanks.blank(chunk);
    match how {
        How::Kept => push(&mut part, chunk.clone(), every),
        How::Sent => {
            push(&mut part, chunk.clone(), every);
            part = bitcode::deserialize(&bitcode::serialize(&part).unwrap()).unwrap();
        }
        How::SentRaw => {
            push(&mut part, chunk.clone(), every);
            if Filling::<T>::is_raw() {
                part = Parcel::packed(&mut [part], true).open(1).unwrap().remove(0);
            }
        }
        How::Divided => {
            push(&mut part, chunk.clone(), every);
            let (all, alive) = (part.length(), ALIVE.get());
            let few = all / 2;
            part.swap_with_last(0, few);
            let last = part.split_off(all - few);
            assert_eq!((part.length(), last.length()), (all - few, few));
            part.put_back(last);
            part.swap_with_last(0, few);
            assert_eq!((part.length(), ALIVE.get()), (all, alive));
        }
        How::Lost => {
            let middle = chunk.start.midpoint(chunk.end);
            let lost = panicking::catch(move || {
                push(&mut part, chunk.start..middle, every);
                let mut open = open(&mut part, 1);
                open.push(T::of(middle));
                panic!("in the middle");
            });
            assert!(lost.is_err());
            return run(blanks, chunk, How::Kept, every);
        }
        How::Rewound => {
            let last = chunk.end - 1;
            push(&mut part, chunk.start..last, every);
            let mark = part.mark();
            {
                let mut open = open(&mut part, 1);
                assert_eq!(open.marked(), mark);
                open.push(T::of(77));
            }
            part.rewind(mark);
            push(&mut part, last..chunk.end, every);
        }
    }
    part
}

/// A loop with these chunks, run in the order of their keys, up to an iteration that halts it; and then another one.
fn fills<T: Value>(
    (before, spare): (usize, usize),
    length: impl Fn(u64) -> Length,
    chunks: &[(u64, How, u32)],
    every: u64,
    halt: u64,
) {
    let mut list: Vec<T> = Vec::with_capacity(before + spare);
    list.extend((0..before as u64).map(T::of));
    let mut all = Vec::new();
    let mut start = 0;
    for (length, how, key) in chunks {
        all.push((*key, start..start + length, *how));
        start += length;
    }
    let mut in_any_order = all.clone();
    in_any_order.sort_by_key(|(key, ..)| *key);
    let mut output = list.pushed_once();
    let mut blanks = output.blanks(length(start));
    let mut parts: Vec<_> = in_any_order
        .into_iter()
        .map(|(_, chunk, how)| (chunk.start, run(&mut blanks, &chunk, how, every)))
        .collect();
    parts.sort_by_key(|(start, _)| *start);
    let mut kept = 0..0;
    for ((_, mut part), (_, chunk, _)) in parts.into_iter().zip(all) {
        if chunk.end <= halt && chunk.start == kept.end {
            output.absorb(&mut part);
            blanks.reuse(part);
            kept.end = chunk.end;
        }
    }
    drop(blanks);
    let expected: Vec<u64> = (0..before as u64)
        .chain(kept.filter(|iteration| iteration % every == 0))
        .map(|iteration| T::of(iteration).iteration())
        .collect();
    let found: Vec<u64> = list.iter().map(Value::iteration).collect();
    assert_eq!(found, expected);
    if size_of::<T>() != size_of::<u16>() {
        assert_eq!(ALIVE.get(), list.len());
    }
    drop(list);
    assert_eq!(ALIVE.get(), 0);
}

proptest! {
    #[test]
    fn each_value_is_in_the_list_or_dropped_once(
        list in (0..4_usize, 0..9_usize),
        chunks in proptest::collection::vec((1..9_u64, how(), any::<u32>()), 0..24),
        said in proptest::option::of(0..120_u64),
        hint: bool,
        every in proptest::sample::select(vec![1, 1, 1, 3]),
        halt in 0..190_u64,
    ) {
        let length = |all: u64| match said {
            Some(said) if hint => Length::Hint(said),
            Some(_) => Length::Exact(all),
            None => Length::Unknown,
        };
        fills::<Counted>(list, length, &chunks, every, halt);
        fills::<Nothing>(list, length, &chunks, every, halt);
        fills::<u16>(list, length, &chunks, every, halt);
    }
}

#[test]
fn values_are_written_where_they_stay() {
    let mut list = vec![1_u16];
    let mut output = list.pushed_once();
    let mut blanks = output.blanks(Length::Exact(50));
    let mut first = blanks.blank(&(0..40));
    push(&mut first, 0..30, 1);
    let mut second = blanks.blank(&(40..50));
    push(&mut second, 40..50, 1);
    // The first chunk has ended early, and another one begins there.
    output.absorb(&mut first);
    let mut third = blanks.blank(&(30..40));
    push(&mut third, 30..40, 1);
    let places = [&second, &third].map(|part| part.values().as_ptr());
    output.absorb(&mut third);
    output.absorb(&mut second);
    drop((first, second, third, blanks));
    assert_eq!(places, [&raw const list[41], &raw const list[31]]);
    let expected: Vec<u16> = std::iter::once(1).chain(0..50).collect();
    assert_eq!(list, expected);
}

#[test]
fn more_is_reserved_only_where_all_of_it_is_needed() {
    let mut list: Vec<u64> = Vec::new();
    list.pushed_once().blanks(Length::Hint(1 << 40));
    list.pushed_once().blanks(Length::Unknown);
    list.pushed_once()
        .unless_left()
        .blanks(Length::Exact(1 << 40));
    // There isn't as much.
    list.pushed_once().blanks(Length::Exact(u64::MAX));
    assert_eq!(list.capacity(), 0);
    list.pushed_once().unless_left().blanks(Length::Exact(1000));
    assert!(list.capacity() >= 1000);
}

#[test]
fn an_iteration_pushes_once() {
    for said in [Length::Exact(100), Length::Unknown] {
        let mut list: Vec<Counted> = Vec::new();
        let mut output = list.pushed_once();
        let mut part = output.blanks(said).blank(&(0..1));
        let twice = panicking::catch(|| {
            let mut open = open(&mut part, 1);
            open.push(Counted::from(1));
            open.push(Counted::from(2));
        });
        assert!(twice.is_err());
        assert_eq!((part.values().len(), ALIVE.get()), (1, 1));
        drop(part);
        assert_eq!(ALIVE.get(), 0);
    }
}

#[test]
fn parts_of_other_lists_and_out_of_turn_are_refused() {
    let (mut one, mut another) = (vec![Counted::from(0)], Vec::new());
    let (mut first, mut second) = (one.pushed_once(), another.pushed_once());
    let (mut blanks, _) = (
        first.blanks(Length::Exact(40)),
        second.blanks(Length::Exact(40)),
    );
    let mut early = blanks.blank(&(0..2));
    let mut late = blanks.blank(&(2..4));
    push(&mut early, 0..2, 1);
    push(&mut late, 2..4, 1);
    assert!(panicking::catch(|| second.absorb(&mut early)).is_err());
    assert!(panicking::catch(|| first.absorb(&mut late)).is_err());
    let mut long = Filling(Place::List(vec![Counted::from(7), Counted::from(8)]));
    assert!(panicking::catch(|| first.absorb(&mut long)).is_err());
    drop(early);
    first.absorb(&mut long);
    first.absorb(&mut late);
    drop((late, blanks, long));
    let found: Vec<u64> = one.iter().map(Value::iteration).collect();
    assert_eq!(found, [0, 7, 8, 2, 3]);
    assert_eq!(ALIVE.get(), 5);
}
