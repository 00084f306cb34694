use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        if results.len() < 10 {
            let square = x * x;
            results.push(square);
        }
    }
    results
}

fn main() {}
