//! Lists to which every iteration pushes once, which are filled where they are: with values of all sizes, in loops that
//! are left, by items of known and unknown number, behind what the lists held before.

use std::collections::BinaryHeap;
use std::sync::atomic::{AtomicUsize, Ordering};

use parallel_for::parallel_for;
use serde::{Deserialize, Serialize};

/// How many `Counted` there are in this process.
static ALIVE: AtomicUsize = AtomicUsize::new(0);

/// A value that must not be lost, nor dropped twice.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "u64", into = "u64")]
struct Counted(Box<u64>);

impl From<u64> for Counted {
    fn from(number: u64) -> Self {
        ALIVE.fetch_add(1, Ordering::Relaxed);
        Self(Box::new(number))
    }
}

impl From<Counted> for u64 {
    fn from(value: Counted) -> Self {
        *value.0
    }
}

impl Clone for Counted {
    fn clone(&self) -> Self {
        Self::from(*self.0)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::Relaxed);
    }
}

fn is_fine(i: u64, last: u64) -> Result<u64, String> {
    if i < last {
        Ok(i)
    } else {
        Err(format!("at {i}"))
    }
}

#[parallel_for]
fn counted(n: u64) -> Vec<Counted> {
    let mut values = vec![Counted::from(7)];
    for i in 0..n {
        values.push(Counted::from(i * i));
    }
    values
}

#[parallel_for]
fn until_an_error(values: &mut Vec<Counted>, last: u64) -> Result<(), String> {
    for i in 0..3000 {
        values.push(Counted::from(is_fine(i, last)?));
    }
    Ok(())
}

#[parallel_for(schedule = round_robin)]
fn until_a_break(last: u64) -> (Vec<Counted>, Vec<[u16; 3]>) {
    let (mut values, mut triples) = (Vec::new(), Vec::new());
    'items: for (i, x) in (0_u16..2000).enumerate() {
        values.push(Counted::from(u64::from(x)));
        for _ in 0..x % 3 {
            if i as u64 == last {
                break 'items;
            }
        }
        triples.push([x, x + 1, x + 2]);
    }
    (values, triples)
}

#[parallel_for(schedule = blocks)]
fn both_ways() -> (Vec<String>, Vec<()>, Vec<u8>) {
    let (mut names, mut nothing, mut some) = (Vec::new(), Vec::new(), Vec::new());
    for i in 0..500_usize {
        if i % 3 == 0 {
            names.push("x".repeat(i % 17));
        } else {
            names.push(format!("item {i}"));
        }
        if i % 7 == 0 {
            some.push(1);
            nothing.push(());
            continue;
        }
        nothing.push(());
    }
    (names, nothing, some)
}

/// Items whose number is not known, or only said.
#[parallel_for(schedule = managed(chunk = 5))]
fn of_iterators() -> (Vec<u32>, String, Vec<u32>) {
    let (mut odd, mut letters) = (vec![1], String::from("<"));
    #[parallel_for]
    for i in (0..700).filter(|i| i % 2 == 1) {
        odd.push(i);
        letters.push(if i % 3 == 0 { 'ß' } else { 's' });
    }
    let mut all = Vec::with_capacity(10);
    #[parallel_for]
    for i in odd.iter().map(|i| i + 1) {
        all.push(i);
    }
    (odd, letters, all)
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<u64>>,
    heap: BinaryHeap<u64>,
}

impl Table {
    #[parallel_for]
    fn grow(&mut self, n: u64) {
        for i in 0..n {
            self.rows.push((0..i % 9).collect());
            self.heap.push(i * 7 % 100);
        }
    }
}

/// Every iteration runs a loop of its own.
#[parallel_for]
fn nested() -> Vec<Vec<Counted>> {
    let mut all = Vec::new();
    for n in 0..20 {
        all.push(counted(n));
    }
    all
}

#[parallel_for(items = master)]
fn of_the_master() -> Vec<u64> {
    let mut results = Vec::new();
    for i in (0..300).rev() {
        results.push(i + 1);
    }
    results
}

#[parallel_for]
fn short(results: &mut Vec<u64>) {
    for i in 0..3 {
        results.push(i);
    }
}

/// Every rank has the results.
fn say(line: &str) {
    if parallel_for::is_master() {
        println!("{line}");
    }
}

/// On every rank.
fn assert_alive(expected: usize) {
    assert_eq!(ALIVE.load(Ordering::Relaxed), expected);
}

fn sum(values: &[Counted]) -> u64 {
    values.iter().zip(1..).map(|(value, k)| *value.0 * k).sum()
}

pub(crate) fn main() {
    let mut values = counted(4000);
    assert_alive(4001);
    say(&format!("{} {}", values.len(), sum(&values)));
    for last in [0, 1, 1234, 5000] {
        let result = until_an_error(&mut values, last);
        assert_alive(values.len());
        say(&format!("{result:?} {} {}", values.len(), sum(&values)));
    }
    for last in [1, 800, 5000] {
        let (values, triples) = until_a_break(last);
        say(&format!("{} {} {triples:?}", values.len(), sum(&values)));
    }
    assert_alive(values.len());
    drop(values);
    say(&format!("{:?}", both_ways()));
    say(&format!("{:?}", of_iterators()));
    let mut table = Table::default();
    table.grow(100);
    table.grow(50);
    say(&format!("{:?} {:?}", table.rows, table.heap.into_vec()));
    let all = nested();
    assert_alive(all.iter().map(Vec::len).sum());
    say(&format!("{all:?}"));
    say(&format!("{:?}", of_the_master()));
    let mut results = Vec::new();
    for _ in 0..20 {
        short(&mut results);
    }
    // What many short loops reserve is no more than what many pushes do.
    assert!(results.capacity() < 200);
    say(&format!(
        "{} {}",
        results.len(),
        results.iter().sum::<u64>()
    ));
}
