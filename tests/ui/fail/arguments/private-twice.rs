use parallel_for::parallel_for;

#[parallel_for(private(buffer), private(buffer))]
fn f(xs: &[u64], mut buffer: Vec<u64>) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        buffer.push(*x);
        results.push(buffer.iter().sum());
    }
    results
}

fn main() {}
