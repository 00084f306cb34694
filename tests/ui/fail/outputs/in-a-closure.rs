use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        let last = || results.last().copied().unwrap_or(0);
        let next = last() + x;
        results.push(next);
    }
    results
}

fn main() {}
