use parallel_for::parallel_for;

use std::io::Write;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for x in xs {
        bytes.push(b'x');
        bytes.write_all(&x.to_le_bytes()).unwrap();
    }
    bytes
}

fn main() {}
