use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<(u64, u64)> {
    let mut results = Vec::new();
    let mut id = 0;
    for x in xs {
        results.push((id, *x));
        id += 1;
    }
    results
}

fn main() {}
