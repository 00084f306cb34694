use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    let mut next;
    for x in xs {
        next = x + 1;
        results.push(next * next);
    }
    results
}

fn main() {}
