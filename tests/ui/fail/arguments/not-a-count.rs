use parallel_for::parallel_for;

#[parallel_for(threads = 0, schedule = managed(chunk = SIZE))]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(*x);
    }
    results
}

fn main() {}
