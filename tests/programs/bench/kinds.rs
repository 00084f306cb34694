//! What a loop of each kind costs, as it stands, with rayon and annotated, as `bench_kinds REPETITIONS` on
//! `PARALLEL_FOR_THREADS` and `RAYON_NUM_THREADS` threads. Prints a Markdown table: nanoseconds per iteration, of
//! `call_N` per call of a loop of so many.
//!
//! The contestants take turns, so what disturbs the machine meets all of them alike; a cell is the median.

#![allow(
    clippy::all,
    clippy::pedantic,
    reason = "the loops are written as users write them"
)]

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

use parallel_for::parallel_for;
use rayon::prelude::*;

/// The iterations of a loop, and the calls of a short one.
const ITEMS: usize = 1_000_000;
const CALLS: usize = 2_000;

/// The same loop as it stands and annotated.
macro_rules! twins {
    ($(fn $name:ident $arguments:tt $(-> $result:ty)? $body:block)+) => {$(
        mod $name {
            use super::*;

            pub(super) fn sequential $arguments $(-> $result)? $body

            #[parallel_for]
            pub(super) fn ours $arguments $(-> $result)? $body
        }
    )+};
}

twins! {
    fn store(a: &[f64], out: &mut [f64]) {
        for i in 0..a.len() {
            out[i] = a[i] * 2.0 + 1.0;
        }
    }
    fn store_work(a: &[f64], out: &mut [f64]) {
        for i in 0..a.len() {
            out[i] = work(a[i]);
        }
    }
    fn items_in_place(out: &mut [f64]) {
        for x in out.iter_mut() {
            *x = work(*x);
        }
    }
    fn rows_in_place(rows: &mut [Vec<f64>]) {
        for i in 0..rows.len() {
            for x in &mut rows[i] {
                *x = *x * 1.5 + 1.0;
            }
        }
    }
    fn sum_integers(n: u64) -> u64 {
        let mut sum = 0;
        for i in 0..n {
            sum += mix(i) >> 32;
        }
        sum
    }
    fn sum_floats(a: &[f64]) -> f64 {
        let mut sum = 0.0;
        for x in a {
            sum += x.sqrt();
        }
        sum
    }
    fn search(n: u64, what: u64) -> Option<u64> {
        for i in 0..n {
            if mix(i) == what {
                return Some(i);
            }
        }
        None
    }
    fn push(n: u64) -> Vec<u64> {
        let mut results = Vec::new();
        for i in 0..n {
            results.push(mix(i));
        }
        results
    }
    fn push_some(n: u64) -> Vec<u64> {
        let mut results = Vec::new();
        for i in 0..n {
            let x = mix(i);
            if x % 3 == 0 {
                results.push(x);
            }
        }
        results
    }
    fn push_texts(n: u64) -> Vec<String> {
        let mut results = Vec::new();
        for i in 0..n {
            results.push(format!("item {i}"));
        }
        results
    }
    fn insert(n: u64) -> HashMap<u64, u64> {
        let mut table = HashMap::new();
        for i in 0..n {
            table.insert(mix(i), i);
        }
        table
    }
    fn push_or_fail(n: u64) -> Result<Vec<u64>, String> {
        let mut results = Vec::new();
        for i in 0..n {
            results.push(check(i)?);
        }
        Ok(results)
    }
}

fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// About 30 ns.
fn work(x: f64) -> f64 {
    let mut y = x;
    for _ in 0..20 {
        y = (y * y + 1.0).sqrt();
    }
    y
}

fn check(i: u64) -> Result<u64, String> {
    match mix(i) {
        7 => Err("seven".to_owned()),
        x => Ok(x),
    }
}

fn main() {
    let argument = std::env::args().nth(1);
    let repetitions = argument.and_then(|text| text.parse().ok()).unwrap_or(5);
    println!("| kind | sequential | rayon | ours | ours ÷ sequential | ours ÷ rayon |");
    println!("|---|---|---|---|---|---|");
    let n = ITEMS as u64;
    let a: Vec<f64> = (1..=n).map(|i| i as f64).collect();
    let (mut s, mut r, mut o) = (a.clone(), a.clone(), a.clone());
    let square = || vec![vec![1.0; 1000]; 1000];
    let (mut rows_s, mut rows_r, mut rows_o) = (square(), square(), square());

    macro_rules! contest {
        ($name:ident, $sequential:expr, $rayon:expr, $ours:expr) => {
            let contestants: [&mut dyn FnMut(); 3] = [
                &mut || _ = black_box($sequential),
                &mut || _ = black_box($rayon),
                &mut || _ = black_box($ours),
            ];
            row(stringify!($name), ITEMS, repetitions, contestants);
        };
        ($name:ident($($argument:expr),*), $rayon:expr) => {
            contest!($name, $name::sequential($(black_box($argument)),*), $rayon, $name::ours($(black_box($argument)),*));
        };
    }
    contest!(
        store,
        store::sequential(&a, &mut s),
        r.par_iter_mut()
            .zip(&a)
            .for_each(|(x, a)| *x = a * 2.0 + 1.0),
        store::ours(&a, &mut o)
    );
    contest!(
        store_work,
        store_work::sequential(&a, &mut s),
        r.par_iter_mut().zip(&a).for_each(|(x, a)| *x = work(*a)),
        store_work::ours(&a, &mut o)
    );
    contest!(
        items_in_place,
        items_in_place::sequential(&mut s),
        r.par_iter_mut().for_each(|x| *x = work(*x)),
        items_in_place::ours(&mut o)
    );
    contest!(
        rows_in_place,
        rows_in_place::sequential(&mut rows_s),
        rows_r
            .par_iter_mut()
            .flatten()
            .for_each(|x| *x = *x * 1.5 + 1.0),
        rows_in_place::ours(&mut rows_o)
    );
    contest!(
        sum_integers(n),
        (0..n).into_par_iter().map(|i| mix(i) >> 32).sum::<u64>()
    );
    contest!(sum_floats(&a), a.par_iter().map(|x| x.sqrt()).sum::<f64>());
    contest!(
        search(n, 1),
        (0..n).into_par_iter().find_first(|&i| mix(i) == 1)
    );
    contest!(push(n), (0..n).into_par_iter().map(mix).collect::<Vec<_>>());
    contest!(
        push_some(n),
        (0..n)
            .into_par_iter()
            .map(mix)
            .filter(|x| x % 3 == 0)
            .collect::<Vec<_>>()
    );
    contest!(
        push_texts(n),
        (0..n)
            .into_par_iter()
            .map(|i| format!("item {i}"))
            .collect::<Vec<_>>()
    );
    contest!(
        insert(n),
        (0..n)
            .into_par_iter()
            .map(|i| (mix(i), i))
            .collect::<HashMap<_, _>>()
    );
    contest!(
        push_or_fail(n),
        (0..n)
            .into_par_iter()
            .map(check)
            .collect::<Result<Vec<_>, _>>()
    );
    for items in [1, 10, 100, 1_000, 10_000, 100_000] {
        let calls = |call: &dyn Fn(u64) -> u64| {
            for _ in 0..CALLS {
                black_box(call(black_box(items)));
            }
        };
        let by_rayon = |n| (0..n).into_par_iter().map(|i| mix(i) >> 32).sum();
        let contestants: [&mut dyn FnMut(); 3] = [
            &mut || calls(&sum_integers::sequential),
            &mut || calls(&by_rayon),
            &mut || calls(&|n| sum_integers::ours(n)),
        ];
        row(&format!("call_{items}"), CALLS, repetitions, contestants);
    }
}

/// Measures the contestants, each once without counting.
fn row(name: &str, per: usize, repetitions: usize, mut contestants: [&mut dyn FnMut(); 3]) {
    let mut times: [Vec<f64>; 3] = Default::default();
    for repetition in 0..=repetitions {
        for (times, contestant) in times.iter_mut().zip(&mut contestants) {
            let start = Instant::now();
            contestant();
            if repetition > 0 {
                times.push(start.elapsed().as_secs_f64() * 1e9 / per as f64);
            }
        }
    }
    let [sequential, rayon, ours] = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    });
    let (by_sequential, by_rayon) = (ours / sequential, ours / rayon);
    println!(
        "| {name} | {sequential:.2} | {rayon:.2} | {ours:.2} | {by_sequential:.2} | {by_rayon:.2} |"
    );
}
