use parallel_for::parallel_for;

#[parallel_for(on_error = nonsense)]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(*x);
    }
    results
}

#[parallel_for(on_error = retry(0))]
fn g(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(*x);
    }
    results
}

#[parallel_for(on_error = retry)]
fn h(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(*x);
    }
    results
}

fn main() {}
