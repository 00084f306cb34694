use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(largest(&results).max(*x));
        fill(&mut results);
    }
    results
}

fn largest(xs: &[u64]) -> u64 {
    xs.iter().copied().max().unwrap_or(0)
}

fn fill(xs: &mut Vec<u64>) {
    xs.push(1);
}

fn main() {}
