use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::{Mutex, OnceLock, mpsc};

use parallel_for::parallel_for;

thread_local! {
    static HITS: Cell<u32> = const { Cell::new(0) };
}

#[parallel_for]
fn by_another_name(xs: &[usize]) -> Vec<usize> {
    let counts: Vec<Mutex<u64>> = (0..8).map(|_| Mutex::new(0)).collect();
    let mut out = Vec::new();
    for x in xs {
        let count = &counts[x % 8];
        *count.lock().unwrap() += 1;
        out.push(*x);
    }
    out
}

#[parallel_for]
fn by_its_guard(xs: &[u64]) -> Vec<u64> {
    let last = Mutex::new(0);
    let mut out = Vec::new();
    for x in xs {
        let mut guard = last.lock().unwrap();
        out.push(x + *guard);
        *guard = *x;
    }
    out
}

#[parallel_for]
fn in_the_items(jobs: Mutex<VecDeque<u64>>) -> Vec<u64> {
    let mut out = Vec::new();
    for job in std::iter::from_fn(|| jobs.lock().unwrap().pop_front()) {
        if job == 7 {
            break;
        }
        out.push(job);
    }
    out
}

#[parallel_for]
fn set_once(xs: &[u64]) -> Vec<u64> {
    let first = OnceLock::new();
    let mut out = Vec::new();
    for x in xs {
        let _ = first.set(*x);
        out.push(x + 1);
    }
    out
}

#[parallel_for]
fn of_the_thread(xs: &[u64]) -> Vec<u64> {
    let mut out = Vec::new();
    for x in xs {
        HITS.set(HITS.get() + 1);
        out.push(*x);
    }
    out
}

#[parallel_for]
fn sent(xs: &[u64]) -> Vec<u64> {
    let (sender, receiver) = mpsc::channel();
    let mut out = Vec::new();
    for x in xs {
        let sender = sender.clone();
        sender.send(*x).unwrap();
        out.push(*x);
    }
    out.extend(receiver.try_iter());
    out
}

fn main() {
    by_another_name(&[1]);
    by_its_guard(&[1]);
    in_the_items(Mutex::default());
    set_once(&[1]);
    of_the_thread(&[1]);
    sent(&[1]);
}
