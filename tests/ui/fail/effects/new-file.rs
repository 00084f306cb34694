use parallel_for::parallel_for;

use std::fs::{self, File, OpenOptions};

#[parallel_for]
fn f(xs: &[u64]) -> std::io::Result<Vec<u64>> {
    fs::create_dir("out")?;
    let mut results = Vec::new();
    for x in xs {
        results.push(*x);
    }
    let log = OpenOptions::new().write(true).create_new(true).open("log")?;
    let file = File::create_new("results")?;
    drop((log, file));
    Ok(results)
}

fn main() {}
