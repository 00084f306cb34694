//! Loops of a little arithmetic, which every rank runs by itself.
#![allow(
    clippy::needless_range_loop,
    reason = "users write such loops; which are seen depends on features"
)]

use std::ops::{Add, Mul};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};

use super::failures::panics_on_ranks;
use super::observed::{Seen, seen};
use super::tests::on_ranks;
use crate::parallel_for;

#[parallel_for]
fn scaled(a: &[f64], out: &mut [f64]) {
    for i in 0..a.len() {
        out[i] = a[i] * 2.0 + 1.0;
    }
}

#[parallel_for]
fn grown(rows: &mut [Vec<i64>], by: i64) {
    for i in 0..rows.len() {
        for j in 0..rows[i].len() {
            rows[i][j] = rows[i][j] * 3 - by;
        }
    }
}

#[parallel_for]
fn small_squares(n: u64, most: u64) -> Vec<u64> {
    let mut squares = vec![7];
    for i in 0..n {
        let square = i * i;
        if square > most {
            continue;
        }
        squares.push(square);
    }
    squares
}

#[parallel_for]
fn halved(xs: &mut [u32], from: u32) {
    for x in xs.iter_mut() {
        *x = (from - *x) / 2;
    }
}

#[parallel_for]
fn differences(a: &[f32], b: &[f32]) -> Vec<f32> {
    let mut differences = Vec::new();
    for (a, &b) in a.iter().zip(b) {
        differences.push(a - b);
    }
    differences
}

#[parallel_for]
fn added(a: &mut [u64], b: &[u64]) {
    for (a, b) in a.iter_mut().zip(b) {
        *a += b;
    }
}

#[parallel_for]
fn means(a: &[f64], means: &mut Vec<f64>) {
    for pair in a.windows(2) {
        means.push(pair[0] / 2.0 + pair[1] / 2.0);
    }
}

#[parallel_for]
fn product(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = 0.1;
    for i in 0..a.len() {
        sum += a[i] * b[i];
    }
    sum
}

#[parallel_for]
fn count(a: &[f64], most: f64) -> u32 {
    let mut count = 0;
    for x in a {
        if *x < most {
            count += 1;
        }
    }
    count
}

/// The ranks whose threads ran iterations, as the master sees it, and the bytes that went to the others.
fn at_work(program: impl Fn() + Sync) -> (usize, usize) {
    let seen = seen(2, 1, program);
    let ranks = seen[0].iter().filter_map(|seen| match seen {
        Seen::Finished { by, .. } => Some(by),
        _ => None,
    });
    let bytes = seen[0].iter().filter_map(|seen| match seen {
        Seen::Spread(bytes) => Some(bytes),
        _ => None,
    });
    let ended = Seen::Ended { complete: true };
    assert!(seen.iter().all(|rank| rank.contains(&ended)));
    (ranks.max().map_or(0, |most| most + 1), bytes.sum())
}

#[test]
fn every_rank_has_the_sequential_result_and_sends_none() {
    let results = on_ranks(3, 2, 5, || {
        let mut all = Vec::new();
        for n in [0, 1, 5, 3_000, 70_000] {
            let a: Vec<f64> = (0..n).map(f64::from).collect();
            let mut out = vec![0.0; a.len()];
            scaled(&a, &mut out);
            assert!(out.into_iter().eq(a.iter().map(|a| a * 2.0 + 1.0)));
            let mut rows = vec![(0..i64::from(n)).collect(), vec![], vec![9]];
            grown(&mut rows, 4);
            assert!(rows[0].iter().zip(0..).all(|(x, i)| *x == i * 3 - 4) && rows[2] == [23]);
            let mut xs: Vec<u32> = (0..n).collect();
            halved(&mut xs, n);
            assert!(xs.iter().zip(0..).all(|(x, i)| *x == (n - i) / 2));
            all.push(small_squares(n.into(), 1_000_000));
            let b: Vec<f32> = (0..n).map(|i| f32::from(i % 7 == 0)).collect();
            assert!(differences(&b, &b).into_iter().eq(b.iter().map(|_| 0.0)));
            let mut doubled: Vec<u64> = (0..n.into()).collect();
            added(&mut doubled, &(0..n.into()).collect::<Vec<_>>());
            assert!(doubled.into_iter().eq((0..n.into()).map(|i| 2 * i)));
            let mut between = vec![0.0];
            means(&a, &mut between);
            let expected = (1..n).map(|i| f64::from(i) - 0.5);
            assert!(between.into_iter().eq([0.0].into_iter().chain(expected)));
            let thirds: Vec<f64> = a.iter().map(|x| x / 3.0).collect();
            let expected = a.iter().zip(&thirds).fold(0.1, |sum, (a, b)| sum + a * b);
            assert_eq!(product(&a, &thirds).to_bits(), expected.to_bits());
            assert_eq!(count(&a, 9.0), n.min(9));
        }
        all
    });
    let expected = |n: u64| {
        let squares = (0..n).map(|i| i * i).filter(|square| *square <= 1_000_000);
        [7].into_iter().chain(squares).collect()
    };
    let expected: Vec<Vec<u64>> = [0, 1, 5, 3_000, 70_000].map(expected).into();
    assert_eq!(results, [expected.clone(), expected.clone(), expected]);
    let programs: [&(dyn Fn() + Sync); 8] = [
        &|| scaled(&vec![1.0; 50_000], &mut vec![0.0; 50_000]),
        &|| grown(&mut vec![vec![1; 10]; 5_000], 2),
        &|| drop(small_squares(50_000, 100)),
        &|| halved(&mut vec![0; 50_000], 9),
        &|| drop(differences(&[1.0; 900], &[2.0; 900])),
        &|| added(&mut [1; 900], &[2; 900]),
        &|| means(&[1.0; 900], &mut Vec::new()),
        &|| assert!(product(&[1.0; 900], &[2.0; 900]) > 1_800.0),
    ];
    for program in programs {
        assert_eq!(at_work(program), (1, 0));
    }
    // Of integers, each rank sends one.
    let (_, bytes) = at_work(|| assert_eq!(count(&[0.0; 900], 1.0), 900));
    assert!(bytes > 0);
}

#[test]
fn what_differs_between_ranks_is_refused_on_all_of_them() {
    let outer = || grown(&mut [vec![1, 2]], i64::from(crate::rank() == 1));
    let inner = || grown(&mut [vec![1, 2 + i64::from(crate::rank() == 1)]], 1);
    for text in [panics_on_ranks(3, outer), panics_on_ranks(3, inner)].concat() {
        assert!(text.contains("`by`") || text.contains("`rows`"), "{text}");
    }
    for text in panics_on_ranks(2, || drop(small_squares(3 + crate::rank() as u64, 9))) {
        assert!(text.contains("items"), "{text}");
    }
    let other = |from: u64| vec![1 + u64::from(crate::rank() == 1) * from; 40_000];
    for text in panics_on_ranks(2, || added(&mut vec![1; 40_000], &other(1))) {
        assert!(text.contains("items"), "{text}");
    }
}

#[test]
fn a_panic_is_that_of_the_lowest_iteration_on_every_rank() {
    let programs = || {
        for from in [5, 9, 3] {
            let mut xs: Vec<u32> = (0..8).collect();
            let halves = catch_unwind(AssertUnwindSafe(|| halved(&mut xs, from)));
            assert_eq!(halves.is_err(), from < 7);
            assert_eq!(xs[..4], [0, 1, 2, 3].map(|i| (from - i) / 2));
        }
        small_squares(4, 9)
    };
    for result in on_ranks(3, 2, 7, programs) {
        assert_eq!(result, [7, 0, 1, 4, 9]);
    }
}

/// How often operators of the user's own were called, by all ranks.
static CALLS: AtomicUsize = AtomicUsize::new(0);

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Counted(f64);

impl Mul<f64> for Counted {
    type Output = Self;

    fn mul(self, by: f64) -> Self {
        CALLS.fetch_add(1, Ordering::Relaxed);
        Self(self.0 * by)
    }
}

impl Add<Counted> for f64 {
    type Output = f64;

    fn add(self, other: Counted) -> f64 {
        CALLS.fetch_add(1, Ordering::Relaxed);
        self + other.0
    }
}

trait Length: Sized {
    fn len(self) -> usize {
        CALLS.fetch_add(1, Ordering::Relaxed);
        8 * size_of::<Self>()
    }
}

impl Length for f64 {}

#[test]
fn operators_and_methods_of_the_users_own_run_once() {
    #[parallel_for]
    fn doubled(a: &[Counted], out: &mut [Counted]) {
        for i in 0..a.len() {
            out[i] = a[i] * 2.0;
        }
    }
    #[parallel_for]
    fn moved(a: &[f64], by: Counted) -> Vec<f64> {
        let mut moved = Vec::new();
        for i in 0..a.len() {
            moved.push(a[i] + by);
        }
        moved
    }
    const BY: Counted = Counted(2.0);
    #[parallel_for]
    fn moved_always(a: &[f64]) -> Vec<f64> {
        let mut moved = Vec::new();
        for x in a {
            moved.push(*x + BY);
        }
        moved
    }
    #[parallel_for]
    fn lengths(a: &[f64]) -> Vec<usize> {
        let mut lengths = Vec::new();
        for i in 0..a.len() {
            lengths.push(a[i].len());
        }
        lengths
    }
    for result in on_ranks(3, 1, 5, || {
        assert_eq!(lengths(&[1.0; 3]), [64; 3]);
        let mut out = [Counted(0.0); 10];
        doubled(&[Counted(1.0); 10], &mut out);
        let moved = moved(&[1.0; 5], Counted(2.0));
        (out, [moved, moved_always(&[1.0; 5])].concat())
    }) {
        assert_eq!(result, ([Counted(2.0); 10], vec![3.0; 10]));
    }
    assert_eq!(CALLS.load(Ordering::Relaxed), 23);
}

#[test]
fn what_is_each_ranks_own_is_made_by_one_of_them() {
    #[parallel_for(per_rank(own))]
    fn shifted(a: &[usize], own: usize) -> Vec<usize> {
        let mut shifted = Vec::new();
        for i in 0..a.len() {
            shifted.push(a[i] + own);
        }
        shifted
    }
    let results = on_ranks(2, 1, 5, || shifted(&[10; 20], crate::rank()));
    assert_eq!(results[0], results[1]);
}
