use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<usize> {
    let mut results = Vec::new();
    let mut buckets = vec![Vec::new(); 10];
    for x in xs {
        buckets[*x as usize % 10].push(*x);
        results.push(buckets[0].len());
    }
    results
}

fn main() {}
