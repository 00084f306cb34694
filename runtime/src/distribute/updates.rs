//! Whole loops that update arrays in place, expanded as the macro does it.

#![allow(
    clippy::pedantic,
    reason = "the bodies are written as users write them"
)]

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use proptest::prelude::*;

use super::failures::panics_on_ranks;
use super::tests::on_ranks;
use crate::__private::*;
use crate::parallel_for;

/// `for i in 0..out.len() { if i % 3 == 0 { continue; } out[i] = i * i; }`
fn squares(out: &mut [usize]) {
    let mut collected = updates(&out);
    distribute(
        Options::DEFAULT,
        items!(0..out.len()),
        |mut chunk, mut updated| {
            while let Some(block) = block(&mut chunk) {
                for i in block {
                    if i % 3 == 0 {
                        continue;
                    }
                    {
                        let _ = &out[i];
                        updated.put(i, i * i);
                    }
                }
            }
            part(updated)
        },
        &mut collected,
        |_| (),
    );
    collected.store(out);
}

/// `for (i, x) in xs.iter_mut().enumerate() { if *x < 0.0 { continue; } *x = x.sqrt() + i; }`
fn roots(xs: &mut Vec<f64>) {
    let mut collected = updates(&xs);
    distribute(
        Options::DEFAULT,
        items!(xs.iter().enumerate()),
        |mut chunk, mut updated| {
            while let Some(block) = block(&mut chunk) {
                for (index, item) in block {
                    let mut element = copy(item);
                    let mut once = once((index, &mut element));
                    for (i, x) in &mut once {
                        if *x < 0.0 {
                            continue;
                        }
                        *x = x.sqrt() + i as f64;
                    }
                    if once.is_left() {
                        break;
                    }
                    updated.put(index, element);
                }
            }
            part(updated)
        },
        &mut collected,
        |_| (),
    );
    collected.store(xs);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn every_rank_has_the_updated_elements(n in 0..200_usize, size in 1..5_usize, seed: u64) {
        let begun: Vec<f64> = (0..n).map(|i| (i as f64 * 0.37).sin()).collect();
        let expected: (Vec<usize>, Vec<f64>) = (
            (0..n).map(|i| if i % 3 == 0 { 7 } else { i * i }).collect(),
            begun.iter().enumerate().map(|(i, x)| if *x < 0.0 { *x } else { x.sqrt() + i as f64 }).collect(),
        );
        for result in on_ranks(size, 2, seed, || {
            let (mut out, mut xs) = (vec![7; n], begun.clone());
            squares(&mut out);
            roots(&mut xs);
            (out, xs)
        }) {
            prop_assert_eq!(&result, &expected);
        }
    }
}

#[test]
fn whatever_is_indexed_by_numbers_can_be_updated() {
    /// `for i in 0..4 { out[i].0 += i; }`
    macro_rules! add {
        ($out:ident) => {{
            let mut collected = updates(&$out);
            distribute(
                Options::DEFAULT,
                items!(0..4),
                |mut chunk, mut updated| {
                    while let Some(block) = block(&mut chunk) {
                        for i in block {
                            let mut element = copy(&$out[i]);
                            let mut once = once(());
                            for () in &mut once {
                                element.0 += i;
                            }
                            updated.put(i, element);
                        }
                    }
                    part(updated)
                },
                &mut collected,
                |_| (),
            );
            collected.store(&mut $out);
        }};
    }
    let pairs = |n: usize| (0..n).map(|i| (10 * i, 'x'));
    let added = [(0, 'x'), (11, 'x'), (22, 'x'), (33, 'x'), (40, 'x')];
    let mut vector: Vec<_> = pairs(5).collect();
    add!(vector);
    assert_eq!(vector, added);
    let mut array = [(0, 'x'), (10, 'x'), (20, 'x'), (30, 'x'), (40, 'x')];
    add!(array);
    assert_eq!(array, added);
    let mut deque: VecDeque<_> = pairs(5).collect();
    add!(deque);
    assert_eq!(deque, added);
    let mut boxed: Box<[_]> = pairs(5).collect();
    add!(boxed);
    assert_eq!(*boxed, added);
    let mut vector: Vec<_> = pairs(5).collect();
    let mut slice = &mut vector[..];
    add!(slice);
    assert_eq!(vector, added);
}

#[test]
fn a_break_out_of_one_item_is_noticed() {
    let program = || {
        let numbers = [1, 2, 3, 4, 5, 6, 7, 8];
        let mut collected = updates(&numbers);
        let options = Options {
            schedule: Schedule::Managed { chunk: Some(4) },
            ..Options::DEFAULT
        };
        distribute(
            options,
            items!(numbers.iter().enumerate()),
            |mut chunk, mut updated| {
                while let Some(block) = block(&mut chunk) {
                    for (index, item) in block {
                        let mut once = once(item);
                        for x in &mut once {
                            if *x == 1 {
                                break;
                            }
                        }
                        if once.is_left() {
                            break;
                        }
                        updated.put(index, 0);
                    }
                }
                part(updated)
            },
            &mut collected,
            |_| (),
        );
    };
    for text in panics_on_ranks(2, program) {
        assert!(text.starts_with("the body left the loop"), "{text}");
    }
}

#[test]
fn each_chunk_has_scratch_of_its_own() {
    let sums = || {
        let mut buffer = vec![9; 3];
        let mut results = Vec::new();
        let lent = scratch(&mut buffer);
        distribute(
            Options::DEFAULT,
            items!(0..20),
            |mut chunk, mut results| {
                let mut buffer = Clone::clone(lent);
                while let Some(block) = block(&mut chunk) {
                    for i in block {
                        buffer.clear();
                        buffer.extend(0..i);
                        results.push(buffer.iter().sum::<i32>());
                    }
                }
                part(results)
            },
            &mut results,
            |_| (),
        );
        (results, buffer)
    };
    let expected: Vec<i32> = (0..20).map(|i| (0..i).sum()).collect();
    for result in on_ranks(2, 2, 3, sums) {
        assert_eq!(result, (expected.clone(), vec![9; 3]));
    }
}

#[parallel_for]
fn tripled(xs: &mut [usize], ys: &mut [usize]) {
    for i in 0..xs.len() {
        xs[i] *= 3;
        ys[i] = i;
    }
}

#[test]
fn an_array_that_iterations_read_is_the_same_on_every_rank() {
    let differs = || tripled(&mut [crate::rank(); 10], &mut [0; 10]);
    for text in panics_on_ranks(3, differs) {
        assert!(text.contains("`xs`"), "{text}");
    }
    let only_set = || {
        let (mut xs, mut ys) = ([2; 10], [crate::rank(); 10]);
        tripled(&mut xs, &mut ys);
        (xs, ys)
    };
    let expected = ([6; 10], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(on_ranks(3, 2, 5, only_set), [expected; 3]);
}

#[parallel_for]
fn counted(xs: &mut [usize], rows: &mut [Vec<usize>], last: usize, pauses: &[u64]) {
    #[parallel_for(schedule = managed(chunk = 3))]
    for i in 0..xs.len() {
        xs[i] += 1;
        rows[i].push(i);
        std::thread::sleep(Duration::from_micros(pauses[i % pauses.len()]));
        assert!(i < last, "no {i}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_iterations_behind_a_panic_wrote_is_taken_back(
        n in 1..60_usize,
        last in 0..80_usize,
        pauses in proptest::collection::vec(0..200_u64, 1..20),
    ) {
        let program = || {
            let (mut xs, mut rows) = (vec![5; n], vec![vec![5]; n]);
            let all = AssertUnwindSafe(|| counted(&mut xs, &mut rows, last, &pauses));
            let panicked = catch_unwind(all).is_err();
            (xs, rows, panicked)
        };
        for (xs, rows, panicked) in on_ranks(1, 3, 0, program) {
            prop_assert_eq!(panicked, last < n);
            for (i, (x, row)) in xs.iter().zip(&rows).enumerate() {
                let (old, new) = ((5, vec![5]), (6, vec![5, i]));
                let is = (*x, row.clone());
                prop_assert!(i >= last || is == old || is == new, "{}: {:?}", i, is);
                prop_assert!(i <= last || is == old, "{}: {:?}", i, is);
                prop_assert!(panicked || is == new, "{}: {:?}", i, is);
            }
        }
    }
}
