use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

use parallel_for::parallel_for;

struct Job {
    size: u64,
    tries: AtomicU64,
    log: Mutex<Vec<String>>,
}

#[parallel_for]
fn of_the_items(jobs: &[Job]) -> Vec<u64> {
    let mut sizes = Vec::new();
    for job in jobs {
        job.tries.fetch_add(1, Relaxed);
        sizes.push(job.size);
    }
    sizes
}

#[parallel_for]
fn behind_a_lock_of_the_items(jobs: &[Job]) -> Vec<u64> {
    let mut sizes = Vec::new();
    for (i, job) in jobs.iter().enumerate() {
        job.log.lock().unwrap().push(format!("number {i}"));
        sizes.push(job.size);
    }
    sizes
}

#[parallel_for]
fn that_an_item_leads_to(jobs: Vec<(u64, Arc<AtomicU64>)>) -> Vec<u64> {
    let mut sizes = Vec::new();
    for (size, tries) in jobs {
        tries.store(size, Relaxed);
        sizes.push(size);
    }
    sizes
}

#[parallel_for]
fn of_an_element(jobs: &[Job], order: &[usize]) -> Vec<u64> {
    let mut sizes = Vec::new();
    for i in order {
        let next = (i + 1) % jobs.len();
        jobs[next].tries.fetch_add(1, Relaxed);
        sizes.push(jobs[next].size);
    }
    sizes
}

fn main() {
    of_the_items(&[]);
    behind_a_lock_of_the_items(&[]);
    that_an_item_leads_to(Vec::new());
    of_an_element(&[], &[]);
}
