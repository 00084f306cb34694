//! Iterators that must not leave the thread that calls the loop, and those that are lent to it: each loop equals the
//! same loop as it is written, and no other thread touches its iterator.

use std::cell::Cell;
use std::iter;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::thread::{self, ThreadId};

use proptest::prelude::*;

use super::tests::{family, on_ranks};
use crate::parallel_for;

/// Numbers from 0; says so where another thread touches it, or drops it.
struct Bound {
    next: u64,
    end: u64,
    /// Making this one panics.
    bad: u64,
    home: ThreadId,
    _not_send: PhantomData<Rc<()>>,
}

impl Bound {
    fn is_home(&self) -> bool {
        thread::current().id() == self.home
    }
}

impl Iterator for Bound {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        assert!(self.is_home(), "another thread moves the iterator");
        assert!(self.next != self.bad, "item {} is bad", self.bad);
        let item = (self.next < self.end).then_some(self.next)?;
        self.next += 1;
        Some(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.end - self.next).unwrap();
        (left, Some(left))
    }
}

impl Drop for Bound {
    fn drop(&mut self) {
        if !self.is_home() {
            // A panic while something is dropped may get lost.
            std::process::abort();
        }
    }
}

fn numbers(end: u64, bad: u64) -> Bound {
    Bound {
        next: 0,
        end,
        bad,
        home: thread::current().id(),
        _not_send: PhantomData,
    }
}

family! {
    [
        plain (as it is written)
        managed ()
        by_three (schedule = managed(chunk = 3))
        round_robin (schedule = round_robin)
        one_thread (threads = 1)
        locally (local)
    ]
    fn (items: impl Iterator<Item = u64>, until: u64) -> Result<(Vec<u64>, u64), String> {
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
            assert!(item != 77, "an unlucky number");
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
        through_locally (local)
        through_by_one_thread (threads = 1)
    ]
    fn (items: &mut Bound) -> (Vec<u64>, Option<u64>) {
        let mut doubles = Vec::new();
        for item in items.by_ref().take(50) {
            if item % 7 == 6 {
                thread::yield_now();
            }
            doubles.push(item * 2);
        }
        (doubles, items.next())
    }
}

/// What comes of a function, or the text of its panic.
fn outcome<R>(run: impl FnOnce() -> R) -> Result<R, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|payload| match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => (*payload.downcast::<&str>().unwrap()).to_owned(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn iterators_stay_where_they_are_however_the_loop_ends(
        end in 0..120_u64,
        bad in 0..160_u64,
        until in 0..160_u64,
        size in 1..4_usize,
        threads in 1..3_usize,
        seed: u64,
    ) {
        let expected = outcome(|| plain(numbers(end, bad), until));
        let results = on_ranks(size, threads, seed, || [
            outcome(|| managed(numbers(end, bad), until)),
            outcome(|| by_three(numbers(end, bad), until)),
            outcome(|| round_robin(numbers(end, bad), until)),
            outcome(|| one_thread(numbers(end, bad), until)),
            outcome(|| locally(numbers(end, bad), until)),
        ]);
        for result in results.into_iter().flatten() {
            prop_assert_eq!(&result, &expected);
        }
    }

    #[test]
    fn what_making_items_changes_is_changed_on_every_rank(
        end in 0..120_u64,
        size in 1..4_usize,
        threads in 1..3_usize,
        seed: u64,
    ) {
        let expected = plain_through(&mut numbers(end, 999));
        let results = on_ranks(size, threads, seed, || [
            through(&mut numbers(end, 999)),
            through_in_turn(&mut numbers(end, 999)),
            through_locally(&mut numbers(end, 999)),
            through_by_one_thread(&mut numbers(end, 999)),
        ]);
        for result in results.into_iter().flatten() {
            prop_assert_eq!(&result, &expected);
        }
    }
}

#[test]
fn blocks_of_items_that_are_lent() {
    for (size, end) in [(1, 40), (2, 50), (3, 90)] {
        let expected = plain_through(&mut numbers(end, 999));
        for result in on_ranks(size, 2, 5, || through_blocks(&mut numbers(end, 999))) {
            assert_eq!(result, expected);
        }
    }
}

#[parallel_for]
fn emptied(stack: &mut Vec<u64>) -> (u64, usize, u64) {
    let (mut sum, mut polled) = (0, 0);
    let popped = iter::from_fn(|| {
        polled += 1;
        stack.pop()
    });
    for item in popped {
        sum += item;
    }
    (sum, stack.len(), polled)
}

#[test]
fn every_rank_ends_with_what_the_items_were_made_of() {
    for result in on_ranks(3, 2, 1, || emptied(&mut (0..400).collect())) {
        assert_eq!(result, (79_800, 0, 401));
    }
}

#[parallel_for]
fn boxed(items: Box<dyn Iterator<Item = u64> + '_>) -> u64 {
    let mut sum = 0;
    for item in items {
        sum += item * item;
    }
    sum
}

#[test]
fn an_iterator_may_use_what_only_its_thread_can() {
    for result in on_ranks(2, 2, 1, || {
        let made = Cell::new(0);
        let items = (0..300).inspect(|_| made.set(made.get() + 1));
        let sum = boxed(Box::new(items));
        (sum, made.get())
    }) {
        assert_eq!(result, ((0..300).map(|i| i * i).sum(), 300));
    }
}
