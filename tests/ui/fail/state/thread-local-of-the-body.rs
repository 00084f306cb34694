use std::cell::Cell;

use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut out = Vec::new();
    for x in xs {
        thread_local! {
            static SEEN: Cell<u64> = const { Cell::new(0) };
        }
        SEEN.set(SEEN.get() + 1);
        out.push(x + SEEN.get());
    }
    out
}

fn main() {}
