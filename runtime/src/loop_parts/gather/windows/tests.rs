use std::rc::Rc;

use proptest::prelude::*;

use super::*;
use crate::__private::{copying, windows};
use crate::base::aligned::Block;
use crate::base::panicking;
use crate::loop_parts::gather::updates::{Copies, Of};
use crate::loop_parts::gather::{Form, Parcel};

/// Runs these chunks of a loop in their order; of those in `kept` the parts are added to the output.
fn run<T: Transport>(
    array: &mut [T],
    first: usize,
    chunks: &[(Range<u64>, bool)],
    value: impl Fn(&T) -> T,
) where
    Copies: Of<T>,
{
    let mut output = windows(&mut *array, first);
    let mut blanks = output.blanks(Length::Unknown);
    let mut parts = Vec::new();
    for (chunk, kept) in chunks {
        let mut part = blanks.blank(chunk);
        for iteration in chunk.clone() {
            let mut open = part.open(1);
            let index = first + usize::try_from(iteration).unwrap();
            let changed = open.element(index, copying());
            *changed = value(changed);
            let replaced = value(changed);
            open.put(index, replaced);
        }
        if *kept {
            output.absorb(&mut part);
            blanks.reuse(part);
        } else {
            parts.push(part);
        }
    }
    drop(parts);
    output.collected().store(array);
}

proptest! {
    #[test]
    fn what_is_not_added_is_as_it_was(
        lengths in proptest::collection::vec((1..7_u64, any::<bool>()), 0..20),
        keys in proptest::collection::vec(any::<u32>(), 20),
        first in 0..5_usize,
        texts: bool,
    ) {
        let mut chunks = Vec::new();
        let mut start = 0;
        for ((length, kept), key) in lengths.iter().zip(keys) {
            chunks.push((key, (start..start + length, *kept)));
            start += length;
        }
        let n = first + usize::try_from(start).unwrap() + 3;
        let is_kept = |index: usize| {
            let mut all = chunks.iter().map(|(_, chunk)| chunk);
            all.any(|(chunk, kept)| {
                *kept && index.checked_sub(first).is_some_and(|at| chunk.contains(&(at as u64)))
            })
        };
        let expected: Vec<usize> = (0..n).map(|i| if is_kept(i) { 4 * i } else { i }).collect();
        let mut in_any_order = chunks.clone();
        in_any_order.sort_by_key(|(key, _)| *key);
        let in_any_order: Vec<_> = in_any_order.into_iter().map(|(_, chunk)| chunk).collect();
        let result: Vec<usize> = if texts {
            let mut array: Vec<String> = (0..n).map(|i| i.to_string()).collect();
            let twice = |text: &String| (2 * text.parse::<usize>().unwrap()).to_string();
            run(&mut array, first, &in_any_order, twice);
            array.iter().map(|text| text.parse().unwrap()).collect()
        } else {
            let mut array: Vec<usize> = (0..n).collect();
            run(&mut array, first, &in_any_order, |number| 2 * number);
            array
        };
        prop_assert_eq!(result, expected);
    }

    #[test]
    fn what_a_chunk_wrote_stays_from_when_the_front_has_come_to_it(
        lengths in proptest::collection::vec(1..5_u64, 1..6),
        steps in proptest::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..40),
    ) {
        let ends: Vec<u64> = lengths.iter().scan(0, |end, length| {
            *end += length;
            Some(*end)
        }).collect();
        let n = usize::try_from(ends[ends.len() - 1]).unwrap();
        let (mut numbers, mut rows) = (vec![7; n], vec![vec![7]; n]);
        let mut expected = numbers.clone();
        let (mut of_numbers, mut of_rows) = (windows(&mut numbers, 0), windows(&mut rows, 0));
        let (mut blanks, mut rows_blanks) = (of_numbers.blanks(Length::Unknown), of_rows.blanks(Length::Unknown));
        let front = Front::new(0);
        blanks.keep_former(&Former::Behind(front.clone()));
        rows_blanks.keep_former(&Former::Behind(front.clone()));
        let mut parts: Vec<_> = lengths.iter().zip(&ends).map(|(length, &end)| {
            let chunk = end - length..end;
            (blanks.blank(&chunk), rows_blanks.blank(&chunk), chunk, Vec::new(), false)
        }).collect();
        for (chunk, moves) in steps {
            if moves {
                front.reaches(ends[chunk.index(ends.len())]);
                continue;
            }
            let (part, row_part, chunk, wrote, stays) = &mut parts[chunk.index(lengths.len())];
            let at = usize::try_from(chunk.start).unwrap() + wrote.len();
            if at as u64 == chunk.end {
                continue;
            }
            part.open(1).put(at, 8);
            row_part.open(1).element(at, copying()).push(8);
            wrote.push(at);
            *stays = front.is_at(chunk.start);
        }
        for (.., wrote, stays) in &parts {
            wrote.iter().filter(|_| *stays).for_each(|&at| expected[at] = 8);
        }
        drop((parts, blanks, rows_blanks));
        let of_expected: Vec<_> = expected.iter().map(|&x| if x == 8 { vec![7, 8] } else { vec![7] }).collect();
        prop_assert_eq!((numbers, rows), (expected, of_expected));
    }

    #[test]
    fn windows_have_no_element_in_common(
        chunks in proptest::collection::vec((0..40_usize, 0..9_usize), 0..30),
    ) {
        let mut array = [0; 30];
        let mut gaps = Gaps::new(&mut array);
        let mut expected = [0; 30];
        for (number, (start, length)) in chunks.into_iter().enumerate() {
            let window = gaps.take(start..start + length);
            prop_assert!(window.len() <= length);
            for (index, element) in (start..).zip(window) {
                *element += 1;
                expected[index] += 1;
                prop_assert_eq!(*element, 1, "window {} has element {}", number, index);
            }
        }
        prop_assert_eq!(array, expected);
    }
}

#[test]
fn a_chunk_that_panics_leaves_its_window_as_it_was() {
    let mut array: Vec<Rc<String>> = Vec::new();
    array.extend((0..6).map(|i| Rc::new(i.to_string())));
    let before = array.clone();
    let mut taken = Gaps::new(&mut array);
    let panicked = panicking::catch(|| {
        let mut here = Here {
            start: 1,
            length: 6,
            window: taken.take(1..4),
            fresh: None,
            before: Snapshot::default(),
            until: None,
            first: 1,
            returned: None,
        };
        here.before.add(here.window, 3);
        let new = mem::replace(&mut here.window[2], Rc::new("new".to_owned()));
        here.before.replaced(2, new);
        panic!("the body");
    });
    assert!(panicked.is_err());
    assert_eq!(array, before);
    assert!(before.iter().all(|element| Rc::strong_count(element) == 2));
}

#[test]
fn chunks_in_their_order_leave_what_they_wrote() {
    let mut texts = ["a", "b", "c"].map(str::to_owned);
    let mut output = windows(&mut texts, 0);
    let mut blanks = output.blanks(Length::Unknown);
    blanks.keep_former(&Former::None);
    let mut part = blanks.blank(&(0..2));
    part.open(2).put(0, "new".to_owned());
    blanks.reuse(part);
    // Others that go on from here need what was there.
    blanks.keep_former(&Former::All);
    let mut part = blanks.blank(&(2..3));
    part.open(1).element(2, copying()).push('!');
    drop(part);
    assert_eq!(texts, ["new", "b", "c"]);
}

/// A window of an array, from the master's array to that of another rank, by a codec or as it lies in memory.
fn travels<T: Transport + Clone + PartialEq + fmt::Debug>(
    old: &[T; 4],
    new: &[T; 2],
    travel: impl Fn(Window<'_, T>) -> Window<'_, T>,
) {
    let mut there = old.clone();
    let mut here = old.clone();
    let mut elsewhere = windows(&mut there, 1);
    let mut part = elsewhere.blanks(Length::Unknown).blank(&(1..3));
    let mut open = part.open(2);
    for (index, element) in (2..).zip(new.clone()) {
        open.put(index, element);
    }
    let mut arrived = travel(part);
    let mut output = windows(&mut here, 1);
    output.absorb(&mut arrived);
    drop(arrived);
    output.collected().store(&mut here);
    assert_eq!(here, [&old[..2], new].concat()[..]);
    assert_eq!(there, *old);
}

fn as_it_lies<T: Transport>(part: Window<'_, T>) -> Window<'_, T> {
    assert!(Window::<T>::is_raw());
    let parcel = Parcel::packed(&mut [part], false);
    parcel.open(1).unwrap().remove(0)
}

#[test]
fn what_travels_is_stored_where_it_belongs() {
    travels(&[5, 15, 25, 35], &[70, 80], |part| {
        bitcode::deserialize(&bitcode::serialize(&part).unwrap()).unwrap()
    });
    travels(&[5, 15, 25, 35], &[70, 80], as_it_lies);
    travels(&[(1.5, 2.0); 4], &[(f64::INFINITY, -0.0); 2], as_it_lies);
    let rows = |lengths: [usize; 4]| lengths.map(|length| vec![length; length]);
    let new = [vec![7; 100_000], Vec::new()];
    travels(&rows([0, 3, 100_000, 1]), &new, as_it_lies);
    travels(
        &rows([1, 2, 3, 4]).map(|row| format!("{row:?}")),
        &["x", ""].map(str::to_owned),
        as_it_lies,
    );
}

#[test]
fn places_that_no_array_has_are_refused() {
    let mut packer = Packer::new(false);
    packer.number(usize::MAX);
    packer.slice(way(), &mut [1_u64]);
    let form = Form::Raw;
    let blocks = packer.finish().map(Block::Shared).collect();
    let parcel = Parcel { form, blocks };
    assert!(parcel.open::<Window<'_, u64>>(1).is_err());
}

#[test]
fn an_index_outside_is_told_of_as_the_array_does() {
    let mut array = [0; 3];
    let mut output = windows(&mut array, 0);
    let mut part = output.blanks(Length::Unknown).blank(&(0..9));
    let of_the_array = panicking::catch(|| [0; 3][std::hint::black_box(5)]).unwrap_err();
    let of_the_part = panicking::catch(|| part.open(9).put(5, 1)).unwrap_err();
    assert_eq!(of_the_part.message, of_the_array.message);
}
