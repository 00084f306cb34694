#![deny(deprecated)]

use parallel_for::parallel_for;

mod rand {
    pub fn random() -> u64 {
        4
    }
}

mod fastrand {
    pub fn seed(_: u64) {}
    pub fn u64() -> u64 {
        4
    }
}

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    fastrand::seed(7);
    let table: Vec<u64> = (0..10).map(|_| rand::random()).collect();
    let fixed = parallel_for::on_master(|| rand::random());
    let mut results = Vec::new();
    for x in xs {
        results.push(x + table[0] + fixed + fastrand::u64());
    }
    results.push(rand::random());
    results
}

fn main() {}
