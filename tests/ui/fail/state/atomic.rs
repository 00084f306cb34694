use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use parallel_for::parallel_for;

static DONE: AtomicU64 = AtomicU64::new(0);

#[parallel_for]
fn by_method(xs: &[u64]) -> (Vec<u64>, u64) {
    let best = AtomicU64::new(0);
    let mut records = Vec::new();
    for x in xs {
        if *x > best.load(Relaxed) {
            best.store(*x, Relaxed);
            records.push(*x);
        }
    }
    (records, best.load(Relaxed))
}

#[parallel_for]
fn by_path(xs: &[u64]) -> Vec<u64> {
    let count = AtomicU64::new(0);
    let mut numbers = Vec::new();
    for x in xs {
        numbers.push(x + AtomicU64::fetch_add(&count, 1, Relaxed));
    }
    numbers
}

#[parallel_for]
fn in_a_closure(xs: &[u64]) -> Vec<u64> {
    let count = AtomicU64::new(0);
    let next = || count.fetch_add(1, Relaxed);
    let mut numbers = Vec::new();
    for x in xs {
        numbers.push(x + next());
    }
    numbers
}

#[parallel_for]
fn of_the_program(xs: &[u64]) -> Vec<u64> {
    let mut numbers = Vec::new();
    for x in xs {
        DONE.fetch_add(1, Relaxed);
        numbers.push(x + 1);
    }
    numbers
}

#[parallel_for]
fn as_items(counters: &[AtomicU64]) -> Vec<u64> {
    let mut numbers = Vec::new();
    for counter in counters {
        numbers.push(counter.fetch_add(1, Relaxed));
    }
    numbers
}

fn main() {
    by_method(&[1]);
    by_path(&[1]);
    in_a_closure(&[1]);
    of_the_program(&[1]);
    as_items(&[]);
}
