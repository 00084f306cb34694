//! The same faults in loops without a manager: `fault_schedules FAULT SCHEDULE`.

use std::env;

use parallel_for::{parallel_for, rank};

#[parallel_for(schedule = round_robin)]
fn round_robin(items: Vec<String>) -> Vec<String> {
    let mut results = Vec::new();
    for item in items {
        assert!(item != "panic", "a bad item");
        results.push(item);
    }
    results
}

#[parallel_for(schedule = blocks)]
fn blocks(items: Vec<String>) -> Vec<String> {
    let mut results = Vec::new();
    for item in items {
        assert!(item != "panic", "a bad item");
        results.push(item);
    }
    results
}

pub(crate) fn main() {
    let arguments: Vec<String> = env::args().collect();
    let mut items: Vec<String> = (0..40).map(|n| format!("item {n}")).collect();
    match arguments[1].as_str() {
        "length" => items.truncate(40 - rank()),
        "values" => items[25] = format!("item of rank {}", rank()),
        "panic" => items[17] = String::from("panic"),
        fault => panic!("{fault}"),
    }
    let results = match arguments[2].as_str() {
        "round_robin" => round_robin(items),
        "blocks" => blocks(items),
        schedule => panic!("{schedule}"),
    };
    parallel_for::on_master(|| println!("the tail runs: {}", results.len()));
}
