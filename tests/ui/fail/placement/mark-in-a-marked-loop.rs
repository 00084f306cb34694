use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    #[parallel_for]
    for x in xs {
        #[parallel_for]
        for y in 0..*x {
            results.push(y);
        }
    }
    results
}

fn main() {}
