use parallel_for::parallel_for;

#[parallel_for]
async fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(get(*x).await);
    }
    results
}

async fn get(x: u64) -> u64 {
    x
}

fn main() {}
