use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(*x);
        results[0] = results[1] + *x;
    }
    results
}

fn main() {}
