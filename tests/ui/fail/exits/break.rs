use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        if *x == 0 {
            break;
        }
        results.push(*x);
    }
    results
}

fn main() {}
