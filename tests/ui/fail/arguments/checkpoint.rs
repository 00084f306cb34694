use parallel_for::parallel_for;

#[parallel_for(checkpoint)]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(*x);
    }
    results
}

#[parallel_for(checkpoint = on)]
fn g(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(*x);
    }
    results
}

#[parallel_for(checkpoint = "")]
fn h(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(*x);
    }
    results
}

#[parallel_for(local, checkpoint = "kept")]
fn l(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(*x);
    }
    results
}

fn main() {}
