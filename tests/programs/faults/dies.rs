//! The rank of one iteration dies, in a way that no handler of an exit hears of.

use std::env::args;
use std::hint::black_box;
use std::process::{Command, abort, id};
use std::thread::sleep;
use std::time::Duration;

use parallel_for::parallel_for;

#[parallel_for]
pub(crate) fn main() {
    let way = args().nth(1).unwrap_or_default();
    let mut results = Vec::new();
    for i in 0..40_u64 {
        if i == 11 {
            die(&way);
        }
        results.push(i);
    }
    println!("the tail runs: {}", results.len());
}

fn die(way: &str) {
    match way {
        // From outside, as by a system that is out of memory.
        "kill" => signal("-KILL"),
        "bus" => signal("-BUS"),
        "abort" => abort(),
        "overflow" => println!("{}", deeper(1)),
        "memory" => println!(
            "{}",
            Vec::<u8>::with_capacity(isize::MAX as usize).capacity()
        ),
        way => panic!("no way to die: {way}"),
    }
}

fn signal(name: &str) {
    let pid = id().to_string();
    // It may come to another thread, a moment later.
    loop {
        Command::new("kill").args([name, &pid]).status().unwrap();
        sleep(Duration::from_secs(1));
    }
}

/// The stack is used up long before it returns.
fn deeper(depth: u64) -> u64 {
    let frame = black_box([depth; 64]);
    if depth == u64::MAX {
        return 0;
    }
    frame[7] + deeper(black_box(depth) + 1)
}
