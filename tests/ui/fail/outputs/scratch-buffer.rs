use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    let mut buffer = Vec::new();
    for x in xs {
        if *x > 0 {
            buffer.clear();
        }
        buffer.push(*x);
        results.push(buffer.iter().sum());
    }
    results
}

fn main() {}
