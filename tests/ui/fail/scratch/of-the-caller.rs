use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64], buffer: &mut Vec<u64>) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        buffer.clear();
        buffer.push(*x);
        results.push(buffer.iter().sum());
    }
    results
}

fn main() {}
