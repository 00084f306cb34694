//! Loops that say themselves whether and where they are kept: `fault_kept FOLDER`.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parallel_for::parallel_for;

/// How many iterations of a loop this process has run.
struct Ran(AtomicU64);

impl Ran {
    fn work(&self, i: u64) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed);
        std::thread::sleep(Duration::from_micros(300));
        i * i
    }
}

#[parallel_for(checkpoint = "kept", per_rank(ran))]
fn kept(ran: &Ran) -> Vec<u64> {
    let mut squares = Vec::new();
    for i in 0..20 {
        squares.push(ran.work(i));
    }
    squares
}

#[parallel_for(checkpoint = "./kept", per_rank(ran))]
fn kept_there_too(ran: &Ran) -> u64 {
    let mut sum = 0;
    for i in 0..20 {
        sum += ran.work(i);
    }
    sum
}

#[parallel_for(checkpoint = off)]
fn never(ran: &Ran) -> Vec<u64> {
    let mut squares = Vec::new();
    for i in 0..20 {
        squares.push(ran.work(i));
    }
    squares
}

#[parallel_for(per_rank(ran))]
fn usual(ran: &Ran) -> Vec<u64> {
    let mut squares = Vec::new();
    for i in 0..20 {
        squares.push(ran.work(i));
    }
    squares
}

#[parallel_for(local)]
fn here(ran: &Ran) -> Vec<u64> {
    let mut squares = Vec::new();
    for alone in 0..20 {
        squares.push(ran.work(alone));
    }
    squares
}

pub(crate) fn main() {
    let folder = std::env::args().nth(1).expect("a folder");
    std::env::set_current_dir(folder).expect("it is there");
    let ran = [const { Ran(AtomicU64::new(0)) }; 6];
    let mut results = vec![kept(&ran[0]), vec![kept_there_too(&ran[1])]];
    results.extend([never(&ran[2]), usual(&ran[3]), here(&ran[4])]);
    results.push(parallel_for::map(0..20, |i| ran[5].work(i)));
    let numbers = ran.map(|ran| ran.0.into_inner());
    eprintln!("rank {} ran {numbers:?}", parallel_for::rank());
    if parallel_for::is_master() {
        println!("{results:?}");
    }
}
