use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    let mut counts = std::collections::HashMap::new();
    for x in xs {
        let count = counts.entry(*x).or_insert(0);
        *count += 1;
        results.push(*count);
    }
    results
}

fn main() {}
