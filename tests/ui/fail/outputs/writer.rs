use parallel_for::parallel_for;

use std::io::Write;

#[parallel_for]
fn f(xs: &[u64]) -> (Vec<u8>, u32) {
    let mut failures = 0;
    let mut bytes = Vec::new();
    for x in xs {
        bytes.push(b'x');
        if bytes.write_all(&x.to_le_bytes()).is_err() {
            failures += 1;
        }
    }
    (bytes, failures)
}

fn main() {}
