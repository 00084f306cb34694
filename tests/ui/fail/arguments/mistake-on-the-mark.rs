use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    #[parallel_for(thread = 4)]
    for x in xs {
        results.push(*x);
    }
    results
}

fn main() {}
