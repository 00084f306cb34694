use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    let mut buckets = vec![Vec::new(); 10];
    for x in xs {
        buckets[*x as usize % 10].push(*x);
        results.push(*x);
    }
    results
}

fn main() {}
