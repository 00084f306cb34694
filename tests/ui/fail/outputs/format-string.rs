use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        println!("so far: {results:?}");
        results.push(*x);
    }
    results
}

fn main() {}
