use parallel_for::parallel_for;

#[parallel_for(private(buffer))]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(*x);
    }
    results
}

fn main() {}
