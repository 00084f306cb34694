#![allow(
    clippy::pedantic,
    clippy::large_stack_arrays,
    clippy::expect_fun_call,
    reason = "the types are to be mistaken for others, and the arrays are long"
)]

use std::any::type_name;
use std::fmt::Debug;

use proptest::prelude::*;

use super::*;
use crate::base::aligned::{AlignedBytes, Block};
use crate::base::shared::SharedBytes;

/// As it arrives at another rank.
fn received(packer: Packer) -> Vec<Block> {
    let own = |bytes: &[u8]| Block::Own(bytes.into());
    packer.finish().map(|block| own(&block)).collect()
}

/// What comes of a list on its way, whether it is kept or not.
fn travelled<T: Clone + PartialEq + Debug>(original: &[T]) -> Vec<T> {
    let travel = |keep| {
        let mut list = original.to_vec();
        let mut packer = Packer::new(keep);
        packer.list(Raw::of().expect(type_name::<T>()), &mut list);
        if keep {
            let mut again = Packer::new(false);
            again.list(Raw::of().unwrap(), &mut list);
            let blocks = |packer: Packer| packer.finish().map(Vec::from).collect::<Vec<_>>();
            let kept = blocks(packer);
            assert_eq!(kept, blocks(again), "keeping changes nothing");
            let before = original.to_vec();
            let mut lent = before.clone();
            let mut slice = Packer::new(false);
            slice.slice(Raw::of().unwrap(), &mut lent);
            assert_eq!(kept, blocks(slice), "a slice is written as a list is");
            assert!(lent == before, "nothing is taken of it");
            return kept
                .into_iter()
                .map(|block| Block::Shared(block.into()))
                .collect();
        }
        received(packer)
    };
    let unpack = |blocks| {
        let mut unpacker = Unpacker::new(blocks);
        let list = unpacker.list::<T>(Raw::of().unwrap()).unwrap();
        unpacker.finish().unwrap();
        list
    };
    let shared = unpack(travel(true));
    assert_eq!(unpack(travel(false)), shared);
    for keep in [false, true] {
        check_values(travel(keep), &shared);
    }
    shared
}

/// Reads them where they arrived, and puts them where they stay, in every way there is.
fn check_values<T: Clone + PartialEq + Debug>(blocks: Vec<Block>, expected: &[T]) {
    let bytes: Vec<_> = blocks.into_iter().map(Block::into_bytes).collect();
    let values = || {
        let blocks = bytes.iter().cloned().map(Block::Shared).collect();
        let mut unpacker = Unpacker::new(blocks);
        let values = unpacker.values::<T>(Raw::of().unwrap()).unwrap();
        unpacker.finish().unwrap();
        values
    };
    assert!(values().as_slice() == expected);
    assert!(values().into_vec() == expected);
    let half = &expected[..expected.len() / 2];
    let mut list = half.to_vec();
    values().append_to(&mut list);
    assert!(list[..half.len()] == *half && list[half.len()..] == *expected);
    list.truncate(expected.len());
    list.reverse();
    values().store(&mut list);
    assert!(list == expected);
}

/// Lists whose lengths are about that at which they become blocks of their own.
fn check<T: Clone + PartialEq + Debug>(values: &[T]) {
    let size = size_of::<T>();
    for bytes in [
        0,
        1,
        size,
        7 * size,
        packer::LONG - 1,
        packer::LONG,
        packer::LONG + 1,
        3 * packer::LONG,
    ] {
        let list: Vec<T> = values
            .iter()
            .cycle()
            .take(bytes.div_ceil(size))
            .cloned()
            .collect();
        assert!(
            travelled(&list) == list,
            "{} of {}",
            list.len(),
            type_name::<T>()
        );
    }
}

#[test]
fn plain_values_come_back_whatever_their_size_and_alignment() {
    check(&[true, false]);
    check(&['a', '\u{10FFFF}', '\0']);
    check(&[0_u8, 255, 7]);
    check(&[1_u16, u16::MAX]);
    check(&[-1_i32, i32::MIN]);
    check(&[1.5_f32, -0.0]);
    check(&[u64::MAX, 1]);
    check(&[f64::MIN_POSITIVE, f64::INFINITY]);
    check(&[u128::MAX, 1]);
    check(&[[1.0_f64, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    check(&[[[1_i16; 3]; 4]]);
    check(&[[true; 32], [false; 32]]);
    check(&[(1_u64, 2.0_f64), (3, 4.0)]);
    check(&[(1_u8, -1_i8), (2, -2)]);
    check(&[(1_usize, 2_u32, 3.0_f32)]);
    check(&[std::num::Wrapping(5_i64)]);
}

#[test]
fn not_a_number_keeps_its_bits() {
    let odd = [
        f64::from_bits(0x7FF0_0000_0000_0001),
        f64::from_bits(0xFFF8_0000_DEAD_BEEF),
    ];
    let bits = |list: &[f64]| list.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    let way = || Raw::<f64>::of().unwrap();
    let mut packer = Packer::new(false);
    packer.list(way(), &mut odd.to_vec());
    assert_eq!(
        bits(&Unpacker::new(received(packer)).list(way()).unwrap()),
        bits(&odd)
    );
}

#[test]
fn only_real_types_without_padding_are_plain() {
    #[derive(Clone, Copy)]
    #[expect(
        non_camel_case_types,
        dead_code,
        reason = "it is to be mistaken for the number"
    )]
    struct f64(u64);
    struct Vec<T>(T);
    fn is_raw<T>() -> bool {
        Raw::<T>::of().is_some()
    }
    assert!(!is_raw::<f64>() && !is_raw::<[f64; 2]>() && !is_raw::<Vec<u64>>());
    assert!(!is_raw::<(u8, u32)>() && !is_raw::<(u64, u8)>() && !is_raw::<(bool, u8)>());
    assert!(!is_raw::<()>() && !is_raw::<[u8; 0]>() && !is_raw::<[u8; 33]>());
    assert!(!is_raw::<&str>() && !is_raw::<&u64>() && !is_raw::<*const u8>() && !is_raw::<fn()>());
    assert!(
        !is_raw::<Option<u64>>()
            && !is_raw::<std::num::NonZero<u64>>()
            && !is_raw::<std::time::Duration>()
    );
    assert!(!is_raw::<std::cell::Cell<u64>>() && !is_raw::<std::sync::atomic::AtomicU64>());
    assert!(!is_raw::<Box<u64>>() && !is_raw::<std::vec::Vec<&u64>>());
    // Lifetimes make no difference.
    fn of_borrowed<'a>(_: &'a u8) -> bool {
        is_raw::<&'a u64>() || is_raw::<std::vec::Vec<&'a str>>()
    }
    assert!(!of_borrowed(&1));
}

#[test]
fn a_list_of_numbers_is_received_where_it_stays() {
    let block = AlignedBytes::from(&[7; 3 * packer::LONG][..]);
    let start = block.as_ptr();
    let Some(Raw::Plain(plain)) = Raw::<[f64; 3]>::of() else {
        panic!("it is plain")
    };
    let list = plain.taken(Block::Own(block)).unwrap();
    assert_eq!(list.as_ptr().cast(), start);
    assert_eq!(list.len(), packer::LONG / 8);
}

#[test]
fn numbers_that_others_read_too_are_read_where_they_arrived() {
    let mut block = Block::Own(AlignedBytes::from(&[7; 3 * packer::LONG][..]));
    let start = block.as_ptr();
    let others = block.share();
    let Some(Raw::Plain(plain)) = Raw::<u16>::of() else {
        panic!("it is plain")
    };
    let values = Values::arrived(plain, block).unwrap();
    assert_eq!(values.as_slice().as_ptr().cast(), start);
    drop(others);
    assert_eq!(values.as_slice(), [0x0707; 3 * packer::LONG / 2]);
    // Where they can't be read, they are copied.
    let odd = AlignedBytes::from(&[7; packer::LONG + 1][..]);
    let odd = SharedBytes::of(odd).slice(1..packer::LONG + 1);
    let values = Values::arrived(plain, Block::Shared(odd)).unwrap();
    assert_eq!(values.into_vec(), [0x0707; packer::LONG / 2]);
}

#[test]
fn memory_of_which_little_is_free_becomes_a_list_as_well() {
    let block = || {
        let mut bytes = AlignedBytes::default();
        bytes.append(&[7; packer::LONG], packer::LONG + 3 * size_of::<u64>());
        bytes
    };
    let start = |block: &AlignedBytes| block.as_ptr();
    fn taken<T>(block: AlignedBytes) -> Vec<T> {
        let Some(Raw::Plain(plain)) = Raw::<T>::of() else {
            panic!("it is plain")
        };
        plain.taken(Block::Own(block)).unwrap()
    }
    let whole = block();
    let first = start(&whole);
    let mut list = taken::<u64>(whole);
    assert_eq!(list.as_ptr().cast(), first);
    assert_eq!(list.capacity(), packer::LONG / 8 + 3);
    list.extend([1; 100]);
    // Its capacity is no whole number of these.
    let list = taken::<[u64; 2]>(block());
    assert_eq!(list, [[0x0707_0707_0707_0707; 2]; packer::LONG / 16]);
}

#[test]
fn a_list_of_numbers_is_sent_from_where_it_lies() {
    for spare in [0, 1, 1000] {
        let mut list = Vec::with_capacity(packer::LONG + spare);
        list.extend((0..packer::LONG).map(|i| i as u16));
        let start = list.as_ptr();
        let mut packer = Packer::new(false);
        packer.list(Raw::of().unwrap(), &mut list);
        let blocks: Vec<_> = packer.finish().collect();
        assert_eq!(blocks[1].as_ptr(), start.cast());
        // On another thread it is freed as well.
        std::thread::spawn(move || drop(blocks)).join().unwrap();
    }
}

#[test]
fn bytes_that_are_no_values_are_refused() {
    fn refused<T: Debug>(head: &[u8], long: &[&[u8]]) {
        let blocks = [&[head], long].concat();
        let blocks = blocks
            .iter()
            .map(|&bytes| Block::Own(bytes.into()))
            .collect();
        let mut unpacker = Unpacker::new(blocks);
        let list = unpacker.list::<T>(Raw::of().unwrap());
        list.and_then(|_| unpacker.finish()).unwrap_err();
    }
    let count = |count: u64, rest: &[u8]| [&count.to_le_bytes(), rest].concat();
    refused::<bool>(&count(2, &[1, 2]), &[]);
    refused::<char>(&count(1, &0xD800_u32.to_ne_bytes()), &[]);
    refused::<u64>(&[], &[]);
    refused::<u64>(&[1, 2, 3], &[]);
    refused::<u64>(&count(2, &[0; 15]), &[]);
    refused::<u64>(&count(2, &[0; 17]), &[]);
    refused::<u64>(&count(1, &[0; 8]), &[&[0; 8]]);
    for many in [u64::MAX, u64::MAX / 8 + 1, 1 << 60, 1 << 40] {
        refused::<u64>(&count(many, &[0; 8]), &[]);
        refused::<u64>(&count(many, &[]), &[&[0; 8]]);
        refused::<Vec<u64>>(&count(many, &[0; 8]), &[]);
        refused::<String>(&count(many, &[0; 8]), &[]);
        refused::<String>(&count(1, &count(many, &[0; 8])), &[]);
    }
    refused::<u64>(&count(100_000, &[]), &[]);
    refused::<u64>(&count(100_000, &[]), &[&[0; 799_999]]);
    refused::<String>(&count(1, &count(1, &[0xFF])), &[]);
    refused::<Vec<u8>>(&count(2, &count(1, &[0xFF])), &[]);
}

proptest! {
    #[test]
    fn lists_of_lists_and_of_texts_come_back(
        numbers in proptest::collection::vec(proptest::collection::vec(any::<i16>(), 0..9), 0..9),
        texts in proptest::collection::vec(".*", 0..9),
        long in 0..9_usize,
    ) {
        let long_list = |i: &mut Vec<i16>| i.extend([3; packer::LONG / 2]);
        let mut numbers = numbers;
        numbers.get_mut(long).map(long_list);
        prop_assert_eq!(travelled(&numbers), numbers);
        let mut texts = texts;
        if let Some(text) = texts.get_mut(long) {
            text.push_str(&"ä".repeat(packer::LONG));
        }
        prop_assert_eq!(travelled(&texts), texts);
    }

    #[test]
    fn torn_blocks_never_give_anything_else(
        lists in proptest::collection::vec(proptest::collection::vec(any::<char>(), 0..5), 0..5),
        flips in proptest::collection::vec((any::<usize>(), any::<u8>()), 0..4),
        cut in any::<usize>(),
    ) {
        let mut packer = Packer::new(true);
        packer.list(Raw::of().unwrap(), &mut lists.clone());
        let mut head = received(packer).remove(0).to_vec();
        for (at, by) in flips {
            let at = at % head.len();
            head[at] ^= by;
        }
        head.truncate(cut % (head.len() + 1));
        let mut unpacker = Unpacker::new(vec![Block::Own(head[..].into())]);
        // Whatever it is, it can be read: the values are real.
        if let Ok(lists) = unpacker.list::<Vec<char>>(Raw::of().unwrap()) {
            let text: String = lists.concat().into_iter().collect();
            prop_assert!(text.chars().count() == lists.concat().len());
        }
    }
}

#[test]
fn numbers_and_lists_of_them_are_known_behind_references() {
    assert!(holds_numbers::<f64>() && holds_numbers::<&char>() && holds_numbers::<&mut bool>());
    assert!(holds_numbers::<[u8]>() && holds_numbers::<&[u8]>() && holds_numbers::<Vec<i128>>());
    assert!(holds_numbers::<&mut [Vec<f32>]>() && holds_numbers::<&Vec<Vec<usize>>>());
}

#[test]
fn what_a_user_could_give_operators_or_methods_holds_no_numbers() {
    struct Mine;
    assert!(
        !holds_numbers::<Mine>() && !holds_numbers::<Vec<Mine>>() && !holds_numbers::<[Mine]>()
    );
    assert!(!holds_numbers::<[u8; 2]>() && !holds_numbers::<Vec<[u8; 2]>>());
    assert!(!holds_numbers::<str>() && !holds_numbers::<Box<u8>>() && !holds_numbers::<(u8, u8)>());
}

#[test]
fn items_are_numbers_lists_and_pairs() {
    assert!(are_numbers::<u8>() && are_numbers::<&f64>() && are_numbers::<&[f64]>());
    assert!(are_numbers::<(usize, &f64)>() && are_numbers::<(usize, (&u8, char))>());
    assert!(!are_numbers::<(usize, String)>() && !are_numbers::<(u8, u8, u8)>());
}
