use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for x in xs {
        if seen.insert(*x) {
            results.push(*x);
        }
    }
    results
}

fn main() {}
