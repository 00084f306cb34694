//! What every fabric must do with memory that it borrows.

use std::collections::VecDeque;

use super::{flush, meet, others, wait_for};
use crate::base::rank::Rank;
use crate::transport::fabric::{FRAME, Fabric, LentBytes, Tag};

/// Runs these checks on one rank of `fabric`; every rank must call it.
///
/// # Panics
/// Panics where the fabric breaks the contract.
pub(super) fn check(fabric: &dyn Fabric) {
    has_nothing_to_wait_for_without_frames(fabric);
    takes_into_buffers(fabric);
    keeps_the_order_of_lent_and_sent(fabric);
    lends_full_and_empty_frames_both_ways(fabric);
    lends_to_all_at_once(fabric);
}

fn has_nothing_to_wait_for_without_frames(fabric: &dyn Fabric) {
    fabric.lend(&[], &mut |_| unreachable!("nothing is left to do"));
}

fn take_into(fabric: &dyn Fabric, source: Rank, tag: Tag, buffer: &mut [u8]) -> usize {
    loop {
        fabric.is_flushed();
        if let Some(length) = fabric.receive_into(source, tag, buffer) {
            return length;
        }
        std::thread::yield_now();
    }
}

fn takes_into_buffers(fabric: &dyn Fabric) {
    let mut buffer = vec![0; 300_000];
    for rank in others(fabric) {
        // Nobody sends this before all have met.
        assert_eq!(fabric.receive_into(rank, Tag::PostBulk, &mut buffer), None);
    }
    meet(fabric);
    let lengths = [0, 1, 300_000, 299_999];
    for rank in others(fabric) {
        for length in lengths {
            fabric.send(rank, Tag::PostBulk, vec![1; length].into());
        }
        fabric.send(rank, Tag::Post, vec![2; 200_000].into());
    }
    for rank in others(fabric) {
        // What is beyond the message is left as it was, also in a buffer of just its length.
        let length = take_into(fabric, rank, Tag::Post, &mut buffer[..200_000]);
        assert_eq!(length, 200_000);
        for length in lengths {
            buffer.fill(0);
            assert_eq!(take_into(fabric, rank, Tag::PostBulk, &mut buffer), length);
            let (message, rest) = buffer.split_at(length);
            assert!(message.iter().all(|&byte| byte == 1));
            assert!(rest.iter().all(|&byte| byte == 0));
        }
    }
    flush(fabric);
    meet(fabric);
}

fn keeps_the_order_of_lent_and_sent(fabric: &dyn Fabric) {
    const COUNT: u8 = 40;
    let length = |number: u8| if number.is_multiple_of(3) { 200_000 } else { 1 };
    let mut next: Vec<(Rank, u8)> = others(fabric).map(|rank| (rank, 0)).collect();
    let mut buffer = vec![0; 200_000];
    // Takes what has come, in both ways; whether it was the last.
    let mut take = || {
        for (rank, next) in &mut next {
            let found = if *next % 5 < 2 {
                let length = fabric.receive_into(*rank, Tag::Post, &mut buffer);
                length.map(|length| buffer[..length].to_vec())
            } else {
                let envelope = fabric.receive(Some(*rank), Tag::Post);
                envelope.map(|envelope| envelope.bytes.to_vec())
            };
            if let Some(bytes) = found {
                assert!(*next < COUNT, "more messages than were sent");
                assert_eq!((bytes.len(), bytes[0]), (length(*next), *next));
                *next += 1;
            }
        }
        next.iter().all(|&(_, next)| next == COUNT)
    };
    for number in 0..COUNT {
        let bytes = vec![number; length(number)];
        if number.is_multiple_of(2) {
            for rank in others(fabric) {
                fabric.send(rank, Tag::Post, bytes.clone().into());
            }
            continue;
        }
        let frames: Vec<LentBytes<'_>> = others(fabric)
            .map(|to| LentBytes {
                to,
                tag: Tag::Post,
                bytes: &bytes,
            })
            .collect();
        fabric.lend(&frames, &mut |_| {
            take();
            std::thread::yield_now();
        });
    }
    while !take() {
        fabric.is_flushed();
        std::thread::yield_now();
    }
    flush(fabric);
    meet(fabric);
}

/// Every rank lends to the next one and the one before it while it takes theirs.
fn lends_full_and_empty_frames_both_ways(fabric: &dyn Fabric) {
    let (own, size) = (fabric.rank(), fabric.size());
    if size == 1 {
        return;
    }
    let bytes = pattern(FRAME + size);
    let next = (own + 1) % size;
    let previous = (own + size - 1) % size;
    let ways = [
        (Tag::PostBulk, next, previous, vec![FRAME, 0, 1, FRAME]),
        (Tag::Post, previous, next, vec![0, FRAME - 1, 0]),
    ];
    let mut frames = Vec::new();
    for (tag, to, _, lengths) in &ways {
        frames.extend(lengths.iter().map(|length| LentBytes {
            to: *to,
            tag: *tag,
            bytes: &bytes[own..][..*length],
        }));
    }
    let mut buffer = vec![0; FRAME];
    let mut expected = ways.map(|(tag, _, source, lengths)| (tag, source, VecDeque::from(lengths)));
    let mut take = || {
        for (tag, source, lengths) in &mut expected {
            if let Some(length) = fabric.receive_into(*source, *tag, &mut buffer) {
                assert_eq!(lengths.pop_front(), Some(length));
                let theirs = &bytes[*source..][..length];
                assert!(&buffer[..length] == theirs, "bytes from {source}");
            }
        }
        expected.iter().all(|(.., lengths)| lengths.is_empty())
    };
    let mut before = vec![false; frames.len()];
    fabric.lend(&frames, &mut |done| {
        assert!(
            !done.iter().all(|&done| done),
            "there is nothing to wait for"
        );
        assert_eq!(done.len(), before.len());
        assert!(before.iter().zip(done).all(|(before, done)| before <= done));
        before.copy_from_slice(done);
        take();
        std::thread::yield_now();
    });
    while !take() {
        fabric.is_flushed();
        std::thread::yield_now();
    }
    meet(fabric);
}

/// Frames for many ranks, which take them whenever they like.
fn lends_to_all_at_once(fabric: &dyn Fabric) {
    let bytes = vec![3; 1 << 20];
    let frames: Vec<LentBytes<'_>> = others(fabric)
        .flat_map(|to| [(to, 1 << 20), (to, 0)])
        .map(|(to, length)| LentBytes {
            to,
            tag: Tag::PostBulk,
            bytes: &bytes[..length],
        })
        .collect();
    let mut from: VecDeque<Rank> = others(fabric).collect();
    let mut first = None;
    fabric.lend(&frames, &mut |_| {
        let Some(&rank) = from.front() else { return };
        if first.is_none() {
            first = fabric.receive(Some(rank), Tag::PostBulk);
        } else if fabric.receive(Some(rank), Tag::PostBulk).is_some() {
            first = None;
            from.pop_front();
        }
    });
    for rank in from {
        let long = first
            .take()
            .unwrap_or_else(|| wait_for(fabric, Some(rank), Tag::PostBulk));
        assert!(long.bytes == bytes);
        assert_eq!(wait_for(fabric, Some(rank), Tag::PostBulk).bytes, []);
    }
    meet(fabric);
}

/// Bytes in which every place of a long stretch can be told from the others.
fn pattern(length: usize) -> Vec<u8> {
    let stretch: Vec<u8> = (0..251).collect();
    let mut bytes = stretch.repeat(length / stretch.len() + 1);
    bytes.truncate(length);
    bytes
}
