use std::sync::mpsc::{Receiver, Sender};

use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64], done: Sender<u64>, jobs: Receiver<u64>) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.extend(jobs.recv().ok());
        done.send(*x).unwrap();
        results.push(*x);
    }
    results
}

fn main() {}
