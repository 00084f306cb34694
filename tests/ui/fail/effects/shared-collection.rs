use std::sync::Mutex;

use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let squares = Mutex::new(Vec::new());
    for x in xs {
        squares.lock().unwrap().push(x * x);
    }
    squares.into_inner().unwrap()
}

fn main() {}
