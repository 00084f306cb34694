use proptest::prelude::*;

use super::*;
use crate::base::aligned::Block;
use crate::base::wire;
use crate::loop_parts::gather::{Form, Parcel};

type Cells = Vec<Vec<u32>>;

fn table(rows: usize) -> Cells {
    let row = |i: usize| vec![u32::try_from(i).unwrap(); i % 4];
    (0..rows).map(row).collect()
}

/// What an iteration does.
fn change(row: &mut [u32], number: usize) {
    for cell in row {
        *cell = *cell * 10 + u32::try_from(number).unwrap() % 10;
    }
}

/// What the loop as it is written leaves, of these rows.
fn expected(rows: usize, are_changed: impl Fn(usize) -> bool) -> Cells {
    let mut table = table(rows);
    for (number, row) in table.iter_mut().enumerate() {
        if are_changed(number) {
            change(row, number);
        }
    }
    table
}

fn items(table: &mut Cells) -> Vec<(usize, &mut [u32])> {
    let rows = table.iter_mut().map(Vec::as_mut_slice);
    rows.enumerate().collect()
}

/// A part as another rank gets it.
fn sent<P: Transport>(part: &P) -> P {
    let encoded = wire::encode(part);
    wire::decode(encoded.format, &encoded.bytes).unwrap()
}

proptest! {
    #[test]
    fn what_is_not_added_is_as_it_was(
        lengths in proptest::collection::vec((1..7_usize, 0..3_u8, 0..9_usize), 0..20),
        keys in proptest::collection::vec(any::<u32>(), 20),
    ) {
        let (mut chunks, mut start) = (Vec::new(), 0);
        for ((length, how, leaves), key) in lengths.into_iter().zip(keys) {
            chunks.push((key, start..start + length, how, leaves));
            start += length;
        }
        let rows = start + 3;
        let expected = expected(rows, |number| {
            chunks.iter().any(|(_, chunk, how, leaves)| {
                *how > 0 && chunk.contains(&number) && number < chunk.start + leaves
            })
        });
        chunks.sort_by_key(|(key, ..)| *key);
        let mut table = table(rows);
        let mut items = items(&mut table);
        let mut output = changed(&mut items);
        let mut blanks = output.blanks(Length::Unknown);
        let mut parts = Vec::new();
        for (_, chunk, how, leaves) in chunks {
            let mut part = blanks.blank(&(chunk.start as u64..chunk.end as u64));
            let last = chunk.start + leaves;
            for number in chunk {
                let mark = part.mark();
                let (number, row) = part.item(number);
                change(row, number);
                if number == last {
                    part.rewind(mark);
                    break;
                }
            }
            match how {
                0 => parts.push(part),
                1 => {
                    output.absorb(&mut part);
                    blanks.reuse(part);
                }
                _ => output.absorb(&mut sent(&part)),
            }
        }
        drop(parts);
        output.collected().store(&mut items);
        prop_assert_eq!(table, expected);
    }
}

#[test]
fn one_chunk_after_the_other_undoes_the_last_iteration_alone() {
    let mut table = table(8);
    let mut items = items(&mut table);
    let mut output = changed(&mut items);
    let mut blanks = output.blanks(Length::Unknown);
    blanks.keep_former(&Former::None);
    let mut part = blanks.blank(&(0..8));
    for number in 0..6 {
        let mark = part.mark();
        change(part.item(number).1, number);
        if number == 5 {
            part.rewind(mark);
        }
    }
    output.absorb(&mut part);
    drop((part, blanks));
    output.collected().store(&mut items);
    assert_eq!(table, expected(8, |number| number < 5));
}

#[test]
fn numbers_travel_without_a_codec() {
    let mut numbers: Vec<f64> = (0..9).map(f64::from).collect();
    let mut items: Vec<&mut f64> = numbers.iter_mut().collect();
    let mut output = changed(&mut items);
    let mut blanks = output.blanks(Length::Unknown);
    let mut part = blanks.blank(&(2..7));
    for number in 2..5 {
        *part.item(number) += 0.5;
    }
    let Parcel { form, blocks } = Parcel::packed(std::slice::from_mut(&mut part), false);
    assert_eq!(form, Form::Raw);
    let blocks = blocks.iter().map(|block| Block::Own(block[..].into()));
    let parcel = Parcel {
        form,
        blocks: blocks.collect(),
    };
    drop(part);
    for mut part in parcel.open(1).unwrap() {
        output.absorb(&mut part);
    }
    drop(blanks);
    output.collected().store(&mut items);
    assert_eq!(numbers, [0.0, 1.0, 2.5, 3.5, 4.5, 5.0, 6.0, 7.0, 8.0]);
}

#[test]
fn items_of_any_shape_come_back() {
    let (mut a, mut b, mut text) = ([1, 2, 3], 4, "x".to_owned());
    let mut item = ("name", (&mut a[..], &mut b), 3_usize);
    let former = item.value();
    {
        let (name, (a, b), n) = item.lend();
        a[0] += *b;
        *b = name.len() + n;
    }
    let (_, (row, number), _) = &mut item;
    assert_eq!((&**row, **number), (&[5, 2, 3][..], 7));
    let mut spare = (vec![9; 7], 0);
    item.value_into(&mut spare);
    assert_eq!(spare, (vec![5, 2, 3], 7));
    item.store(former);
    item.take(&mut spare);
    item.take(&mut spare);
    assert_eq!((a, b), ([1, 2, 3], 4));
    let mut item = (0, 'c', &mut text);
    item.lend().2.push('y');
    item.store("z".to_owned());
    assert_eq!(text, "z");
}
