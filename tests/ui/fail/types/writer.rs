use parallel_for::parallel_for;

use std::fs::File;
use std::io::Write;

#[parallel_for]
fn f(xs: &[u64], file: &mut File) -> std::io::Result<Vec<u64>> {
    let mut bytes = Vec::new();
    let mut results = Vec::new();
    for x in xs {
        file.write_all(b"x")?;
        bytes.write_all(&x.to_le_bytes()).unwrap();
        results.push(*x);
    }
    file.write_all(&bytes)?;
    Ok(results)
}

fn main() {}
