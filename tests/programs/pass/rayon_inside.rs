//! Bodies and items that use rayon, and threads of the program's own that reach loops.

use std::sync::mpsc;
use std::thread;

use parallel_for::parallel_for;
use rayon::prelude::*;

fn cost(n: u64) -> u64 {
    (0..n * 100).into_par_iter().map(|i| i % 7 * n).sum()
}

#[parallel_for]
fn squares(n: u64) -> Vec<u64> {
    let mut squares = Vec::new();
    for i in 0..n {
        squares.push(rayon::join(|| i, || i * i).1);
    }
    squares
}

#[parallel_for(items = master)]
fn from_master(n: u64) -> Vec<u64> {
    let mut costs = Vec::new();
    for i in 0..n {
        costs.push(cost(i));
    }
    costs
}

#[parallel_for]
fn from_lazy_items(n: u64) -> u64 {
    let mut sum = 0;
    for cost in (0..n).map(cost) {
        sum += cost;
    }
    sum
}

/// Two threads whose loops take turns.
fn in_turns() -> Vec<u64> {
    let ((to_a, at_a), (to_b, at_b)) = (mpsc::channel::<u64>(), mpsc::channel::<u64>());
    thread::scope(|scope| {
        scope.spawn(move || {
            for n in at_b {
                to_a.send(squares(n).iter().sum()).unwrap();
            }
        });
        let asking = scope.spawn(move || {
            let ask = |n| {
                to_b.send(n).unwrap();
                squares(n).len() as u64 + at_a.recv().unwrap()
            };
            (1..20).map(ask).collect()
        });
        asking.join().unwrap()
    })
}

/// What a thread of its own knows and does, which is no rank's main thread.
fn elsewhere() -> u64 {
    let on_thread = || {
        assert!(parallel_for::rank() < parallel_for::size());
        let once = parallel_for::on_master(|| 5);
        once + squares(3).len() as u64 + parallel_for::map(0..4_u64, |i| i + 1).len() as u64
    };
    thread::spawn(on_thread).join().unwrap()
}

#[parallel_for]
pub(crate) fn main() {
    let spawned = elsewhere();
    let turns = in_turns();
    let from_rayon: Vec<u64> = (0..9_u64)
        .into_par_iter()
        .map(|n| squares(n).len() as u64)
        .collect();
    let rounds: u64 = (0..20)
        .map(|n| from_master(n).iter().sum::<u64>() + from_lazy_items(n))
        .sum();
    let mut sums = Vec::new();
    for n in 0..50_u64 {
        let (a, b) = rayon::join(|| n * 2, || n * 3);
        let mut sorted: Vec<u64> = (0..n).map(|i| i * 37 % 11).collect();
        sorted.par_sort_unstable();
        let inner: u64 = (0..n % 5)
            .into_par_iter()
            .map(|i| squares(i).iter().sum::<u64>())
            .sum();
        let scoped = thread::scope(|scope| scope.spawn(|| squares(n % 7)).join().unwrap());
        sums.push((
            cost(n),
            a + b,
            sorted.last().copied(),
            inner,
            scoped.len(),
            elsewhere(),
        ));
    }
    println!("{spawned} {turns:?} {from_rayon:?} {rounds}");
    println!("{sums:?}");
}
