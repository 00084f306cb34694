use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    let mut sum = 0;
    for x in xs {
        sum += x;
        results.push(*x);
    }
    results
}

fn main() {}
