//! Iterators that say less than they do, or the opposite: each loop equals the same loop as it is
//! written, also in what panics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use proptest::prelude::*;

use super::failures::panics_on_ranks;
use super::tests::{family, on_ranks};
use crate::parallel_for;

type Hint = fn(u64) -> (usize, Option<usize>);

/// Numbers from 0, with whatever it says of their number.
struct Says {
    next: u64,
    end: u64,
    /// Making this one panics.
    bad: u64,
    hint: Hint,
}

impl Iterator for Says {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        assert!(self.next != self.bad, "item {} is bad", self.bad);
        let item = (self.next < self.end).then_some(self.next)?;
        self.next += 1;
        Some(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.hint)(self.end - self.next)
    }
}

family! {
    [
        plain (as it is written)
        managed ()
        by_three (schedule = managed(chunk = 3))
        round_robin (schedule = round_robin)
        blocks (schedule = blocks)
        one_thread (threads = 1)
        of_master (items = master)
    ]
    fn (items: impl Iterator<Item = u64> + Send, until: u64) -> Result<(Vec<u64>, u64), String> {
        let (mut doubles, mut sum) = (Vec::new(), 0);
        for item in items {
            if item % 7 == 6 {
                thread::yield_now();
            }
            if item == until && item % 2 == 0 {
                break;
            }
            if item == until {
                return Err(format!("left at {item}"));
            }
            doubles.push(item * 2);
            sum += item;
        }
        Ok((doubles, sum))
    }
}

family! {
    [
        plain_through (as it is written)
        through ()
        through_in_turn (schedule = round_robin)
        through_blocks (schedule = blocks)
        through_of_master (items = master)
    ]
    fn (items: impl Iterator<Item = u64> + Send) -> Vec<u64> {
        let mut doubles = Vec::new();
        for item in items {
            doubles.push(item * 2);
        }
        doubles
    }
}

#[parallel_for]
fn inside_of_a_body(n: u64, bad: u64, until: u64) -> Vec<Result<(Vec<u64>, u64), String>> {
    let mut results = Vec::new();
    for end in n..n + 3 {
        results.push(managed(numbers(0)(end, bad), until));
    }
    results
}

/// An iterator of one kind: whose number is right, unknown, too low, too high, or a panic.
fn numbers(kind: u8) -> impl Fn(u64, u64) -> Says {
    let exactly = |n: u64| {
        let n = usize::try_from(n).unwrap();
        (n, Some(n))
    };
    let hint: Hint = match kind {
        0 => exactly,
        1 => |_| (0, None),
        2 => |left| {
            let n = usize::try_from(left / 3).unwrap();
            (n, Some(n))
        },
        3 => |_| (3, Some(3)),
        4 => |left| {
            let n = usize::try_from(left * 2 + 1).unwrap();
            (n, Some(n))
        },
        _ => |_| panic!("nobody asks"),
    };
    move |end, bad| Says {
        next: 0,
        end,
        bad,
        hint,
    }
}

/// What comes of a function, or the text of its panic.
fn outcome<R>(run: impl FnOnce() -> R) -> Result<R, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|payload| match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(_) => "no text".to_owned(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn ends_exits_and_panics_come_where_they_come_in_the_loop_as_it_is_written(
        kind in 0..6_u8,
        end in 0..120_u64,
        bad in 0..160_u64,
        until in 0..160_u64,
        size in 1..4_usize,
        threads in 1..3_usize,
        seed: u64,
    ) {
        let numbers = numbers(kind);
        let expected = outcome(|| plain(numbers(end, bad), until));
        // What is known to be wrong is no number to divide by.
        let divides = kind == 0;
        let results = on_ranks(size, threads, seed, || {
            let mut all = vec![
                outcome(|| managed(numbers(end, bad), until)),
                outcome(|| by_three(numbers(end, bad), until)),
                outcome(|| round_robin(numbers(end, bad), until)),
                outcome(|| one_thread(numbers(end, bad), until)),
                outcome(|| of_master(numbers(end, bad), until)),
            ];
            if divides {
                all.push(outcome(|| blocks(numbers(end, bad), until)));
            }
            all
        });
        for result in results.into_iter().flatten() {
            prop_assert_eq!(&result, &expected);
        }

        let expected = outcome(|| plain_through(numbers(end, bad)));
        let results: Vec<Vec<Result<Vec<u64>, String>>> = on_ranks(size, threads, seed, || {
            let mut all = vec![
                outcome(|| through(numbers(end, bad))),
                outcome(|| through_in_turn(numbers(end, bad))),
                outcome(|| through_of_master(numbers(end, bad))),
            ];
            if divides {
                all.push(outcome(|| through_blocks(numbers(end, bad))));
            }
            all
        });
        for result in results.into_iter().flatten() {
            prop_assert_eq!(&result, &expected);
        }
    }
}

#[test]
fn panics_of_items_are_those_of_the_body_that_reached_them() {
    let plainly = |n: u64, bad, until| -> Vec<_> {
        (n..n + 3)
            .map(|end| plain(numbers(0)(end, bad), until))
            .collect()
    };
    for (bad, until) in [(99, 99), (30, 99), (2, 99), (30, 5), (0, 0), (5, 5)] {
        let expected = outcome(|| plainly(30, bad, until));
        for result in on_ranks(2, 2, 3, || outcome(|| inside_of_a_body(30, bad, until))) {
            assert_eq!(result, expected);
        }
    }
}

#[test]
fn items_beyond_the_blocks_that_their_number_made_are_refused() {
    let texts = panics_on_ranks(3, || {
        through_blocks(numbers(3)(40, 99));
    });
    for text in texts {
        assert!(
            text.contains("has more items than their iterator's `size_hint` says"),
            "{text}"
        );
        assert!(
            text.contains("help: collect the items into a `Vec`"),
            "{text}"
        );
    }
    let expected = plain_through(numbers(3)(40, 99));
    for alone in on_ranks(1, 2, 3, || through_blocks(numbers(3)(40, 99))) {
        assert_eq!(alone, expected);
    }
}

/// Something that there must not be many of.
struct Held<'a>(&'a AtomicUsize);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[parallel_for]
fn greatest_number_held(n: u64) -> usize {
    let mut greatest = 0;
    let held = AtomicUsize::new(0);
    let make = |_| {
        held.fetch_add(1, Ordering::Relaxed);
        Held(&held)
    };
    for item in (0..n).map(make) {
        let now = item.0.load(Ordering::Relaxed);
        greatest = greatest.max(now);
    }
    greatest
}

#[test]
fn items_are_made_only_so_far_ahead() {
    for greatest in on_ranks(2, 3, 4, || greatest_number_held(30_000)) {
        assert!(greatest <= 520, "{greatest} at a time");
    }
}

/// Of items that a thread sends, which must not find their receiver gone before the last one.
macro_rules! received {
    ($($name:ident ($($options:tt)*))*) => {$(
        #[parallel_for($($options)*)]
        fn $name(n: u64) -> (u64, bool) {
            let (sender, receiver) = mpsc::sync_channel(0);
            let sending = thread::spawn(move || (0..n).all(|item| sender.send(item).is_ok()));
            let mut sum = 0;
            for (number, item) in receiver.into_iter().enumerate() {
                if item % 7 == 6 {
                    thread::yield_now();
                }
                sum += item * number as u64;
            }
            (sum, sending.join().unwrap())
        }
    )*};
}

received! {
    received_managed ()
    received_in_turn (schedule = round_robin)
    received_by_one_thread (threads = 1)
}

#[test]
fn whoever_sends_the_items_sends_them_all() {
    for run in [received_managed, received_in_turn, received_by_one_thread] {
        for seed in 0..4 {
            assert_eq!(on_ranks(3, 2, seed, || run(40)), [(20_540, true); 3]);
        }
    }
}
