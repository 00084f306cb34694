//! Loops of all kinds, one after another, each long enough to be killed in. `PARALLEL_FOR_TEST_FUSE="500 1 KILL"` sends that
//! signal to rank 1 in its 500th iteration. `PARALLEL_FOR_TEST_GATE=FILE` makes the master create that file in its 20th
//! iteration, and wait there until somebody deletes it.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parallel_for::parallel_for;

/// What the variable says.
struct Fuse {
    iterations: u64,
    rank: usize,
    signal: String,
}

fn fuse() -> Option<&'static Fuse> {
    static FUSE: OnceLock<Option<Fuse>> = OnceLock::new();
    let read = || {
        let text = std::env::var("PARALLEL_FOR_TEST_FUSE").ok()?;
        let mut words = text.split(' ');
        Some(Fuse {
            iterations: words.next()?.parse().ok()?,
            rank: words.next()?.parse().ok()?,
            signal: words.next()?.to_owned(),
        })
    };
    FUSE.get_or_init(read).as_ref()
}

/// Waits until somebody opens the gate, if there is one.
fn wait_at_gate() {
    let Some(gate) = std::env::var_os("PARALLEL_FOR_TEST_GATE") else {
        return;
    };
    std::fs::File::create(&gate).expect("the gate is a file in a folder");
    while std::fs::exists(&gate).expect("the folder can be read") {
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// An iteration of half a millisecond.
fn work(i: u64) -> u64 {
    static RUN: AtomicU64 = AtomicU64::new(0);
    let run = RUN.fetch_add(1, Ordering::Relaxed) + 1;
    if run == 20 && parallel_for::is_master() {
        wait_at_gate();
    }
    if let Some(fuse) = fuse()
        && fuse.rank == parallel_for::rank()
        && run == fuse.iterations
    {
        let process = std::process::id().to_string();
        let signal = format!("-{}", fuse.signal);
        let kill = Command::new("kill").args([&signal, &process]).status();
        assert!(kill.expect("kill is on every Unix").success());
    }
    std::thread::sleep(Duration::from_micros(400 + i % 3 * 100));
    i.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(17)
}

const N: u64 = 60;

#[parallel_for]
fn texts() -> Vec<String> {
    let mut texts = Vec::new();
    for i in 0..N {
        let x = work(i);
        if !x.is_multiple_of(3) {
            texts.push(format!("{i}: {x}"));
        }
    }
    texts
}

#[parallel_for]
fn reductions(step: u64) -> (f64, u64, BTreeMap<u64, u64>, BTreeSet<u64>) {
    let (mut sum, mut most) = (0.0, 0);
    let (mut map, mut set) = (BTreeMap::new(), BTreeSet::new());
    for i in 0..N {
        let x = work(i + step) % 1000;
        sum += f64::from(u32::try_from(x).unwrap()) / 7.0;
        if x > most {
            most = x;
        }
        map.insert(x % 11, i);
        set.insert(x % 17);
    }
    (sum, most, map, set)
}

#[parallel_for]
fn in_place(numbers: &mut [u64]) {
    for (i, x) in (0..).zip(numbers.iter_mut()) {
        *x = x.wrapping_mul(5).wrapping_add(work(i));
    }
}

#[parallel_for]
fn search(numbers: &[u64], goal: u64) -> Result<Vec<u64>, String> {
    let mut before = Vec::new();
    for (i, x) in (0..).zip(numbers) {
        work(i);
        if *x == goal {
            return Err(format!("{goal} at {i}"));
        }
        before.push(x / 3);
    }
    Ok(before)
}

#[parallel_for(items = master)]
fn lengths(text: &str) -> Vec<usize> {
    let mut lengths = Vec::new();
    for line in text.lines().map(ToOwned::to_owned) {
        work(line.len() as u64);
        lengths.push(line.len());
    }
    lengths
}

#[parallel_for(schedule = round_robin)]
fn in_turn(numbers: &[u64]) -> u64 {
    let mut sum = 0;
    for x in numbers.iter().filter(|x| **x % 4 != 1) {
        sum ^= work(*x % 100);
    }
    sum
}

pub(crate) fn main() {
    let mut report = vec![format!("{:?}", texts())];
    for step in 0..3 {
        report.push(format!("{:?}", reductions(step)));
    }
    let mut numbers: Vec<u64> = (0..N).collect();
    in_place(&mut numbers);
    in_place(&mut numbers);
    report.push(format!("{numbers:?}"));
    let goal = numbers[40];
    report.push(format!("{:?}", search(&numbers, goal)));
    report.push(format!("{:?}", search(&numbers, 1)));
    let text: Vec<String> = (0..N)
        .map(|i| "x".repeat(usize::try_from(i % 13).unwrap()))
        .collect();
    report.push(format!("{:?}", lengths(&text.join("\n"))));
    report.push(format!("{}", in_turn(&numbers)));
    if parallel_for::is_master() {
        println!("{}", report.join("\n"));
    }
}
