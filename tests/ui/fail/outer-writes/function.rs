use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> (u64, u64) {
    let mut hash = 0;
    let mut more = 0;
    for x in xs {
        hash = mix(hash, *x);
        add(&mut more, *x);
    }
    (hash, more)
}

fn mix(hash: u64, x: u64) -> u64 {
    hash * 31 + x
}

fn add(more: &mut u64, x: u64) {
    *more += x;
}

fn main() {}
