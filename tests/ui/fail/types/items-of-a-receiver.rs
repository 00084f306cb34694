use std::sync::mpsc;

use parallel_for::parallel_for;

#[parallel_for]
fn main() {
    let (sender, jobs) = mpsc::channel::<u64>();
    sender.send(1).unwrap();
    drop(sender);
    let mut results = Vec::new();
    for job in jobs.iter() {
        results.push(job * 2);
    }
    println!("{results:?}");
}
