use parallel_for::parallel_for;

#[parallel_for(private(row))]
fn f(xs: &[u64], row: &mut [u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        row[0] += x;
        results.push(row[0]);
    }
    results
}

fn main() {}
