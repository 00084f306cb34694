use parallel_for::parallel_for;

#[parallel_for(progress = on)]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(*x);
    }
    results
}

#[parallel_for(progress =)]
fn g(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(*x);
    }
    results
}

#[parallel_for(progress = " ")]
fn h(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(*x);
    }
    results
}

#[parallel_for(progress("name"))]
fn l(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(*x);
    }
    results
}

fn main() {}
